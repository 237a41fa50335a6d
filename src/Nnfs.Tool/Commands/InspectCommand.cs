using System.CommandLine;
using System.Globalization;
using Nnfs.Files;
using Nnfs.Files.Npy;
using Nnfs.Files.Safetensors;
using Nnfs.Import.Onnx;
using Nnfs.Tool.Files;

namespace Nnfs.Tool.Commands;

/// <summary><c>nnfs inspect</c>: what is in a file.</summary>
internal static class InspectCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        Argument<string> file = new("FILE") { Description = "The file: .onnx, .safetensors, .npz or .npy." };
        Command command = new("inspect", "Shows what is in a file: nodes, inputs and outputs of a model, names, types and shapes of tensors.") { file };
        command.SetAction(result => Run(result.GetRequiredValue(file), result.InvocationConfiguration.Output));

        return command;
    }

    private static int Run(string path, TextWriter output)
    {
        switch (Path.GetExtension(path).ToLowerInvariant())
        {
            case ".onnx":
                WriteModel(ModelFile.Read(path), output);
                break;

            case ".safetensors":
                using (FileStream stream = File.OpenRead(path))
                {
                    WriteTensors(SafetensorsHeader.Read(stream).Tensors, output);
                }

                break;

            case ".npz":
                using (FileStream stream = File.OpenRead(path))
                using (NpzFile archive = NpzFile.Open(stream))
                {
                    WriteTensors(archive.Tensors, output);
                }

                break;

            case ".npy":
                using (FileStream stream = File.OpenRead(path))
                {
                    NpyHeader header = NpyHeader.Read(stream);
                    WriteTensors([new FileTensor(Path.GetFileNameWithoutExtension(path), header.Type, header.Shape)], output);
                }

                break;

            default:
                throw new ToolException($"The format of '{path}' is not known: it is neither .onnx, .safetensors, .npz nor .npy.");
        }

        return CommandLine.Success;
    }

    private static void WriteModel(OnnxModel model, TextWriter output)
    {
        OnnxGraph graph = model.Graph;
        string operators = string.Join(", ", model.OperatorSets.Select(static set => $"{(set.Key.Length == 0 ? "ONNX" : set.Key)} {set.Value}"));
        output.WriteLine($"made by    {TextTable.Printable(model.Producer.Length == 0 ? "an unknown tool" : model.Producer, hasLines: false)}");
        output.WriteLine($"operators  {TextTable.Printable(operators, hasLines: false)}");
        output.WriteLine($"parameters {graph.ParameterCount.ToString(CultureInfo.InvariantCulture)}");
        WriteRows("inputs", ["name", "type"], graph.Inputs.Select(RowOf), output);
        WriteRows("outputs", ["name", "type"], graph.Outputs.Select(RowOf), output);
        WriteRows(
            "nodes",
            ["operator", "name", "reads", "gives"],
            graph.Nodes.Select(static node => (string[])
                [node.Operator, node.Title, string.Join(", ", node.Inputs.Where(static name => name.Length > 0)), string.Join(", ", node.Outputs)]),
            output);
        WriteRows(
            "tensors",
            ["name", "type", "shape"],
            graph.Initializers.Values.Select(static tensor => (string[])
                [tensor.Name, OnnxElementTypes.NameOf(tensor.Type), $"[{string.Join(", ", tensor.Dimensions)}]"]),
            output);
    }

    private static void WriteTensors(IEnumerable<FileTensor> tensors, TextWriter output) => TextTable.Write(
        ["name", "type", "shape"],
        [.. tensors.Select(static tensor => (string[])[tensor.Name, tensor.Type, $"[{string.Join(", ", tensor.Shape)}]"])],
        output);

    private static void WriteRows(string title, string[] header, IEnumerable<string[]> rows, TextWriter output)
    {
        output.WriteLine();
        output.WriteLine($"{title}:");
        TextTable.Write(header, [.. rows], output);
    }

    private static string[] RowOf(OnnxValue value) =>
        [value.Name, $"{OnnxElementTypes.NameOf(value.Type)}{(value.Dimensions is null ? "" : $" [{string.Join(", ", value.Dimensions)}]")}"];
}
