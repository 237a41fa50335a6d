using System.Collections.Immutable;
using System.Reflection;
using Nnfs.Files.Mapping;
using static Nnfs.Tests.Files.Mapping.TorchNetworks;

namespace Nnfs.Tests.Files.Mapping;

/// <summary>Parameters from files of other programs: what PyTorch computes with them, and every difference named.</summary>
public sealed class TensorMapTests
{
    /// <summary>Of the largest output: sums of up to 54 products in 32-bit floats.</summary>
    private const double Tolerance = 1e-5;

    [Fact]
    public void PyTorch_dense_layers_predict_the_same() => AssertPredicts<Mlp>("mlp.safetensors", "mlp.npz");

    /// <summary>Layers of one shape come in the order of their numbers, 10 after 2.</summary>
    [Fact]
    public void PyTorch_layers_of_one_shape_predict_the_same() => AssertPredicts<Deep>("deep.safetensors", "deep.npz");

    [Theory]
    [InlineData("half.safetensors", "half.npz")]
    [InlineData("bfloat.safetensors", "bfloat.npz")]
    [InlineData("double-weights.npz", "double.npz")]
    public void PyTorch_floats_of_other_widths_predict_the_same(string file, string samples) => AssertPredicts<Mlp>(file, samples);

    /// <summary>Convolutions, depthwise too, and what comes after a flattened image up to a dense layer.</summary>
    [Fact]
    public void PyTorch_images_predict_the_same() => AssertPredicts<Image>("image.safetensors", "image.npz");

    [Fact]
    public void PyTorch_flattened_image_beside_other_values_predicts_the_same() => AssertPredicts<Joined>("joined.safetensors", "joined.npz");

    /// <summary>A dense layer whose outputs become an image, and a transposed convolution.</summary>
    [Fact]
    public void PyTorch_decoder_predicts_the_same() => AssertPredicts<Decoder>("decoder.safetensors", "decoder.npz");

    [Fact]
    public void PyTorch_sequence_predicts_the_same() => AssertPredicts<Sequence>("sequence.safetensors", "sequence.npz");

    /// <summary>Two layers of one module, in both directions; what is flattened after them has its steps first in PyTorch, too.</summary>
    [Fact]
    public void PyTorch_stack_of_LSTM_predicts_the_same() => AssertPredicts<Lstm>("lstm.safetensors", "lstm.npz");

    [Fact]
    public void PyTorch_GRU_and_RNN_predict_the_same() => AssertPredicts<Gru>("gru.safetensors", "gru.npz");

    [Fact]
    public void PyTorch_transformer_predicts_the_same()
    {
        Transformer network = new();
        network.LoadParameters(
            new MemoryStream(GoldenData.Bytes("transformer.safetensors")),
            new TensorMap { Layout = TensorLayout.PyTorch, ["positionalembedding1.weights"] = "positions" });
        IReadOnlyDictionary<string, NumpyArray> samples = Samples("transformer.npz");
        int[] tokens = [.. samples["x"].Values.Select(static token => (int)token)];
        float[] outputs = new float[samples["y"].Values.Length];
        network.Predict(tokens, outputs);

        AssertClose(samples["y"], outputs);
    }

    /// <summary>An archive keeps the order of the state_dict, in which zeta comes before alpha.</summary>
    [Fact]
    public void PyTorch_archive_is_taken_in_its_order() => AssertPredicts<Pair>("ordered-weights.npz", "ordered.npz");

    [Fact]
    public void PyTorch_modules_that_names_alone_tell_apart_must_be_named()
    {
        AssertRefused<Pair>(
            "named.safetensors",
            TensorMap.PyTorch,
            "'dense1', 'dense2' and the modules 'alpha', 'zeta' fit each other, but the file has them in the order of their names, which tell none: "
            + "name the module of each in the map, such as [\"dense1\"] = \"alpha\"");

        AssertPredicts<Pair>(
            "named.safetensors", "named.npz", new TensorMap { Layout = TensorLayout.PyTorch, ["dense1"] = "zeta", ["dense2"] = "alpha" });
        AssertPredicts<Pair>("named.safetensors", "named.npz", new TensorMap
        {
            Layout = TensorLayout.PyTorch,
            ["dense1.weights"] = "zeta.weight",
            ["dense1.biases"] = "zeta.bias",
        });
    }

    [Fact]
    public void PyTorch_differences_are_all_listed() => AssertRefused<Deep>(
        "mlp.safetensors",
        TensorMap.PyTorch,
        [
            .. Enumerable.Range(1, 6).Select(static i => $"'dense{i}': expected a module with bias [3], weight [3, 3], found none"),
            "'0.bias': expected nothing, found F32 [5]",
            "'0.weight': expected nothing, found F32 [5, 4]",
            "'2.bias': expected nothing, found F32 [3]",
            "'2.weight': expected nothing, found F32 [3, 5]",
        ]);

    [Fact]
    public void PyTorch_stack_of_which_a_layer_is_left_over_is_refused() => AssertRefused<Pair>(
        "deep.safetensors",
        TensorMap.PyTorch,
        "'dense1', 'dense2' and the modules '0', '10', '2', '4', '6', '8' fit each other, but their numbers differ: "
        + "name the module of each in the map, such as [\"dense1\"] = \"0\"");

