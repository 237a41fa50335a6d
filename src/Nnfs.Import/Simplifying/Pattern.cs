namespace Nnfs.Import.Simplifying;

/// <summary>Operators that stand for several nodes which together compute what a layer does.</summary>
internal static class Pattern
{
    /// <summary>Their domain.</summary>
    public const string Domain = "nnfs";

    /// <summary>x · σ(x).</summary>
    public const string SiLU = "SiLU";
}
