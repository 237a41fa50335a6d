using System.CommandLine;
using Nnfs.Import;
using Nnfs.Import.Onnx;
using Nnfs.Tool.Comparison;
using Nnfs.Tool.Compilation;
using Nnfs.Tool.Files;

namespace Nnfs.Tool.Commands;

/// <summary><c>nnfs verify</c>: whether weights, and a class that may have been edited, still compute what a model does.</summary>
internal static class VerifyCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        Argument<string> model = new("MODEL.onnx") { Description = "The model." };
        Argument<string> weights = new("NAME.safetensors") { Description = "The weights." };
        Argument<string?> source = new("NAME.cs")
        {
            Description = "The class that the weights are loaded into; what 'import' would write unless given.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        Command command = new("verify", "Compares weights, and a class, with a run of the model's own arithmetic.") { model, weights, source };

        command.SetAction(result => Run(
            result.GetRequiredValue(model), result.GetRequiredValue(weights), result.GetValue(source), result.InvocationConfiguration.Output));

        return command;
    }

    private static int Run(string path, string weights, string? source, TextWriter output)
    {
        OnnxModel model = ModelFile.Read(path);
        string className = ClassNames.Of(path);
        ImportedNetwork imported = OnnxImport.Read(model, className, @namespace: null);
        CompiledNetwork network = source is null
            ? CompiledNetwork.Compile(imported.Source, $"{className}.cs")
            : CompiledNetwork.Compile(File.ReadAllText(source), Path.GetFileName(source));

        using (FileStream parameters = File.OpenRead(weights))
        {
            network.LoadParameters(parameters);
        }

        double difference = ModelComparison.Check(model, imported, network);
        output.WriteLine($"The largest difference on drawn inputs is {ModelComparison.Describe(difference)} of the largest output.");

        return CommandLine.Success;
    }
}