    [Fact]
    public void Map_that_names_what_is_not_there_is_refused() => AssertRefused<Mlp>(
        "mlp.safetensors",
        new TensorMap
        {
            Layout = TensorLayout.PyTorch,
            ["dense1"] = "encoder",
            ["dense2.weights"] = "0.weight",
            ["dense2.biases"] = "2.biases",
            ["dense9"] = "2",
            Ignored = { "2.weight", "head.weight" },
        },
        "'head.weight' is to be ignored, but the file has no such tensor",
        "'dense2.weights': expected '0.weight' [3, 5] of numbers, found F32 [5, 4]",
        "'dense2.biases': expected '2.biases' [3], found nothing",
        "'dense1.weights': expected 'encoder.weight' [5, 4], found nothing",
        "'dense1.biases': expected 'encoder.bias' [5], found nothing",
        "'dense9' is in the map, but the network has no such tensor or layer",
        "'0.bias': expected nothing, found F32 [5]",
        "'2.bias': expected nothing, found F32 [3]");

    [Fact]
    public void Tensor_that_is_left_keeps_its_values_and_one_that_is_ignored_is_not_missed()
    {
        Mlp network = new(seed: 5);
        float[] biases = [7, 8, 9];
        biases.CopyTo(network.Dense2.Biases);

        network.LoadParameters(new MemoryStream(GoldenData.Bytes("mlp.safetensors")), new TensorMap
        {
            Layout = TensorLayout.PyTorch,
            ["dense2.biases"] = null,
            ["dense2.weights"] = "2.weight",
            Ignored = { "2.bias" },
        });

        Assert.Equal(biases, network.Dense2.Biases.ToArray());
        Assert.Equal(SafetensorsBytes.ReadTensor(GoldenData.Bytes("mlp.safetensors"), "0.bias"), network.Dense1.Biases.ToArray());
    }

    [Fact]
    public void Saved_archive_is_loaded_by_its_own_names()
    {
        Image saved = new(seed: 3);
        using MemoryStream file = new();
        saved.SaveNpz(file);
        file.Position = 0;
        Image loaded = new(seed: 4);

        loaded.LoadParameters(file, new TensorMap());

        foreach (ParameterTensor tensor in saved.Tensors)
        {
            Assert.True(tensor.Values.ToArray().SequenceEqual(loaded.Tensors[tensor.Name].Values.ToArray()), tensor.Name);
        }
    }

    [Fact]
    public void Saved_archive_has_the_tensors_by_name_and_shape()
    {
        Mlp network = new(seed: 3);
        using MemoryStream file = new();
        network.SaveNpz(file);
        file.Position = 0;

        IReadOnlyDictionary<string, NumpyArray> arrays = NumpyArray.ReadArchive(file);

        Assert.Equal(["dense1.weights", "dense1.biases", "dense2.weights", "dense2.biases"], arrays.Keys);
        Assert.Equal([4, 5], arrays["dense1.weights"].Shape);
        Assert.Equal(network.Dense1.Weights[1, 2], arrays["dense1.weights"].Values[(1 * 5) + 2]);
    }

    [Fact]
    public void Own_layout_takes_other_names()
    {
        NumpyArray weights = new([4, 3], [.. Enumerable.Range(1, 12).Select(static i => (float)i)]);
        NumpyArray biases = new([3], [-1, -2, -3]);
        using MemoryStream file = new();
        NumpyArray.SaveArchive(file, new Dictionary<string, NumpyArray> { ["head/kernel"] = weights, ["head/bias"] = biases });
        file.Position = 0;
        HandNetwork network = new();

        network.LoadParameters(file, new TensorMap { ["dense1.weights"] = "head/kernel", ["dense1.biases"] = "head/bias" });

        Assert.Equal(weights.Values, network.Dense1.Weights.ToArray());
        Assert.Equal(biases.Values, network.Dense1.Biases.ToArray());
    }

    [Fact]
    public void Own_layout_lists_what_is_missing_and_surplus() => AssertRefused<Mlp>(
        "mlp.safetensors",
        new TensorMap { ["dense1"] = "0" },
        "'dense1.weights': expected '0.weights' [4, 5], found nothing",
        "'dense1.biases': expected '0.biases' [5], found nothing",
        "'dense2.weights': expected 'dense2.weights' [5, 3], found nothing",
        "'dense2.biases': expected 'dense2.biases' [3], found nothing",
        "'0.bias': expected nothing, found F32 [5]",
        "'0.weight': expected nothing, found F32 [5, 4]",
        "'2.bias': expected nothing, found F32 [3]",
        "'2.weight': expected nothing, found F32 [3, 5]");

    [Fact]
    public void File_that_cannot_seek_is_loaded()
    {
        foreach (string name in (string[])["mlp.safetensors", "double-weights.npz"])
        {
            Mlp network = new();
            network.LoadParameters(new TrickleStream(GoldenData.Bytes(name)), TensorMap.PyTorch);

            Assert.NotEqual(0f, network.Dense1.Biases[0]);
        }
    }

