using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Nnfs.Generators.Diagnostics;

namespace Nnfs.Generators.CodeFixes;

/// <summary>NNFS007: puts a Softmax before CategoricalCrossEntropy, or the fused loss in its place.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
[Shared]
public sealed class CrossEntropyCodeFixProvider : AttributeCodeFixProvider
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [DiagnosticDescriptors.CrossEntropyWithoutSoftmax.Id];

    /// <inheritdoc/>
    protected override void RegisterFixes(CodeFixContext context, Diagnostic diagnostic, AttributeSyntax attribute)
    {
        Register(context, diagnostic, "Use [SoftmaxCrossEntropy]", "UseSoftmaxCrossEntropy", editor =>
            AttributeEditing.Replace(editor, attribute, AttributeEditing.Create("SoftmaxCrossEntropy")));

        Register(context, diagnostic, "Insert [Softmax]", "InsertSoftmax", editor =>
            AttributeEditing.InsertBefore(editor, attribute, AttributeEditing.Create("Softmax")));
    }
}
