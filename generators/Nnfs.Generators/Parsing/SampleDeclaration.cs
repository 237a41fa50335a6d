using Microsoft.CodeAnalysis;

namespace Nnfs.Generators.Parsing;

/// <summary>A member of a sample with <c>[Feature]</c> or <c>[Label]</c>, as it is declared.</summary>
/// <param name="Member">The property or field.</param>
/// <param name="Attribute">The attribute.</param>
/// <param name="Place">Where the member's name is.</param>
internal sealed record SampleDeclaration(ISymbol Member, AttributeData Attribute, Location Place)
{
    /// <summary>The member's name.</summary>
    public string Name => Member.Name;

    /// <summary>Whether it is a label; otherwise it is a feature.</summary>
    public bool IsLabel => Attribute.IsLabel();

    /// <summary>The type of the member.</summary>
    public ITypeSymbol Type => Member is IPropertySymbol property ? property.Type : ((IFieldSymbol)Member).Type;
}
