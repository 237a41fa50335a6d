namespace Nnfs.Generators.Models;

/// <summary>How layers are described for generic code: files, ONNX, tables.</summary>
internal static class LayerFacts
{
    /// <summary>A layer without parameters.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="kind">The runtime's name for its kind.</param>
    /// <param name="inputs">The values that it takes for a sample.</param>
    /// <param name="outputs">The values that it gives for a sample.</param>
    /// <param name="sources">The names of what it reads, as a list; empty where that is the layer before it.</param>
    /// <param name="setting">Its slope, rate or the like; 0 where it has none.</param>
    public static string Plain(string name, string kind, int inputs, int outputs, string sources = "", float setting = 0f)
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

        string initializer = members.Count == 0 ? "" : $" {{ {string.Join(", ", members)} }}";

        return $"new(\"{name}\", global::Nnfs.LayerKind.{kind}, inputs: {inputs}, outputs: {outputs}){initializer},";
    }

    /// <summary>The names of what a layer reads as an argument, where it needs one.</summary>
    public static string SourcesArgument(string sources) => sources.Length == 0 ? "" : $", sources: {sources}";
}
