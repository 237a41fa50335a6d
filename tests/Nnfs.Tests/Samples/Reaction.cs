namespace Nnfs.Tests.Samples;

public enum Reaction
{
    None,
    Calls,
    Leaves,
}
