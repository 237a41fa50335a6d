using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using Nnfs.Generators.Diagnostics;
using Nnfs.Generators.Losses;
using Nnfs.Generators.Parsing;

namespace Nnfs.Generators.CodeFixes;

/// <summary>
/// NNFS007: puts the layer that gives probabilities before a cross-entropy, or the fused loss in its place. A layer that gives probabilities of the
/// other kind is replaced, not kept.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
[Shared]
public sealed class CrossEntropyCodeFixProvider : AttributeFixProvider
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [DiagnosticDescriptors.CrossEntropyWithoutSoftmax.Id];

    /// <summary>The layers whose outputs losses take.</summary>
    private static readonly string?[] s_probabilities = [.. Loss.All.Select(static loss => loss.Expects ?? loss.Applies)];

    private protected override IEnumerable<TextFix> FindFixes(
        FixedDocument document, Diagnostic diagnostic, TextSpan place, AttributeSyntax attribute, TypeDeclarationSyntax declaration)
    {
        if (!diagnostic.Properties.TryGetValue(DiagnosticProperties.Probabilities, out string? layer)
            || DeclaredLayers.Read(document, declaration) is not { } layers
            || layers.IndexOf(attribute) is not (>= 0 and var index))
        {
            yield break;
        }

        LayerDeclaration? other = index > 0 && layers.All[index - 1] is { IsLayer: true } before && s_probabilities.Contains(before.KindName) ? before : null;
        ImmutableArray<TextChange>? removed = other is null ? [] : layers.Remove(document, other);

        if (removed is not { } removal)
        {
            yield break;
        }

        if (diagnostic.Properties.TryGetValue(DiagnosticProperties.FusedLoss, out string? fused) && fused is not null)
        {
            yield return new TextFix(
                other is null ? $"Use [{fused}]" : $"Use [{fused}] without [{other.KindName}]",
                "Use" + fused,
                [.. removal, AttributeText.Rename(document, attribute, fused)]);
        }

        yield return new TextFix(
            other is null ? $"Insert [{layer}]" : $"Use [{layer}] in place of [{other.KindName}]",
            "Insert" + layer,
            [.. removal, .. layers.Insert(document, attribute, layer!)]);
    }
}
