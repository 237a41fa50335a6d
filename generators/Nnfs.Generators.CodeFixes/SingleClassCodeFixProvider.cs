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

/// <summary>NNFS022: compares the only output with yes or no, where a loss of classes would have one class.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
[Shared]
public sealed class SingleClassCodeFixProvider : AttributeFixProvider
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [DiagnosticDescriptors.SoftmaxOfOne.Id];

    private protected override IEnumerable<TextFix> FindFixes(
        FixedDocument document, Diagnostic diagnostic, TextSpan place, AttributeSyntax attribute, TypeDeclarationSyntax declaration)
    {
        // Both losses of logits take a weight, and no more of their settings is the same.
        bool isPlain = attribute.ArgumentList?.Arguments.All(static argument =>
            argument.NameEquals?.Name.Identifier.ValueText == KnownNames.WeightProperty) != false;

        if (isPlain
            && DeclaredLayers.Read(document, declaration) is { } layers
            && layers.IndexOf(attribute) is >= 0 and var index
            && layers.All[index].Loss is { Applies: { } applied }
            && Loss.All.FirstOrDefault(loss => loss.Applies is { } other && other != applied) is { } binary)
        {
            yield return new TextFix($"Use [{binary.Name}]", "UseBinary", AttributeText.Rename(document, attribute, binary.Name));
        }
    }
}
