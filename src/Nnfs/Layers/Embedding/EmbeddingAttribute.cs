namespace Nnfs;

/// <summary>
/// A table with a row for each thing that an index can name: <c>y[p] = W[x[p]]</c>, with weights <c>W</c> [vocabulary × dimensions]. It reads an input of
/// the network, [positions], which thereby takes whole numbers from 0 to vocabulary − 1, and gives [positions × dimensions].
/// </summary>
/// <remarks>
/// The methods of the network take that input as <c>ReadOnlySpan&lt;int&gt;</c>. A pass back adds gradients to the rows that were read, and to no others
/// (Bengio et al. 2003). The weights start from U(−0.05, 0.05), as in Keras.
/// </remarks>
public sealed class EmbeddingAttribute : LayerAttribute
{
    /// <summary>A table.</summary>
    /// <param name="vocabulary">The number of rows, at least 1: indices are less than that.</param>
    /// <param name="dimensions">The number of values of a row, at least 1.</param>
    public EmbeddingAttribute(int vocabulary, int dimensions)
    {
        Vocabulary = vocabulary;
        Dimensions = dimensions;
    }

    /// <summary>The number of rows.</summary>
    public int Vocabulary { get; }

    /// <summary>The number of values of a row.</summary>
    public int Dimensions { get; }
}
