using System.ComponentModel;

namespace Nnfs;

/// <summary>Weights [neurons × inputs], the transpose: the rows, one for each neuron, are padded to whole vectors.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct ByNeuron : IWeightLayout
{
    /// <inheritdoc/>
    public static int InputStride(int inputs, int neurons) => 1;

    /// <inheritdoc/>
    public static int NeuronStride(int inputs, int neurons) => MatrixLayout.RowStride(inputs);

    /// <inheritdoc/>
    public static int Length(int inputs, int neurons) => neurons * MatrixLayout.RowStride(inputs);
}
