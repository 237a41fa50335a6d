using System.Collections.Immutable;

namespace Nnfs.Tests.Files;

/// <summary>What needs no ONNX Runtime; what does is in a project of its own.</summary>
public sealed class OnnxTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("nnfs-onnx-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void ExportOnnx_to_a_path_and_to_a_stream_write_the_same()
    {
        string path = Path.Combine(_folder.FullName, "net.onnx");
        HandNetwork network = new(seed: 1);
        using MemoryStream stream = new();

        network.ExportOnnx(path);
        network.ExportOnnx(stream);

        Assert.Equal(stream.ToArray(), File.ReadAllBytes(path));
        Assert.Equal([path], Directory.GetFiles(_folder.FullName));
        Assert.InRange(stream.Length, 15 * sizeof(float), 1000);
    }

    [Fact]
    public void ExportOnnx_of_more_than_a_file_can_hold_throws_and_writes_nothing()
    {
        using MemoryStream stream = new();

        InvalidOperationException exception = Assert.Throws<InvalidOperationException>(() => new EndlessNetwork().ExportOnnx(stream));

        Assert.Contains("but the format allows at most 2147483647", exception.Message, StringComparison.Ordinal);
        Assert.Equal(0, stream.Length);
    }

    [Fact]
    public void ExportOnnx_without_a_target_throws()
    {
        Assert.Throws<ArgumentNullException>("stream", static () => new HandNetwork().ExportOnnx((Stream)null!));
        Assert.Throws<ArgumentNullException>("path", static () => new HandNetwork().ExportOnnx((string)null!));
    }

    /// <summary>A network that says it has 2.4 GB of parameters, and has none.</summary>
    private sealed class EndlessNetwork : INetwork<EndlessNetwork>
    {
        public static string Name => nameof(EndlessNetwork);

        public static ImmutableArray<LayerInfo> Layers { get; } =
            [LayerInfo.Dense("Dense1", "dense1", inputs: 30_000, neurons: 20_000, weights: 0, inputStride: 20_000, neuronStride: 1, biases: 600_000_000)];

        public static int InputSize => 30_000;

        public static ReadOnlySpan<int> InputShape => [30_000];

        public static ReadOnlySpan<int> OutputShape => [20_000];

        public static int OutputSize => 20_000;

        public static int ParameterCount => 600_020_000;

        public static string Summary => "";

        public Span<float> Parameters => [];

        public static EndlessNetwork Create(NumpyRandom random) => new();

        public void Predict(ReadOnlySpan<float> inputs, Span<float> outputs) => throw new NotSupportedException();
    }
}
