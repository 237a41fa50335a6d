namespace Nnfs;

/// <summary>What an ONNX model is made of beside the layers of a network.</summary>
public sealed record OnnxOptions
{
    /// <summary>
    /// Whether the model scales samples itself. The default is false: it takes what the network's own <c>Predict</c> takes. A network over samples of a type of
    /// your own can be exported with its scaling: the model then takes the values of a sample as they are, 64-bit floats [batch, values] in the order of
    /// <see cref="SampleSchema.Values"/>, NaN where a number is missing, and gives numbers in the units of the label.
    /// </summary>
    public bool IncludesScaling { get; init; }
}
