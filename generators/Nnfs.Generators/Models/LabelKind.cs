namespace Nnfs.Generators.Models;

/// <summary>What a sample's label is.</summary>
internal enum LabelKind
{
    /// <summary>One of the names of an enum.</summary>
    Enum,

    /// <summary>False or true.</summary>
    Boolean,

    /// <summary>Numbers.</summary>
    Numbers,
}
