namespace Nnfs.Tool.Compilation;

/// <summary>An input or output of a compiled network.</summary>
/// <param name="Name">The name of the parameter of <c>Predict</c>.</param>
/// <param name="Shape">The shape of a sample.</param>
/// <param name="AreIndices">Whether the values are indices.</param>
internal sealed record NetworkPort(string Name, int[] Shape, bool AreIndices)
{
    /// <summary>The number of values for a sample.</summary>
    public int Size => Shape.Aggregate(1, static (product, length) => product * length);
}
