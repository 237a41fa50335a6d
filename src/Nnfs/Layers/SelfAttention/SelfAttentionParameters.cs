using System.ComponentModel;
using System.Numerics.Tensors;

namespace Nnfs;

/// <summary>The weights and biases of an attention, or the gradients of all of them: a view of a part of a network's block.</summary>
public readonly ref struct SelfAttentionParameters
{
    private readonly Span<float> _projections;
    private readonly Span<float> _outputs;
    private readonly Span<float> _biases;
    private readonly int _features;

    /// <summary>A view of an attention's parameters.</summary>
    /// <param name="projections">The weights of queries, keys and values side by side, with their padding.</param>
    /// <param name="biases">The biases of queries, keys and values, one after the other.</param>
    /// <param name="outputs">The weights of the outputs, with their padding.</param>
    /// <param name="outputBiases">The biases of the outputs.</param>
    /// <param name="features">The number of features.</param>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public SelfAttentionParameters(Span<float> projections, Span<float> biases, Span<float> outputs, Span<float> outputBiases, int features)
    {
        _projections = projections;
        _outputs = outputs;
        _biases = biases;
        _features = features;
        OutputBiases = outputBiases[..features];
    }

    /// <summary>The weights of the queries [features, features].</summary>
    public TensorSpan<float> QueryWeights => Projection(0);

    /// <summary>The weights of the keys [features, features].</summary>
    public TensorSpan<float> KeyWeights => Projection(1);

    /// <summary>The weights of the values [features, features].</summary>
    public TensorSpan<float> ValueWeights => Projection(2);

    /// <summary>The weights of the outputs [features, features], from what the heads give side by side.</summary>
    public TensorSpan<float> OutputWeights => Matrix(_outputs, MatrixLayout.RowStride(_features));

    /// <summary>The biases of the queries [features].</summary>
    public Span<float> QueryBiases => _biases[.._features];

    /// <summary>The biases of the keys [features].</summary>
    public Span<float> KeyBiases => _biases.Slice(_features, _features);

    /// <summary>The biases of the values [features].</summary>
    public Span<float> ValueBiases => _biases.Slice(2 * _features, _features);

    /// <summary>The biases of the outputs [features].</summary>
    public Span<float> OutputBiases { get; }

    private TensorSpan<float> Projection(int index) => Matrix(_projections[(index * _features)..], MatrixLayout.RowStride(3 * _features));

    /// <remarks>A tensor takes no stride but 0 in a dimension of length 1.</remarks>
    private TensorSpan<float> Matrix(Span<float> values, nint row) =>
        _features == 1 ? new(values, [1, 1], [0, 0]) : new(values, [_features, _features], [row, 1]);
}
