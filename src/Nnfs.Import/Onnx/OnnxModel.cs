namespace Nnfs.Import.Onnx;

/// <summary>A model as its file has it.</summary>
/// <param name="Graph">What it computes.</param>
/// <param name="OperatorSets">The version of the operators for each domain; the domain of ONNX's own is "".</param>
/// <param name="Producer">The tool that wrote it and its version, or an empty text.</param>
/// <param name="Functions">The names of the functions that the model brings for its own use.</param>
internal sealed record OnnxModel(OnnxGraph Graph, IReadOnlyDictionary<string, long> OperatorSets, string Producer, IReadOnlyList<string> Functions)
{
    /// <summary>The version of ONNX's own operators.</summary>
    public long OperatorSet => OperatorSets[""];
}
