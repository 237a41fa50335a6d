using System.Collections.Immutable;
using System.Composition;
using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using Nnfs.Generators.Diagnostics;
using Nnfs.Generators.Parsing;

namespace Nnfs.Generators.CodeFixes;

/// <summary>NNFS017: gives a dense layer as many neurons as the layer has that it is joined with.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
[Shared]
public sealed class JoinedSizesCodeFixProvider : AttributeFixProvider
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [DiagnosticDescriptors.SizesDiffer.Id];

    private const string Neurons = "neurons";

    private protected override IEnumerable<TextFix> FindFixes(
        FixedDocument document, Diagnostic diagnostic, TextSpan place, AttributeSyntax attribute, TypeDeclarationSyntax declaration)
    {
        if (DeclaredLayers.Read(document, declaration) is not { } layers
            || layers.IndexOf(attribute) is not (>= 0 and var index)
            || layers.All[index].JoinedNames is not { Length: > 1 } names
            || NameAt(layers.All[index]) is not string faulty
            || DenseOf(layers, names[0].Value as string, index) is not { } first
            || DenseOf(layers, faulty, index) is not { } second
            || first == second
            || first.Size(Neurons) is not { } neurons
            || second.Size(Neurons) is null
            || document.Root.FindNode(second.Attribute.ArgumentLocation(Neurons, document.Cancellation).SourceSpan) is not { } found
            || (found as ExpressionSyntax ?? (found as AttributeArgumentSyntax)?.Expression) is not LiteralExpressionSyntax literal)
        {
            yield break;
        }

        yield return new TextFix(
            $"Give '{second.Name}' {neurons} neurons", "SetNeurons", new TextChange(literal.Span, neurons.ToString(CultureInfo.InvariantCulture)));

        // The name that the place of the diagnostic states.
        string? NameAt(LayerDeclaration join) => Enumerable.Range(0, names.Length)
            .Where(i => join.Attribute.ArgumentLocation(KnownNames.SourcesParameter, document.Cancellation, i).SourceSpan == place)
            .Select(i => names[i].Value as string)
            .FirstOrDefault();
    }

    /// <summary>The dense layer that decides the size of a value: the layer of that name, or the one before it where that keeps the size.</summary>
    private static LayerDeclaration? DenseOf(DeclaredLayers layers, string? name, int end)
    {
        for (int i = end - 1; i >= 0; i--)
        {
            if (layers.All[i] is not { IsLayer: true } layer || (name is not null && layer.Name != name))
            {
                if (name is null)
                {
                    return null;
                }

                continue;
            }

            if (layer.Argument(Neurons) is not null)
            {
                return layer;
            }

            if (layer is not { From: null, Layer.Activation: not null })
            {
                return null;
            }

            // From here on it is the one directly before.
            name = null;
        }

        return null;
    }
}
