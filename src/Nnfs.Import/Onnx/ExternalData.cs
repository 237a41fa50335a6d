namespace Nnfs.Import.Onnx;

/// <summary>
/// Tensors that a model keeps in files beside its own, as large models do. Only files of the model's own folder are read, each once.
/// </summary>
/// <param name="folder">The folder of the model, or null where it is in memory and has none.</param>
internal sealed class ExternalData(string? folder)
{
    private readonly Dictionary<string, byte[]> _files = new(StringComparer.Ordinal);

    /// <summary>The bytes of a tensor.</summary>
    /// <param name="tensor">The name of the tensor, for messages.</param>
    /// <param name="location">The name of the file.</param>
    /// <param name="offset">Where the tensor begins.</param>
    /// <param name="length">Its length.</param>
    public ReadOnlyMemory<byte> Read(string tensor, string location, long offset, long length)
    {
        if (folder is null)
        {
            throw new OnnxException($"The tensor '{tensor}' is in the file '{location}', and the model was given without its folder.");
        }

        if (location.Length == 0 || location is "." or ".." || location.AsSpan().IndexOfAny("/\\:\0") >= 0)
        {
            throw new OnnxException($"The tensor '{tensor}' is in the file '{location}', which is not in the model's own folder.");
        }

        if (!_files.TryGetValue(location, out byte[]? file))
        {
            string path = Path.Combine(folder, location);

            if (!File.Exists(path))
            {
                throw new OnnxException($"The tensor '{tensor}' is in the file '{location}', which is missing beside the model.");
            }

            file = OnnxReader.ReadAll(path);
            _files.Add(location, file);
        }

        return offset >= 0 && length >= 0 && offset <= file.Length && length <= file.Length - offset
            ? file.AsMemory((int)offset, (int)length)
            : throw new OnnxException($"The tensor '{tensor}' takes {length} bytes from {offset} of the file '{location}', which has {file.Length}.");
    }
}
