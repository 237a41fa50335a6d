namespace Nnfs.Import.Translating;

/// <summary>One of the directions in which the values of a sample lie in memory, or the direction of the samples.</summary>
/// <param name="Size">How many values lie in it; 0 for that of the samples.</param>
/// <param name="Stride">How far apart neighbours are among the values of a sample.</param>
internal readonly record struct Axis(int Size, int Stride)
{
    /// <summary>The direction of the samples.</summary>
    public static Axis Batch => default;

    /// <summary>Whether it is that of the samples.</summary>
    public bool IsBatch => Size == 0;
}
