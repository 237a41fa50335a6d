namespace Nnfs.Import.Simplifying;

/// <summary>Operators that stand for several nodes which together compute what a layer does.</summary>
internal static class Pattern
{
    /// <summary>Their domain.</summary>
    public const string Domain = "nnfs";

    /// <summary>x · σ(x).</summary>
    public const string SiLU = "SiLU";

    /// <summary>The last states of both directions of a recurrent layer, one after the other.</summary>
    public const string LastStates = "LastStates";
}
