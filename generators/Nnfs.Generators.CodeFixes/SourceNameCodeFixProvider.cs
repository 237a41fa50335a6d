using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Nnfs.Generators.Diagnostics;

namespace Nnfs.Generators.CodeFixes;

/// <summary>NNFS014: reads the layer or input whose name is nearest to the one that does not exist.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
[Shared]
public sealed class SourceNameCodeFixProvider : AttributeCodeFixProvider
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [DiagnosticDescriptors.UnknownSource.Id];

    /// <inheritdoc/>
    protected override void RegisterFixes(CodeFixContext context, Diagnostic diagnostic, AttributeSyntax attribute)
    {
        // The location is that of an argument, or that of one of the values of an array.
        SyntaxNode found = attribute.FindNode(diagnostic.Location.SourceSpan, getInnermostNodeForTie: true);
        ExpressionSyntax? name = found as ExpressionSyntax ?? (found as AttributeArgumentSyntax)?.Expression;

        if (name is null || !diagnostic.Properties.TryGetValue(DiagnosticProperties.NearestName, out string? nearest))
        {
            return;
        }

        Register(context, diagnostic, $"Read '{nearest}'", "ReadNearest", editor => editor.ReplaceNode(
            name,
            SyntaxFactory.LiteralExpression(SyntaxKind.StringLiteralExpression, SyntaxFactory.Literal(nearest!)).WithTriviaFrom(name)));
    }
}
