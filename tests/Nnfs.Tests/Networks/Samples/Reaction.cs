namespace Nnfs.Tests.Networks.Samples;

public enum Reaction
{
    None,
    Calls,
    Leaves,
}
