using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using Nnfs.Generators.Diagnostics;

namespace Nnfs.Generators.CodeFixes;

/// <summary>NNFS005: states the inputs that arrive, or leaves them to the compiler.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
[Shared]
public sealed class DenseInputsCodeFixProvider : AttributeFixProvider
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [DiagnosticDescriptors.InputsDisagree.Id];

    private protected override IEnumerable<TextFix> FindFixes(
        FixedDocument document, Diagnostic diagnostic, TextSpan place, AttributeSyntax attribute, TypeDeclarationSyntax declaration)
    {
        AttributeArgumentSyntax? inputs = attribute.ArgumentList?.Arguments.FirstOrDefault(argument => argument.Span.Contains(place));

        if (inputs is null || !diagnostic.Properties.TryGetValue(DiagnosticProperties.ArrivingInputs, out string? arriving))
        {
            yield break;
        }

        yield return new TextFix($"Set the inputs to {arriving}", "SetInputs", new TextChange(inputs.Expression.Span, arriving!));
        yield return new TextFix(
            "Leave the inputs to the compiler", "LeaveInputsOut", AttributeText.RemoveItem(document, attribute.ArgumentList!.Arguments, inputs));
    }
}
