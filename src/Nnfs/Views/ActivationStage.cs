using System.Numerics.Tensors;

namespace Nnfs;

/// <summary>What a workspace holds of a layer without parameters: its outputs.</summary>
public readonly ref struct ActivationStage
{
    private readonly Span<float> _outputs;
    private readonly int _batchSize;

    /// <summary>A view of a layer's outputs.</summary>
    /// <param name="outputs">The outputs, row-major.</param>
    /// <param name="batchSize">The number of rows.</param>
    public ActivationStage(Span<float> outputs, int batchSize)
    {
        _outputs = outputs;
        _batchSize = batchSize;
    }

    /// <summary>The layer's outputs [batch, size]; the rows of the last pass come first.</summary>
    public TensorSpan<float> Outputs => new(_outputs, [_batchSize, _outputs.Length / _batchSize]);
}