    [Fact]
    public void File_of_neither_format_is_refused()
    {
        Assert.Throws<SafetensorsException>(() => new Mlp().LoadParameters(new MemoryStream([1, 2, 3]), TensorMap.PyTorch));
        Assert.Throws<NumpyException>(() => new Mlp().LoadParameters(new MemoryStream([(byte)'P', (byte)'K', 3, 4, 5]), TensorMap.PyTorch));
    }

    /// <summary>4,000 files with bytes that are others or missing: they load, or give one of the exceptions and leave the network as it was.</summary>
    [Fact]
    public void Damaged_files_give_an_exception_or_load()
    {
        byte[][] files = [GoldenData.Bytes("mlp.safetensors"), GoldenData.Bytes("double-weights.npz")];
        Random random = new(5);
        int loaded = 0;

        for (int i = 0; i < 4000; i++)
        {
            byte[] file = [.. files[i % files.Length]];
            Mlp network = new(seed: 1);
            float[] before = network.Parameters.ToArray();

            for (int changes = random.Next(1, 4); changes > 0; changes--)
            {
                file[random.Next(file.Length)] = (byte)random.Next(256);
            }

            file = random.Next(4) == 0 ? file[..random.Next(file.Length)] : file;

            try
            {
                network.LoadParameters(new MemoryStream(file), TensorMap.PyTorch);
                loaded++;
            }
            catch (Exception exception) when (exception is TensorMapException or SafetensorsException or NumpyException)
            {
                Assert.Equal(before, network.Parameters.ToArray());
            }
        }

        Assert.InRange(loaded, 100, 3900);
    }

    /// <summary>A kind of layer that has tensors knows the module of PyTorch that computes the same, or the map would skip it.</summary>
    [Fact]
    public void Layers_with_tensors_all_have_a_module()
    {
        HashSet<LayerKind> kinds = [];

        foreach (LayerInfo layer in LayersOfTheTests().Where(static layer => !layer.Tensors.IsEmpty))
        {
            ImmutableArray<ModuleTensor> module = layer.Definition.OfModule(layer);
            kinds.Add(layer.Kind);

            Assert.Equal(layer.Tensors.Length, module.Length);
            Assert.All(layer.Tensors.Zip(module), static pair => Assert.Equal(
                pair.First.Shape, pair.Second.Axes.Select((axis, i) => pair.Second.Shape[axis] / (pair.Second.Shape[axis] / pair.First.Shape[i]))));
        }

        Assert.True(kinds.Count >= 15, $"{kinds.Count}");
    }

    private static IEnumerable<LayerInfo> LayersOfTheTests() => typeof(TensorMapTests).Assembly.GetTypes()
        .Where(static type => type is { IsClass: true, ContainsGenericParameters: false })
        .Where(static type => type.GetInterfaces().Any(candidate => candidate.IsGenericType && candidate.GetGenericTypeDefinition() == typeof(INetworkModel<>)))
        .SelectMany(static type => (ImmutableArray<LayerInfo>)typeof(TensorMapTests)
            .GetMethod(nameof(LayersOf), BindingFlags.NonPublic | BindingFlags.Static)!.MakeGenericMethod(type).Invoke(null, null)!);

    private static ImmutableArray<LayerInfo> LayersOf<TNetwork>()
        where TNetwork : INetworkModel<TNetwork> => TNetwork.Layers;

    private static IReadOnlyDictionary<string, NumpyArray> Samples(string name) => NumpyArray.ReadArchive(new MemoryStream(GoldenData.Bytes(name)));

    private static void AssertPredicts<TNetwork>(string file, string samplesName, TensorMap? map = null)
        where TNetwork : INetwork<TNetwork>
    {
        TNetwork network = TNetwork.Create(new NumpyRandom(1));
        network.LoadParameters(new MemoryStream(GoldenData.Bytes(file)), map ?? TensorMap.PyTorch);
        IReadOnlyDictionary<string, NumpyArray> samples = Samples(samplesName);
        float[] outputs = new float[samples["y"].Values.Length];
        network.Predict(samples["x"].Values, outputs);

        AssertClose(samples["y"], outputs);
    }

    private static void AssertClose(NumpyArray expected, float[] actual)
    {
        double largest = expected.Values.Max(Math.Abs);

        Numbers.AssertClose(Numbers.ToDoubles(expected.Values), actual, Tolerance * largest, "outputs");
    }

    private static void AssertRefused<TNetwork>(string file, TensorMap map, params string[] lines)
        where TNetwork : INetworkModel<TNetwork>
    {
        TNetwork network = TNetwork.Create(new NumpyRandom(2));
        float[] before = network.Parameters.ToArray();

        TensorMapException exception = Assert.Throws<TensorMapException>(() => network.LoadParameters(new MemoryStream(GoldenData.Bytes(file)), map));

        Assert.Equal([$"The tensors of the file are not those of '{TNetwork.Name}':", .. lines], exception.Message.Split('\n'));
        Assert.Equal(before, network.Parameters.ToArray());
    }
}
