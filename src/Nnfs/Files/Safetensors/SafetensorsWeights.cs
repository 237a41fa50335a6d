using System.Collections.Immutable;

namespace Nnfs.Files.Safetensors;

/// <summary>The tensors of a safetensors file of any program, whose writers put them into the order of their names.</summary>
internal sealed class SafetensorsWeights : IWeightsFile
{
    private readonly SafetensorsHeader _header;
    private readonly Stream _stream;
    private SafetensorsFile? _data;

    private SafetensorsWeights(SafetensorsHeader header, Stream stream)
    {
        _header = header;
        _stream = stream;
        Tensors = [.. header.Tensors];
    }

    /// <inheritdoc/>
    public ImmutableArray<FileTensor> Tensors { get; }

    /// <inheritdoc/>
    public bool KeepsOrder => false;

    /// <summary>Reads the header of a file.</summary>
    /// <param name="stream">The file, which must stay open.</param>
    /// <exception cref="SafetensorsException">It is not valid.</exception>
    public static SafetensorsWeights Open(Stream stream) => new(SafetensorsHeader.Read(stream), stream);

    /// <inheritdoc/>
    public float[] Read(string name)
    {
        _data ??= _header.ReadData(_stream);

        return _data.ReadNumbers(name);
    }

    public void Dispose()
    {
    }
}
