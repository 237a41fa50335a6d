namespace Nnfs.Generators.Parsing;

/// <summary>What an attribute of a network declares.</summary>
internal enum DeclarationKind
{
    /// <summary>Something that the compiler could not resolve; it may be any of the others.</summary>
    Unknown,

    Input,
    Output,
    Layer,
    Loss,
}
