using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace Nnfs.Generators.CodeFixes;

/// <summary>A code fix for a diagnostic on an attribute of a class, or in one.</summary>
public abstract class AttributeFixProvider : TextCodeFixProvider
{
    private protected sealed override IEnumerable<TextFix> FindFixes(FixedDocument document, Diagnostic diagnostic, TextSpan place) =>
        document.Root.FindNode(place, getInnermostNodeForTie: true).FirstAncestorOrSelf<AttributeSyntax>() is
        {
            Parent: AttributeListSyntax { Parent: TypeDeclarationSyntax declaration },
        } attribute
            ? FindFixes(document, diagnostic, place, attribute, declaration)
            : [];

    private protected abstract IEnumerable<TextFix> FindFixes(
        FixedDocument document, Diagnostic diagnostic, TextSpan place, AttributeSyntax attribute, TypeDeclarationSyntax declaration);
}
