using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using Nnfs.Generators.Diagnostics;

namespace Nnfs.Generators.CodeFixes;

/// <summary>
/// NNFS019: a share that is stated in per cent as a fraction, and a setting without its wrong sign. NNFS032: the nearest number of heads that divides the
/// features. NNFS223: as many outputs as the label asks for.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
[Shared]
public sealed class SettingCodeFixProvider : AttributeFixProvider
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } =
        [DiagnosticDescriptors.InvalidSetting.Id, DiagnosticDescriptors.HeadsDoNotDivide.Id, DiagnosticDescriptors.LabelSizeDiffers.Id];

    private protected override IEnumerable<TextFix> FindFixes(
        FixedDocument document, Diagnostic diagnostic, TextSpan place, AttributeSyntax attribute, TypeDeclarationSyntax declaration)
    {
        SyntaxNode found = attribute.FindNode(place, getInnermostNodeForTie: true);
        ExpressionSyntax? value = found as ExpressionSyntax ?? (found as AttributeArgumentSyntax)?.Expression;

        // A constant may be used elsewhere.
        if (value is LiteralExpressionSyntax or PrefixUnaryExpressionSyntax { Operand: LiteralExpressionSyntax }
            && diagnostic.Properties.TryGetValue(DiagnosticProperties.PlainSetting, out string? plain))
        {
            yield return new TextFix($"Use {plain}", "UsePlainSetting", new TextChange(value.Span, plain!));
        }
    }
}
