using Nnfs.Files;
using Nnfs.Files.Npy;
using Nnfs.Files.Safetensors;
using Nnfs.Tool.Commands;

namespace Nnfs.Tool.Files;

/// <summary>A file of tensors, of any of the formats.</summary>
/// <param name="Tensors">The tensors by their names, in the order of the file, as floats of 32 bits.</param>
/// <param name="Rounded">The names of the tensors that were of other numbers, with their types.</param>
internal sealed record TensorFile(IReadOnlyList<KeyValuePair<string, NumpyArray>> Tensors, IReadOnlyList<(string Name, string Type)> Rounded)
{
    /// <summary>Reads all tensors of a file.</summary>
    /// <param name="path">The file, whose name ends with its format.</param>
    /// <exception cref="ToolException">The format is not known.</exception>
    public static TensorFile Read(string path)
    {
        using FileStream stream = File.OpenRead(path);

        switch (Path.GetExtension(path).ToLowerInvariant())
        {
            case ".safetensors":
                return Read(SafetensorsWeights.Open(stream));

            case ".npz":
                return Read(NpzFile.Open(stream));

            case ".npy":
                NpyHeader header = NpyHeader.Read(stream);
                stream.Position = 0;
                string name = Path.GetFileNameWithoutExtension(path);

                return new([new(name, NumpyArray.Read(stream))], header.Type == "float32" ? [] : [(name, header.Type)]);

            default:
                throw new ToolException($"The format of '{path}' is not known: it is neither .safetensors, .npz nor .npy.");
        }
    }

    private static TensorFile Read(IWeightsFile file)
    {
        using (file)
        {
            List<KeyValuePair<string, NumpyArray>> tensors = [];
            List<(string, string)> rounded = [];

            foreach (FileTensor tensor in file.Tensors)
            {
                if (FileNumbers.Find(tensor.Type) is not { } type || tensor.Shape.Any(static length => length > int.MaxValue))
                {
                    throw new ToolException($"The tensor '{tensor.Name}' is {tensor}, which can't be written as floats of 32 bits.");
                }

                tensors.Add(new(tensor.Name, new NumpyArray([.. tensor.Shape.Select(static length => (int)length)], file.Read(tensor.Name))));

                if (type != NumberType.Float32)
                {
                    rounded.Add((tensor.Name, tensor.Type));
                }
            }

            return new(tensors, rounded);
        }
    }
}
