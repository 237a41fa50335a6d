using System.CommandLine;
using System.Globalization;
using Nnfs.Import;
using Nnfs.Import.Onnx;
using Nnfs.Tool.Comparison;
using Nnfs.Tool.Compilation;
using Nnfs.Tool.Files;

namespace Nnfs.Tool.Commands;

/// <summary><c>nnfs import</c>: a class and its weights from a model, written once the class has been compiled and compared with the model.</summary>
internal static class ImportCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        Argument<string> model = new("MODEL.onnx") { Description = "The model." };
        Option<string?> name = new("--class") { Description = "The name of the class; that of the file unless given.", HelpName = "NAME" };
        Option<string?> space = new("--namespace") { Description = "The namespace of the class; none unless given.", HelpName = "NS" };
        Option<string> folder = new("--output")
        {
            Description = "The folder to write to, which is made if it is not there; the current one unless given.",
            HelpName = "DIR",
            DefaultValueFactory = static _ => ".",
        };
        Option<bool> force = new("--force") { Description = "Replace files that are there." };
        Command command = new("import", "Writes a model as NAME.cs, a class with attributes, and NAME.safetensors, its weights.")
        {
            model, name, space, folder, force,
        };

        command.SetAction(result => Run(
            result.GetRequiredValue(model),
            result.GetValue(name),
            result.GetValue(space),
            result.GetRequiredValue(folder),
            result.GetValue(force),
            result.InvocationConfiguration.Output));

        return command;
    }

    private static int Run(string path, string? name, string? space, string folder, bool replaces, TextWriter output)
    {
        string className = name is null ? ClassNames.Of(path) : Checked(name, "class");

        foreach (string part in space?.Split('.') ?? [])
        {
            Checked(part, "namespace");
        }

        OnnxModel model = ModelFile.Read(path);
        ImportedNetwork imported = OnnxImport.Read(model, className, space);
        string source = Path.Combine(folder, $"{className}.cs");
        string weights = Path.Combine(folder, $"{className}.safetensors");
        OutputFile.RequireFree(source, replaces);
        OutputFile.RequireFree(weights, replaces);

        CompiledNetwork network = CompiledNetwork.Compile(imported.Source, $"{className}.cs");

        using (MemoryStream parameters = new())
        {
            imported.WriteParameters(parameters);
            parameters.Position = 0;
            network.LoadParameters(parameters);
        }

        double difference = ModelComparison.Check(model, imported, network);
        Directory.CreateDirectory(folder);
        imported.WriteTo(folder);

        output.WriteLine($"{source}: {className}");
        output.WriteLine(weights);
        output.WriteLine();
        output.WriteLine(network.Summary);
        output.WriteLine();
        output.WriteLine($"Compared with the model on drawn inputs: the largest difference is {ModelComparison.Describe(difference)} of the largest output.");

        return CommandLine.Success;
    }

    private static string Checked(string name, string what) => ClassNames.IsValid(name)
        ? name
        : throw new ToolException(string.Create(CultureInfo.InvariantCulture, $"'{name}' can't be the name of a {what} in C#."));
}
