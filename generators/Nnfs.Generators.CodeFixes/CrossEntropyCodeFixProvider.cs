using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Nnfs.Generators.Diagnostics;

namespace Nnfs.Generators.CodeFixes;

/// <summary>NNFS007: puts the layer that gives probabilities before a cross-entropy, or the fused loss in its place.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
[Shared]
public sealed class CrossEntropyCodeFixProvider : AttributeCodeFixProvider
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [DiagnosticDescriptors.CrossEntropyWithoutSoftmax.Id];

    /// <inheritdoc/>
    protected override void RegisterFixes(CodeFixContext context, Diagnostic diagnostic, AttributeSyntax attribute)
    {
        if (!diagnostic.Properties.TryGetValue(DiagnosticProperties.Probabilities, out string? layer))
        {
            return;
        }

        if (diagnostic.Properties.TryGetValue(DiagnosticProperties.FusedLoss, out string? fused) && fused is not null)
        {
            Register(context, diagnostic, $"Use [{fused}]", "Use" + fused, editor => AttributeEditing.Rename(editor, attribute, fused));
        }

        Register(context, diagnostic, $"Insert [{layer}]", "Insert" + layer, editor =>
            AttributeEditing.InsertBefore(editor, attribute, AttributeEditing.Create(layer!)));
    }
}
