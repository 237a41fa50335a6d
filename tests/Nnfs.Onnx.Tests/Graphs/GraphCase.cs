namespace Nnfs.Onnx.Tests.Graphs;

/// <summary>A network under test.</summary>
/// <param name="Declaration">Its attributes, as a user writes them.</param>
/// <param name="Inputs">The names and sizes that its inputs must have in the file.</param>
/// <param name="Outputs">The names and sizes that its outputs must have in the file.</param>
public sealed record GraphCase(string Declaration, IReadOnlyList<Port> Inputs, IReadOnlyList<Port> Outputs)
{
    /// <summary>A network with one input and one output that have no attributes of their own.</summary>
    public static GraphCase Of(int inputs, string layers, int outputs) =>
        new($"[Network({inputs})] {layers}", [new("inputs", inputs)], [new("outputs", outputs)]);

    public override string ToString() => Declaration;
}
