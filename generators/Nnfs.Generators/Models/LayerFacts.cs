namespace Nnfs.Generators.Models;

/// <summary>How layers are described for generic code: files, ONNX, tables.</summary>
internal static class LayerFacts
{
    /// <summary>A layer without parameters.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="kind">The runtime's name for its kind.</param>
    /// <param name="inputs">The shape of what it takes for a sample.</param>
    /// <param name="outputs">The shape of what it gives for a sample.</param>
    /// <param name="sources">The names of what it reads, as a list; empty where that is the layer before it.</param>
    /// <param name="setting">Its slope, rate or the like; 0 where it has none.</param>
    /// <param name="window">The constant that holds its window; empty where it has none.</param>
    /// <param name="zerosBefore">The zeros that it adds before each dimension but the last, as a list; empty where it adds none.</param>
    public static string Plain(
        string name, string kind, Shape inputs, Shape outputs, string sources = "", float setting = 0f, string window = "", string zerosBefore = "")
    {
        List<string> members = [];

        if (sources.Length > 0)
        {
            members.Add($"Sources = {sources}");
        }

        if (setting != 0f)
        {
            members.Add($"Setting = {Wording.Number(setting)}");
        }

        if (inputs.Rank > 1)
        {
            members.Add($"InputShape = {inputs.ToArgument()}");
        }

        if (outputs.Rank > 1)
        {
            members.Add($"OutputShape = {outputs.ToArgument()}");
        }

        if (window.Length > 0)
        {
            members.Add($"Window = {window}");
        }

        if (zerosBefore.Length > 0)
        {
            members.Add($"ZerosBefore = {zerosBefore}");
        }

        string initializer = members.Count == 0 ? "" : $" {{ {string.Join(", ", members)} }}";

        return $"new(\"{name}\", global::Nnfs.LayerKind.{kind}, inputs: {inputs.Size}, outputs: {outputs.Size}){initializer},";
    }

    /// <summary>The shapes of what a layer takes and gives as arguments, where they are not plain numbers of values.</summary>
    public static string ShapeArguments(Shape inputs, Shape outputs) =>
        (inputs.Rank > 1 ? $", inputShape: {inputs.ToArgument()}" : "") + (outputs.Rank > 1 ? $", outputShape: {outputs.ToArgument()}" : "");

    /// <summary>The shape of what a layer takes and gives as an argument, where it is no plain number of values.</summary>
    public static string ShapeArgument(Shape shape) => shape.Rank > 1 ? $", shape: {shape.ToArgument()}" : "";

    /// <summary>The names of what a layer reads as an argument, where it needs one.</summary>
    public static string SourcesArgument(string sources) => sources.Length == 0 ? "" : $", sources: {sources}";
}
