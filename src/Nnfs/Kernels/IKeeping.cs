namespace Nnfs.Kernels;

/// <summary>What a kernel stores beside its outputs, as a type, so that it is compiled once for each.</summary>
internal interface IKeeping
{
    /// <summary>Whether it stores what the way back needs.</summary>
    static abstract bool IsKept { get; }

    /// <summary>Whether some of the values are dropped, and what is left of them is stored too.</summary>
    static abstract bool HasDropout { get; }
}
