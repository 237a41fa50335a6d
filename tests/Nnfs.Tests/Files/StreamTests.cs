using Nnfs.Tests.Networks;

namespace Nnfs.Tests.Files;

/// <summary>Several networks in one stream, and what else may be there.</summary>
public sealed class StreamTests : IDisposable
{
    private static readonly LoadOptions s_leavesRest = new() { LeavesRest = true };

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("nnfs-stream-");
    private readonly DeepNetwork _first = new(seed: 1);
    private readonly SoftmaxNetwork _second = new();
    private readonly TypedNetwork _third = new(seed: 3);

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Networks_written_to_one_stream_are_read_back_in_turn()
    {
        using MemoryStream stream = new();
        Write(stream);
        stream.Position = 0;

        Assert.Equal(_first.Parameters, DeepNetwork.Load(stream).Parameters);
        SoftmaxNetwork.Load(stream);
        TypedNetwork third = new();
        third.LoadParameters(stream);
        Assert.Equal(_third.Parameters, third.Parameters);

        Assert.Equal(stream.Length, stream.Position);
        Assert.Throws<SafetensorsException>(() => DeepNetwork.Load(stream));
    }

    [Fact]
    public void Networks_in_a_stream_that_cannot_seek_are_read_in_turn_where_that_is_asked_for()
    {
        using MemoryStream written = new();
        Write(written);
        using TrickleStream stream = new(written.ToArray(), most: 100);

        Assert.Equal(_first.Parameters, DeepNetwork.Load(stream, s_leavesRest).Parameters);
        SoftmaxNetwork.Load(stream, s_leavesRest);
        TypedNetwork third = new();
        third.LoadParameters(stream, s_leavesRest);
        Assert.Equal(_third.Parameters, third.Parameters);

        Assert.Equal(-1, stream.ReadByte());
        using TrickleStream again = new(written.ToArray());
        Assert.Throws<SafetensorsException>(() => DeepNetwork.Load(again));
    }

    [Fact]
    public void What_follows_a_file_is_left_in_the_stream_where_that_is_asked_for()
    {
        using MemoryStream stream = new();
        _first.Save(stream);
        stream.Write([42, 43]);
        stream.Position = 0;
        Assert.Throws<SafetensorsException>(() => DeepNetwork.Load(stream));
        stream.Position = 0;

        Assert.Equal(_first.Parameters, DeepNetwork.Load(stream, s_leavesRest).Parameters);
        Assert.Equal(42, stream.ReadByte());
    }

    [Fact]
    public void Network_that_is_not_the_next_in_the_stream_is_refused()
    {
        using MemoryStream stream = new();
        Write(stream);
        stream.Position = 0;

        Assert.Throws<SafetensorsException>(() => TypedNetwork.Load(stream));
    }

    [Fact]
    public void File_with_two_networks_is_refused_because_only_one_would_be_read()
    {
        string path = Path.Combine(_folder.FullName, "two.safetensors");

        using (FileStream stream = File.Create(path))
        {
            Write(stream);
        }

        Assert.Contains("follow the header", Assert.Throws<SafetensorsException>(() => DeepNetwork.Load(path)).Message, StringComparison.Ordinal);
        using FileStream open = File.OpenRead(path);
        Assert.Equal(_first.Parameters, DeepNetwork.Load(open).Parameters);
        SoftmaxNetwork.Load(open);
    }

    [Fact]
    public void Model_that_was_exported_is_named_for_what_it_is()
    {
        using MemoryStream stream = new();
        _first.ExportOnnx(stream);
        stream.Position = 0;

        Assert.StartsWith(
            "The file is no safetensors file, but an ONNX model",
            Assert.Throws<SafetensorsException>(() => DeepNetwork.Load(stream)).Message,
            StringComparison.Ordinal);
    }

    private void Write(Stream stream)
    {
        _first.Save(stream);
        _second.Save(stream);
        _third.Save(stream);
    }
}
