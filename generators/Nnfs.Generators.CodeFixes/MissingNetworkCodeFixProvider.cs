using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Nnfs.Generators.Diagnostics;

namespace Nnfs.Generators.CodeFixes;

/// <summary>NNFS012: puts <c>[Network]</c> before the layers, with the inputs that the first of them states.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
[Shared]
public sealed class MissingNetworkCodeFixProvider : AttributeCodeFixProvider
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [DiagnosticDescriptors.LayersWithoutNetwork.Id];

    /// <inheritdoc/>
    protected override void RegisterFixes(CodeFixContext context, Diagnostic diagnostic, AttributeSyntax attribute)
    {
        // Where nothing states the inputs, the empty shape is an error of its own that asks for them; a guess would be silent.
        string shape = diagnostic.Properties.TryGetValue(DiagnosticProperties.ArrivingInputs, out string? inputs) ? inputs! : "";

        Register(context, diagnostic, $"Add [Network({shape})]", "AddNetwork", editor =>
            AttributeEditing.InsertBefore(editor, attribute, AttributeEditing.Create("Network", shape)));
    }
}
