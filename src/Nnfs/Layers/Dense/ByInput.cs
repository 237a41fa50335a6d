using System.ComponentModel;

namespace Nnfs;

/// <summary>Weights [inputs × neurons], row-major: the rows, one for each input, are padded to whole vectors.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct ByInput : IWeightLayout
{
    /// <inheritdoc/>
    public static int InputStride(int inputs, int neurons) => MatrixLayout.RowStride(neurons);

    /// <inheritdoc/>
    public static int NeuronStride(int inputs, int neurons) => 1;

    /// <inheritdoc/>
    public static int Length(int inputs, int neurons) => inputs * MatrixLayout.RowStride(neurons);
}
