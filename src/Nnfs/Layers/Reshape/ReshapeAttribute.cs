namespace Nnfs;

/// <summary>The values of a sample in another shape, in the same row-major order: they stay where they are, and nothing is copied.</summary>
public sealed class ReshapeAttribute : LayerAttribute
{
    /// <summary>A layer that gives its values another shape.</summary>
    /// <param name="shape">The shape for one sample: one to four sizes of at least 1, whose product is the number of values that arrive.</param>
    public ReshapeAttribute(params int[] shape)
    {
        Shape = shape;
    }

    /// <summary>The shape for one sample, the outermost dimension first.</summary>
    public IReadOnlyList<int> Shape { get; }
}
