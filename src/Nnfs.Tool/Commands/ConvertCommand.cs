using System.CommandLine;
using Nnfs.Files;
using Nnfs.Files.Safetensors;
using Nnfs.Tool.Files;

namespace Nnfs.Tool.Commands;

/// <summary><c>nnfs convert</c>: the tensors of a file in another format.</summary>
internal static class ConvertCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        Argument<string> from = new("FROM") { Description = "The file to read: .safetensors, .npz or .npy." };
        Argument<string> to = new("TO") { Description = "The file to write: .safetensors, .npz, or for a single tensor .npy." };
        Option<bool> force = new("--force") { Description = "Replace the file if it is there." };
        Command command = new("convert", "Writes the tensors of a file in another format, as floats of 32 bits.") { from, to, force };
        command.SetAction(result => Run(result.GetRequiredValue(from), result.GetRequiredValue(to), result.GetValue(force), result.InvocationConfiguration));

        return command;
    }

    private static int Run(string from, string to, bool replaces, InvocationConfiguration console)
    {
        TensorFile file = TensorFile.Read(from);
        Action<string> write = Path.GetExtension(to).ToLowerInvariant() switch
        {
            ".safetensors" => path => AtomicFile.Write(path, stream => WriteSafetensors(stream, file)),
            ".npz" => path => NumpyArray.SaveArchive(path, file.Tensors),
            ".npy" when file.Tensors.Count == 1 => path => file.Tensors[0].Value.Save(path),
            ".npy" => throw new ToolException($"'{to}' can hold one tensor, but '{from}' has {file.Tensors.Count}. Write an .npz file."),
            string other => throw new ToolException($"The format of '{to}' is not known: '{other}' is neither .safetensors, .npz nor .npy."),
        };

        OutputFile.RequireFree(to, replaces);
        write(to);

        foreach ((string name, string type) in file.Rounded)
        {
            console.Error.WriteLine($"note: '{name}' was of type {type} and is now of floats of 32 bits.");
        }

        console.Output.WriteLine($"{to}: {file.Tensors.Count} tensors");

        return CommandLine.Success;
    }

    private static void WriteSafetensors(Stream stream, TensorFile file)
    {
        TensorDescription[] descriptions =
        [
            .. file.Tensors.Select(static tensor => new TensorDescription(tensor.Key, SafetensorsType.F32, tensor.Value.Shape)),
        ];

        SafetensorsWriter.WriteHeader(stream, descriptions, metadata: []);

        foreach ((_, NumpyArray array) in file.Tensors)
        {
            SafetensorsWriter.Write<float>(stream, array.Values);
        }
    }
}
