using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using Nnfs.Generators.Diagnostics;

namespace Nnfs.Generators.CodeFixes;

/// <summary>NNFS101: makes an array or a workspace as long as the call needs it, where a number alone says how long it is.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
[Shared]
public sealed class LengthCodeFixProvider : TextCodeFixProvider
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [DiagnosticDescriptors.LengthNotTaken.Id];

    private protected override IEnumerable<TextFix> FindFixes(FixedDocument document, Diagnostic diagnostic, TextSpan place)
    {
        if (!diagnostic.Properties.TryGetValue(DiagnosticProperties.ExpectedLength, out string? expected))
        {
            yield break;
        }

        // The number is in the argument, or where its local is made.
        ExpressionSyntax? size = SizeIn(place) ?? diagnostic.AdditionalLocations
            .Where(location => location.SourceTree == diagnostic.Location.SourceTree)
            .Take(1)
            .Select(location => document.Find(location.SourceSpan) is { } span ? SizeIn(span) : null)
            .FirstOrDefault();

        if (size is not null)
        {
            yield return new TextFix($"Change {size} to {expected}", "ChangeLength", new TextChange(size.Span, expected!));
        }

        ExpressionSyntax? SizeIn(TextSpan span) => document.Root.FindNode(span, getInnermostNodeForTie: true) switch
        {
            LiteralExpressionSyntax number => number,
            ArgumentSyntax { Expression: LiteralExpressionSyntax number } => number,
            SyntaxNode node => (node as ArgumentSyntax)?.Expression ?? node switch
            {
                ArrayCreationExpressionSyntax { Initializer: null, Type.RankSpecifiers: [{ Sizes: [LiteralExpressionSyntax number] }] } => number,
                StackAllocArrayCreationExpressionSyntax
                {
                    Initializer: null,
                    Type: ArrayTypeSyntax { RankSpecifiers: [{ Sizes: [LiteralExpressionSyntax number] }] },
                } => number,
                _ => null,
            },
        };
    }
}
