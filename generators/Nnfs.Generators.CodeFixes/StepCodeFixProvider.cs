using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using Nnfs.Generators.Diagnostics;

namespace Nnfs.Generators.CodeFixes;

/// <summary>NNFS105: puts parameters and gradients of a step in their places.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
[Shared]
public sealed class StepCodeFixProvider : TextCodeFixProvider
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [DiagnosticDescriptors.StepSwapped.Id];

    private protected override IEnumerable<TextFix> FindFixes(FixedDocument document, Diagnostic diagnostic, TextSpan place)
    {
        if (document.Root.FindNode(place, getInnermostNodeForTie: true).FirstAncestorOrSelf<ArgumentListSyntax>()?.Arguments is not [var one, var other])
        {
            yield break;
        }

        yield return new TextFix(
            "Swap the arguments",
            "SwapArguments",
            new TextChange(one.Expression.Span, other.Expression.ToString()),
            new TextChange(other.Expression.Span, one.Expression.ToString()));
    }
}
