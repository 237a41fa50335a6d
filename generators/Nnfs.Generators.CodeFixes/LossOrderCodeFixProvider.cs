using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using Nnfs.Generators.Diagnostics;
using Nnfs.Generators.Parsing;

namespace Nnfs.Generators.CodeFixes;

/// <summary>NNFS006: moves a loss to the end of its output, or removes one of two.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
[Shared]
public sealed class LossOrderCodeFixProvider : AttributeFixProvider
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [DiagnosticDescriptors.LossNotLast.Id];

    private protected override IEnumerable<TextFix> FindFixes(
        FixedDocument document, Diagnostic diagnostic, TextSpan place, AttributeSyntax attribute, TypeDeclarationSyntax declaration)
    {
        if (DeclaredLayers.Read(document, declaration) is not { } layers || layers.IndexOf(attribute) is not (>= 0 and var index))
        {
            yield break;
        }

        // The output that the loss belongs to goes from the output before it to the next.
        List<LayerDeclaration> before = [.. layers.All.Take(index).Reverse().TakeWhile(static layer => layer.Kind != DeclarationKind.Output)];
        List<LayerDeclaration> after = [.. layers.All.Skip(index + 1).TakeWhile(static layer => layer.Kind != DeclarationKind.Output)];
        string name = layers.All[index].KindName;

        if (before.Concat(after).Any(static layer => layer.IsLoss))
        {
            yield return new TextFix($"Remove [{name}]", "RemoveLoss", AttributeText.Remove(document, attribute));
        }
        else if (after.Count > 0 && layers.SyntaxOf(after[after.Count - 1]) is { } last && last.SyntaxTree == attribute.SyntaxTree)
        {
            yield return new TextFix(
                $"Move [{name}] to the end",
                "MoveLoss",
                [.. AttributeText.Remove(document, attribute), AttributeText.InsertAfter(document, last, attribute.ToString())]);
        }
    }
}
