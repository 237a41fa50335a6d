using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using Nnfs.Generators.Diagnostics;
using Nnfs.Generators.Parsing;

namespace Nnfs.Generators.CodeFixes;

/// <summary>NNFS010: moves the layers of other declarations to the one with <c>[Network]</c>, in the order in which they are in the file.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
[Shared]
public sealed class SeveralDeclarationsCodeFixProvider : TextCodeFixProvider
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [DiagnosticDescriptors.SeveralDeclarations.Id];

    private protected override IEnumerable<TextFix> FindFixes(FixedDocument document, Diagnostic diagnostic, TextSpan place)
    {
        if (document.Root.FindToken(place.Start).Parent is not TypeDeclarationSyntax declaration
            || document.Model.GetDeclaredSymbol(declaration, document.Cancellation) is not { } type
            || type.GetAttributes().FirstOrDefault(static attribute => attribute.IsNetwork())?.Syntax(document.Cancellation) is not { } network
            || network.Parent?.Parent is not TypeDeclarationSyntax target
            || DeclaredLayers.Read(document, declaration) is not { } layers)
        {
            yield break;
        }

        List<AttributeSyntax> own = [.. layers.All.Select(layers.SyntaxOf).OfType<AttributeSyntax>()];
        List<AttributeListSyntax> moved = [.. own.Select(static attribute => attribute.Parent).OfType<AttributeListSyntax>().Distinct()
            .Where(list => list.Parent != target)
            .OrderBy(static list => list.SpanStart)];

        // Only from this file, from below, and with brackets that hold nothing else: else it is not plain what comes first.
        if (moved.Count == 0
            || moved.Exists(list => list.SyntaxTree != target.SyntaxTree || list.SpanStart < target.SpanStart)
            || moved.SelectMany(static list => list.Attributes).Except(own).Any())
        {
            yield break;
        }

        AttributeListSyntax last = target.AttributeLists.Last(list => list.Attributes.Contains(network) || list.Attributes.Intersect(own).Any());
        IEnumerable<TextChange> removals = moved.Select(list => AttributeText.Remove(document, list));
        List<TextChange> insertions = [.. moved.Select(list => AttributeText.InsertAfter(document, last, list.ToString()))];

        yield return new TextFix(
            $"Move the layers to the declaration with [{KnownNames.Network}]",
            "MoveLayers",
            [.. removals, new TextChange(insertions[0].Span, string.Concat(insertions.Select(static insertion => insertion.NewText)))]);
    }
}
