using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using Nnfs.Generators.Diagnostics;

namespace Nnfs.Generators.CodeFixes;

/// <summary>NNFS014: reads the layer or input whose name is nearest to the one that does not exist.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
[Shared]
public sealed class SourceNameCodeFixProvider : AttributeFixProvider
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [DiagnosticDescriptors.UnknownSource.Id];

    private protected override IEnumerable<TextFix> FindFixes(
        FixedDocument document, Diagnostic diagnostic, TextSpan place, AttributeSyntax attribute, TypeDeclarationSyntax declaration)
    {
        // The location is that of an argument, or that of one of the values of an array.
        SyntaxNode found = attribute.FindNode(place, getInnermostNodeForTie: true);
        ExpressionSyntax? name = found as ExpressionSyntax ?? (found as AttributeArgumentSyntax)?.Expression;

        if (name is not null && diagnostic.Properties.TryGetValue(DiagnosticProperties.NearestName, out string? nearest))
        {
            yield return new TextFix($"Read '{nearest}'", "ReadNearest", new TextChange(name.Span, SyntaxFactory.Literal(nearest!).ToString()));
        }
    }
}
