using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using Nnfs.Generators.Diagnostics;
using Nnfs.Generators.Parsing;

namespace Nnfs.Generators.CodeFixes;

/// <summary>NNFS012: puts <c>[Network]</c> before the layers, with the inputs that the first of them states.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
[Shared]
public sealed class MissingNetworkCodeFixProvider : AttributeFixProvider
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [DiagnosticDescriptors.LayersWithoutNetwork.Id];

    private protected override IEnumerable<TextFix> FindFixes(
        FixedDocument document, Diagnostic diagnostic, TextSpan place, AttributeSyntax attribute, TypeDeclarationSyntax declaration)
    {
        // Where nothing states the inputs, the missing shape is an error of its own that asks for them; a guess would be silent.
        string shape = diagnostic.Properties.TryGetValue(DiagnosticProperties.ArrivingInputs, out string? inputs) ? $"({inputs})" : "";

        yield return new TextFix(
            $"Add [{KnownNames.Network}{shape}]",
            "AddNetwork",
            AttributeText.InsertBefore(document, attribute, AttributeText.NameOf(document, attribute.SpanStart, KnownNames.Network) + shape));
    }
}
