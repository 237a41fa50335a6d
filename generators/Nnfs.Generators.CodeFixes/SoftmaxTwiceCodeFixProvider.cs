using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using Nnfs.Generators.Diagnostics;

namespace Nnfs.Generators.CodeFixes;

/// <summary>NNFS008 and NNFS023: removes the layer before a loss of logits that applies it itself, or whose logits it limits.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
[Shared]
public sealed class SoftmaxTwiceCodeFixProvider : AttributeFixProvider
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [DiagnosticDescriptors.SoftmaxTwice.Id, DiagnosticDescriptors.LimitedLogits.Id];

    private protected override IEnumerable<TextFix> FindFixes(
        FixedDocument document, Diagnostic diagnostic, TextSpan place, AttributeSyntax attribute, TypeDeclarationSyntax declaration)
    {
        if (diagnostic.Properties.TryGetValue(DiagnosticProperties.Probabilities, out string? layer)
            && DeclaredLayers.Read(document, declaration) is { } layers
            && layers.IndexOf(attribute) is >= 0 and var index
            && layers.Remove(document, layers.All[index]) is { } changes)
        {
            yield return new TextFix($"Remove [{layer}]", "Remove" + layer, changes);
        }
    }
}
