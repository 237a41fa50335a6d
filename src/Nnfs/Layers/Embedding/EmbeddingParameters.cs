using System.ComponentModel;
using System.Numerics.Tensors;

namespace Nnfs;

/// <summary>The table of an embedding, or its gradients: a view of a part of a network's block.</summary>
public readonly ref struct EmbeddingParameters
{
    /// <summary>A view of a table.</summary>
    /// <param name="weights">The values, row by row.</param>
    /// <param name="rows">The number of rows.</param>
    /// <param name="dimensions">The number of values of each.</param>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public EmbeddingParameters(Span<float> weights, int rows, int dimensions)
    {
        Weights = new(weights, [rows, dimensions], [rows == 1 ? 0 : dimensions, dimensions == 1 ? 0 : 1]);
    }

    /// <summary>The table: [vocabulary, dimensions], or of a positional embedding [steps, features].</summary>
    public TensorSpan<float> Weights { get; }
}
