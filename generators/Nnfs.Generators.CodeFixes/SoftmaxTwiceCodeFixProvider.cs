using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Nnfs.Generators.Diagnostics;

namespace Nnfs.Generators.CodeFixes;

/// <summary>NNFS008: removes the Softmax or Sigmoid before a loss that applies it itself.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
[Shared]
public sealed class SoftmaxTwiceCodeFixProvider : AttributeCodeFixProvider
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [DiagnosticDescriptors.SoftmaxTwice.Id];

    /// <inheritdoc/>
    protected override void RegisterFixes(CodeFixContext context, Diagnostic diagnostic, AttributeSyntax attribute)
    {
        if (diagnostic.Properties.TryGetValue(DiagnosticProperties.Probabilities, out string? layer))
        {
            Register(context, diagnostic, $"Remove [{layer}]", "Remove" + layer, editor => AttributeEditing.Remove(editor, attribute));
        }
    }
}
