using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Nnfs.Generators.Diagnostics;

namespace Nnfs.Generators.CodeFixes;

/// <summary>NNFS005: states the inputs that arrive, or leaves them to the compiler.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
[Shared]
public sealed class DenseInputsCodeFixProvider : AttributeCodeFixProvider
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [DiagnosticDescriptors.InputsDisagree.Id];

    /// <inheritdoc/>
    protected override void RegisterFixes(CodeFixContext context, Diagnostic diagnostic, AttributeSyntax attribute)
    {
        AttributeArgumentSyntax? inputs = attribute.ArgumentList?.Arguments.FirstOrDefault(argument => argument.Span.Contains(diagnostic.Location.SourceSpan));

        if (inputs is null || !diagnostic.Properties.TryGetValue(DiagnosticProperties.ArrivingInputs, out string? arriving))
        {
            return;
        }

        Register(context, diagnostic, $"Set the inputs to {arriving}", "SetInputs", editor => editor.ReplaceNode(
            inputs.Expression,
            SyntaxFactory.ParseExpression(arriving!).WithTriviaFrom(inputs.Expression)));

        Register(context, diagnostic, "Leave the inputs to the compiler", "LeaveInputsOut", editor => editor.ReplaceNode(
            attribute.ArgumentList!,
            attribute.ArgumentList!.WithArguments(attribute.ArgumentList.Arguments.Remove(inputs))));
    }
}
