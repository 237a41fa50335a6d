using System.Text;
using System.Text.Json;

namespace Nnfs.Tests.Files;

/// <summary>Files with the right tensors and other layers between them.</summary>
public sealed class LayerMismatchTests : IDisposable
{
    private const string LoadAnyway = "\nTo load them anyway, pass a LoadOptions with IgnoreLayers = true.";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("nnfs-layers-");

    private string File => Path.Combine(_folder.FullName, "net.safetensors");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Load_of_another_activation_is_refused() =>
        AssertRefused<TanhFileNetwork, ReLUFileNetwork>("'ReLU1': expected ReLU, found Tanh");

    [Fact]
    public void Load_of_other_settings_lists_each_of_them() => AssertRefused<SettingsFileNetwork, OtherSettingsFileNetwork>(
        "'LeakyReLU1': expected LeakyReLU(0.2), found LeakyReLU(0.1)",
        "'LayerNorm1': expected LayerNorm(1E-05), found LayerNorm(0.001)",
        "'GELU1': expected GELUTanh, found GELU");

    [Fact]
    public void Load_of_a_layer_less_or_more_names_it_and_no_other()
    {
        AssertRefused<TanhFileNetwork, LongerFileNetwork>("'Sigmoid1': expected Sigmoid, found nothing");
        AssertRefused<LongerFileNetwork, TanhFileNetwork>("'Sigmoid1': expected nothing, found Sigmoid");
    }

    [Fact]
    public void Load_of_other_outputs_is_refused()
    {
        AssertRefused<TanhFileNetwork, LinearFileNetwork>("'SoftmaxCrossEntropy': expected nothing, found Softmax");
        AssertRefused<LinearFileNetwork, TanhFileNetwork>("'SoftmaxCrossEntropy': expected Softmax, found nothing");
    }

    [Fact]
    public void Load_of_another_skip_is_refused() =>
        AssertRefused<SkipFileNetwork, OtherSkipFileNetwork>("'Add1': expected to read 'Tanh1', 'Dense2', found 'Dense1', 'Dense2'");

    [Fact]
    public void Load_of_the_same_predictions_in_another_network_is_allowed()
    {
        TanhFileNetwork network = new(seed: 3);
        DropoutFileNetwork other = new(seed: 4);
        float[] expected = new float[3];
        float[] actual = new float[3];

        network.Save(File);
        other.LoadParameters(File);
        network.Predict([1f, -1f, 0.5f, 2f], expected);
        other.Predict([1f, -1f, 0.5f, 2f], actual);

        Numbers.AssertClose([.. expected.Select(static value => (double)value)], actual, 1e-6, "outputs");

        other.Save(File);
        Assert.Equal(network.Parameters, TanhFileNetwork.Load(File).Parameters);
    }

    [Fact]
    public void Load_of_every_layer_that_was_saved_is_allowed()
    {
        DescribedNetwork network = new(seed: 5);
        network.Save(File);

        Assert.Equal(network.Parameters, DescribedNetwork.Load(File).Parameters);
    }

    /// <summary>Files of other programs say nothing of layers, or something of their own under the same name.</summary>
    [Theory]
    [InlineData(null)]
    [InlineData("12")]
    [InlineData("dense, dense")]
    [InlineData("[1, 2]")]
    [InlineData("[]")]
    [InlineData("""[{"name":"a"}]""")]
    [InlineData("""[{"name":"\ud800","kind":"ReLU"}]""")]
    public void Load_of_a_file_without_a_table_of_layers_is_allowed(string? layers)
    {
        TanhFileNetwork network = new(seed: 3);

        TanhFileNetwork loaded = TanhFileNetwork.Load(new MemoryStream(WithLayers(network, layers)));

        Assert.Equal(network.Parameters, loaded.Parameters);
    }

