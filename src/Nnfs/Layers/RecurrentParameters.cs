using System.ComponentModel;
using System.Numerics.Tensors;

namespace Nnfs;

/// <summary>The weights and biases of a recurrent layer, or the gradients of them: a view of a part of a network's block.</summary>
public readonly ref struct RecurrentParameters
{
    private readonly Span<float> _inputWeights;
    private readonly Span<float> _recurrentWeights;
    private readonly Span<float> _backwardInputWeights;
    private readonly Span<float> _backwardRecurrentWeights;
    private readonly int _features;
    private readonly int _units;

    /// <summary>A view of the parameters of a layer that takes the steps from the first to the last.</summary>
    /// <param name="inputWeights">The input weights, with their padding.</param>
    /// <param name="recurrentWeights">The recurrent weights, with their padding.</param>
    /// <param name="biases">The biases, not padded.</param>
    /// <param name="recurrentBiases">The recurrent biases, not padded; empty for a layer without.</param>
    /// <param name="features">The number of features.</param>
    /// <param name="units">The number of values of the state.</param>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public RecurrentParameters(
        Span<float> inputWeights, Span<float> recurrentWeights, Span<float> biases, Span<float> recurrentBiases, int features, int units)
    {
        _inputWeights = inputWeights;
        _recurrentWeights = recurrentWeights;
        Biases = biases;
        RecurrentBiases = recurrentBiases;
        _features = features;
        _units = units;
    }

    /// <summary>A view of the parameters of a layer that takes the steps in both directions.</summary>
    /// <param name="forward">Those of the one that begins with the first step.</param>
    /// <param name="backward">Those of the one that begins with the last.</param>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public RecurrentParameters(RecurrentParameters forward, RecurrentParameters backward)
    {
        this = forward;
        _backwardInputWeights = backward._inputWeights;
        _backwardRecurrentWeights = backward._recurrentWeights;
        BackwardBiases = backward.Biases;
        BackwardRecurrentBiases = backward.RecurrentBiases;
    }

    /// <summary>
    /// The input weights [features, gates · units]: <c>InputWeights[i, g · units + u]</c> leads from feature <c>i</c> to gate <c>g</c> of unit <c>u</c>.
    /// </summary>
    public TensorSpan<float> InputWeights => Matrix(_inputWeights, _features);

    /// <summary>
    /// The recurrent weights [units, gates · units]: <c>RecurrentWeights[i, g · units + u]</c> leads from the last state of unit <c>i</c> to gate <c>g</c> of
    /// unit <c>u</c>.
    /// </summary>
    public TensorSpan<float> RecurrentWeights => Matrix(_recurrentWeights, _units);

    /// <summary>The biases [gates · units].</summary>
    public Span<float> Biases { get; }

    /// <summary>The biases of the products with the state [gates · units]; empty for a layer that has none.</summary>
    public Span<float> RecurrentBiases { get; }

    /// <summary>The input weights from the last step to the first; empty for a layer that is not bidirectional.</summary>
    public TensorSpan<float> BackwardInputWeights => Matrix(_backwardInputWeights, _features);

    /// <summary>The recurrent weights from the last step to the first; empty for a layer that is not bidirectional.</summary>
    public TensorSpan<float> BackwardRecurrentWeights => Matrix(_backwardRecurrentWeights, _units);

    /// <summary>The biases from the last step to the first; empty for a layer that is not bidirectional.</summary>
    public Span<float> BackwardBiases { get; }

    /// <summary>The biases of the products with the state from the last step to the first; empty for a layer that has none or is not bidirectional.</summary>
    public Span<float> BackwardRecurrentBiases { get; }

    /// <summary>A matrix with a column for each gate of each unit.</summary>
    /// <remarks>A tensor takes no stride but 0 in a dimension of length 1.</remarks>
    private TensorSpan<float> Matrix(Span<float> values, int rows) => values.IsEmpty ? default
        : new(values, [rows, Biases.Length], [rows == 1 ? 0 : MatrixLayout.RowStride(Biases.Length), Biases.Length == 1 ? 0 : 1]);
}
