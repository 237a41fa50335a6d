using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using Nnfs.Generators.Diagnostics;

namespace Nnfs.Generators.CodeFixes;

/// <summary>NNFS026 and NNFS028: makes room for a window with zeros around the image or the sequence.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
[Shared]
public sealed class PaddingCodeFixProvider : AttributeFixProvider
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } =
        [DiagnosticDescriptors.WindowTooLarge.Id, DiagnosticDescriptors.CausalPaddingNotTaken.Id];

    private const string Padding = "Padding";
    private const string Same = "Same";

    private protected override IEnumerable<TextFix> FindFixes(
        FixedDocument document, Diagnostic diagnostic, TextSpan place, AttributeSyntax attribute, TypeDeclarationSyntax declaration)
    {
        AttributeArgumentSyntax? stated = attribute.ArgumentList?.Arguments.FirstOrDefault(
            static argument => argument.NameEquals?.Name.Identifier.ValueText == Padding);

        // A window that has zeros around the image already is longer than any array.
        if (stated?.Expression is MemberAccessExpressionSyntax { Name.Identifier.ValueText: Same })
        {
            yield break;
        }

        string same = $"{AttributeText.NameOfType(document, attribute.SpanStart, Padding)}.{Same}";
        TextChange change = stated is null
            ? AttributeText.AddArgument(attribute, $"{Padding} = {same}")
            : new TextChange(stated.Expression.Span, same);

        yield return new TextFix($"Set {Padding} = {Padding}.{Same}", "SetPaddingSame", change);
    }
}