    [Theory]
    [InlineData(
        """[{"name":"a","kind":"Dense","inputs":4,"outputs":5},{"name":"b","kind":"Unheard","inputs":5,"outputs":5}]""",
        "'Tanh1': expected Tanh, found Unheard")]
    [InlineData("""[{"name":"a","kind":"Dense","inputs":"4","outputs":5.5,"setting":1e99,"sources":[1]}]""", "expected")]
    public void Load_of_a_table_that_is_odd_is_refused(string layers, string message)
    {
        byte[] file = WithLayers(new TanhFileNetwork(), layers);

        SafetensorsException fault = Assert.Throws<SafetensorsException>(() => TanhFileNetwork.Load(new MemoryStream(file)));

        Assert.Contains(message, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_of_a_table_of_any_length_takes_no_more_memory_than_the_file()
    {
        string many = "[" + string.Join(',', Enumerable.Repeat("""{"name":"a","kind":"ReLU"}""", 100_000)) + "]";
        byte[] file = WithLayers(new TanhFileNetwork(), many);

        long allocated = Allocations.Least(
            () => Allocations.Of(() => Assert.Throws<SafetensorsException>(() => TanhFileNetwork.Load(new MemoryStream(file)))), enough: 2 * file.Length);

        Assert.InRange(allocated, 1, (2 * file.Length) + 150_000);
    }

    [Fact]
    public void Load_of_a_table_with_many_differences_counts_those_beyond_the_first()
    {
        string many = "[" + string.Join(',', Enumerable.Repeat("""{"name":"a","kind":"ReLU"}""", 60)) + "]";

        SafetensorsException fault = Assert.Throws<SafetensorsException>(
            () => TanhFileNetwork.Load(new MemoryStream(WithLayers(new TanhFileNetwork(), many))));

        Assert.Contains("\nand 41 more", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Resume_from_other_layers_lists_the_differences_of_training_too()
    {
        TrainingOptions options = new() { Epochs = 1, Checkpoint = new(File) };
        float[] features = Numbers.Gaussians(40, seed: 1);
        new TanhFileNetwork().Train(features, new int[10], options, TestContext.Current.CancellationToken);

        SafetensorsException fault = Assert.Throws<SafetensorsException>(
            () => new DropoutFileNetwork().Resume(features, new int[10], options, TestContext.Current.CancellationToken));

        Assert.Equal(
            """
            The layers of the checkpoint are not those of 'Nnfs.Tests.Files.DropoutFileNetwork':
            'Dropout1': expected Dropout(0.1), found Dense
            'Dense1': expected Dense, found Tanh
            'Bend': expected Tanh, found Dense
            'Linear1': expected Linear, found SoftmaxCrossEntropy
            'Dropout2': expected Dropout(0.25), found nothing
            'Dense2': expected Dense, found nothing
            'Softmax1': expected Softmax, found nothing
            'CategoricalCrossEntropy': expected CategoricalCrossEntropy, found nothing
            """,
            fault.Message);
    }

    private void AssertRefused<TSaved, TLoaded>(params string[] differences)
        where TSaved : class, INetworkModel<TSaved>
        where TLoaded : class, INetworkModel<TLoaded>
    {
        TSaved saved = TSaved.Create(new NumpyRandom(3));
        TLoaded loaded = TLoaded.Create(new NumpyRandom(4));
        float[] before = loaded.Parameters.ToArray();
        saved.Save(File);

        SafetensorsException fault = Assert.Throws<SafetensorsException>(() => loaded.LoadParameters(File));

        Assert.Equal(
            $"The layers of the file are not those of '{typeof(TLoaded).FullName}', which would predict something else with its tensors:\n" +
            string.Join('\n', differences) + LoadAnyway,
            fault.Message);
        Assert.Equal(before, loaded.Parameters);
        Assert.Throws<SafetensorsException>(() => NetworkFiles.Load<TLoaded>(File));

        loaded.LoadParameters(File, new LoadOptions { IgnoreLayers = true });
        Assert.NotEqual(before, loaded.Parameters.ToArray());
        Assert.Equal(loaded.Parameters, NetworkFiles.Load<TLoaded>(File, new LoadOptions { IgnoreLayers = true }).Parameters);
    }

    /// <summary>A file with another text in the place of its table of layers, or with none.</summary>
    private static byte[] WithLayers(TanhFileNetwork network, string? layers)
    {
        using MemoryStream stream = new();
        network.Save(stream);
        byte[] file = stream.ToArray();
        Dictionary<string, JsonElement> header = JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(SafetensorsBytes.ParseHeader(file).GetRawText())!;
        header["__metadata__"] = layers is null
            ? JsonSerializer.SerializeToElement(new Dictionary<string, string>())
            : JsonSerializer.SerializeToElement(new Dictionary<string, string> { ["layers"] = layers });

        return SafetensorsBytes.Make(
            Encoding.UTF8.GetBytes(JsonSerializer.Serialize(header)), file[(8 + SafetensorsBytes.HeaderLength(file))..]);
    }
}
