using System.Collections.Immutable;
using System.Composition;
using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using Nnfs.Generators.Diagnostics;

namespace Nnfs.Generators.CodeFixes;

/// <summary>NNFS102: counts labels from 0 that were counted from 1.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
[Shared]
public sealed class LabelCodeFixProvider : TextCodeFixProvider
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [DiagnosticDescriptors.LabelOutOfRange.Id];

    private protected override IEnumerable<TextFix> FindFixes(FixedDocument document, Diagnostic diagnostic, TextSpan place)
    {
        if (!diagnostic.Properties.TryGetValue(DiagnosticProperties.Classes, out string? text)
            || !int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out int classes)
            || document.Root.FindNode(place, getInnermostNodeForTie: true).FirstAncestorOrSelf<LiteralExpressionSyntax>() is not { } label)
        {
            yield break;
        }

        IEnumerable<ExpressionSyntax> all = label.Parent switch
        {
            InitializerExpressionSyntax values => values.Expressions,
            ExpressionElementSyntax { Parent: CollectionExpressionSyntax collection } =>
                collection.Elements.Select(static element => (element as ExpressionElementSyntax)?.Expression ?? SyntaxFactory.IdentifierName("spread")),
            _ => [],
        };
        List<(ExpressionSyntax Expression, int? Label)> labels =
            [.. all.Select(static expression => (expression, (expression as LiteralExpressionSyntax)?.Token.Value as int?))];

        // One label 0 shows that they are counted from there, and that another is wrong.
        if (labels.Count > 0 && labels.TrueForAll(value => value.Label >= 1 && value.Label <= classes))
        {
            yield return new TextFix("Count the classes from 0", "CountFromZero", labels.Select(static value =>
                new TextChange(value.Expression.Span, (value.Label!.Value - 1).ToString(CultureInfo.InvariantCulture))));
        }
    }
}
