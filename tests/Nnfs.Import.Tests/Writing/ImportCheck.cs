using Nnfs.Import.Onnx;
using Nnfs.Import.Tests.Models;
using Nnfs.Tool.Comparison;
using Nnfs.Tool.Compilation;

namespace Nnfs.Import.Tests.Writing;

/// <summary>Imports models, compiles what comes out, and compares it with the model's own arithmetic.</summary>
internal static class ImportCheck
{
    /// <summary>The attributes of the class that a model becomes, which predicts what the model gives.</summary>
    public static string Attributes(ModelBuilder model) => Attributes(model.Read());

    /// <summary>The attributes of the class that a model becomes, which predicts what the model gives.</summary>
    public static string Attributes(OnnxModel model)
    {
        ImportedNetwork imported = OnnxImport.Read(model, "Net");
        CompiledNetwork network = Compiled(imported);
        ModelComparison.Check(model, imported, network);

        return AttributesOf(imported.Source);
    }

    /// <summary>The network of a class with its weights.</summary>
    public static CompiledNetwork Compiled(ImportedNetwork imported)
    {
        CompiledNetwork network = CompiledNetwork.Compile(imported.Source, "Net.cs");

        using MemoryStream parameters = new();
        imported.WriteParameters(parameters);
        parameters.Position = 0;
        network.LoadParameters(parameters);

        return network;
    }

    /// <summary>The attributes of a source, on one line.</summary>
    public static string AttributesOf(string source) => string.Join(' ', source.Split('\n')
        .Where(static line => line.StartsWith('['))
        .Select(static line => line[..(line.IndexOf(']', StringComparison.Ordinal) + 1)]));
}
