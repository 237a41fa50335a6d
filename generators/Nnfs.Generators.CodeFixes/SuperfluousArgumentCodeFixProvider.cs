using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using Nnfs.Generators.Diagnostics;

namespace Nnfs.Generators.CodeFixes;

/// <summary>NNFS207 and NNFS208: removes the length of what is no array, and a setting that a feature of its type does not have.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
[Shared]
public sealed class SuperfluousArgumentCodeFixProvider : TextCodeFixProvider
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } =
        [DiagnosticDescriptors.InvalidLength.Id, DiagnosticDescriptors.FeatureSetting.Id];

    private protected override IEnumerable<TextFix> FindFixes(FixedDocument document, Diagnostic diagnostic, TextSpan place)
    {
        if (diagnostic.Properties.ContainsKey(DiagnosticProperties.IsSuperfluous)
            && document.Root.FindNode(place, getInnermostNodeForTie: true).FirstAncestorOrSelf<AttributeArgumentSyntax>() is
            {
                Parent: AttributeArgumentListSyntax list,
            } argument)
        {
            ImmutableArray<TextChange> changes = list.Arguments.Count == 1
                ? [new TextChange(list.Span, "")]
                : AttributeText.RemoveItem(document, list.Arguments, argument);

            yield return new TextFix($"Remove '{argument}'", "RemoveArgument", changes);
        }
    }
}
