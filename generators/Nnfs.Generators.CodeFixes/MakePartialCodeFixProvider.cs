using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using Nnfs.Generators.Diagnostics;

namespace Nnfs.Generators.CodeFixes;

/// <summary>NNFS001 and NNFS201: makes the network or sample, or the type around it, partial.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
[Shared]
public sealed class MakePartialCodeFixProvider : TextCodeFixProvider
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } =
        [DiagnosticDescriptors.NotPartial.Id, DiagnosticDescriptors.SampleNotPartial.Id];

    private protected override IEnumerable<TextFix> FindFixes(FixedDocument document, Diagnostic diagnostic, TextSpan place)
    {
        if (document.Root.FindToken(place.Start).Parent is TypeDeclarationSyntax declaration && !declaration.Modifiers.Any(SyntaxKind.PartialKeyword))
        {
            yield return new TextFix(
                $"Make '{declaration.Identifier.ValueText}' partial",
                nameof(MakePartialCodeFixProvider),
                AttributeText.Insert(declaration.Keyword.SpanStart, "partial "));
        }
    }
}
