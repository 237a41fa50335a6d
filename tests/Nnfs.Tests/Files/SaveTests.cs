using System.Text.Json;
using Nnfs.Tests.Networks;
using Nnfs.Tests.Training;

namespace Nnfs.Tests.Files;

public sealed class SaveTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("nnfs-save-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Save_writes_every_tensor_by_its_name_in_row_major_order()
    {
        DeepNetwork network = new(seed: 3);
        Numbers.Gaussians(5, seed: 4).CopyTo(network.Dense3.Biases);

        byte[] file = Save(network);

        Assert.Equal(network.Dense1.Weights.ToArray(), SafetensorsBytes.ReadTensor(file, "dense1.weights"));
        Assert.Equal(network.Dense2.Weights.ToArray(), SafetensorsBytes.ReadTensor(file, "dense2.weights"));
        Assert.Equal(network.Dense3.Weights.ToArray(), SafetensorsBytes.ReadTensor(file, "dense3.weights"));
        Assert.Equal(network.Dense1.Biases.ToArray(), SafetensorsBytes.ReadTensor(file, "dense1.biases"));
        Assert.Equal(network.Dense3.Biases.ToArray(), SafetensorsBytes.ReadTensor(file, "dense3.biases"));

        // Row by row: the second number leads from the first input to the second neuron.
        Assert.Equal(network.Dense1.Weights[0, 1], SafetensorsBytes.ReadTensor(file, "dense1.weights")[1]);
        Assert.Equal([7, 33], SafetensorsBytes.ParseHeader(file).GetProperty("dense1.weights").GetProperty("shape").Integers());
        Assert.Equal([33], SafetensorsBytes.ParseHeader(file).GetProperty("dense1.biases").GetProperty("shape").Integers());
    }

    [Fact]
    public void Save_lays_the_tensors_out_without_holes_from_a_multiple_of_8_bytes_to_the_end()
    {
        byte[] file = Save(new DeepNetwork());
        JsonElement header = SafetensorsBytes.ParseHeader(file);
        int end = 0;

        foreach (string name in (string[])["dense1.weights", "dense1.biases", "dense2.weights", "dense2.biases", "dense3.weights", "dense3.biases"])
        {
            int[] range = header.GetProperty(name).GetProperty("data_offsets").Integers();
            Assert.Equal(end, range[0]);
            end = range[1];
        }

        Assert.Equal(4 * DeepNetwork.ParameterCount, end);
        Assert.Equal(0, SafetensorsBytes.HeaderLength(file) % 8);
        Assert.Equal(8 + SafetensorsBytes.HeaderLength(file) + end, file.Length);
        Assert.Equal((byte)'{', file[8]);
        Assert.Equal(7, header.EnumerateObject().Count());
    }

    [Fact]
    public void Save_says_which_network_it_is_and_which_layers_it_has()
    {
        JsonElement metadata = SafetensorsBytes.ParseHeader(Save(new ProbabilityNetwork())).GetProperty("__metadata__");

        Assert.Equal("Nnfs.Tests.Networks.ProbabilityNetwork", metadata.GetProperty("network").GetString());
        Assert.Equal(
            """
            [{"name":"Dense1","kind":"Dense","inputs":5,"outputs":18},{"name":"ReLU1","kind":"ReLU","inputs":18,"outputs":18},
            {"name":"Dense2","kind":"Dense","inputs":18,"outputs":4},{"name":"Softmax1","kind":"Softmax","inputs":4,"outputs":4},
            {"name":"CategoricalCrossEntropy","kind":"CategoricalCrossEntropy","inputs":4,"outputs":4}]
            """.ReplaceLineEndings(""),
            metadata.GetProperty("layers").GetString());
    }

    [Fact]
    public void Save_says_what_each_layer_reads_and_is_set_to()
    {
        byte[] file = Save(new DescribedNetwork());
        JsonElement header = SafetensorsBytes.ParseHeader(file);

        // The source is listed if it is not the layer before.
        Assert.Equal(
            """
            [{"name":"state","kind":"Input","inputs":4,"outputs":4},{"name":"action","kind":"Input","inputs":2,"outputs":2},
            {"name":"Concat1","kind":"Concat","inputs":6,"outputs":6,"sources":["state","action"]},
            {"name":"Dense1","kind":"Dense","inputs":6,"outputs":8},
            {"name":"BatchNorm1","kind":"BatchNorm","inputs":8,"outputs":8,"setting":1E-05},
            {"name":"Trunk","kind":"LeakyReLU","inputs":8,"outputs":8,"setting":0.25},
            {"name":"Dense2","kind":"Dense","inputs":8,"outputs":8},
            {"name":"LayerNorm1","kind":"LayerNorm","inputs":8,"outputs":8,"setting":0.5},
            {"name":"Add1","kind":"Add","inputs":8,"outputs":8,"sources":["Trunk","LayerNorm1"]},
            {"name":"RMSNorm1","kind":"RMSNorm","inputs":8,"outputs":8,"setting":0.25},
            {"name":"Dropout1","kind":"Dropout","inputs":8,"outputs":8,"setting":0.5},
            {"name":"Dense3","kind":"Dense","inputs":8,"outputs":3},
            {"name":"Dense4","kind":"Dense","inputs":8,"outputs":1,"sources":["Trunk"]},
            {"name":"policy","kind":"SoftmaxCrossEntropy","inputs":3,"outputs":3,"setting":0.125,"sources":["Dense3"]},
            {"name":"value","kind":"MeanSquaredError","inputs":1,"outputs":1,"sources":["Dense4"]}]
            """.ReplaceLineEndings(""),
            header.GetProperty("__metadata__").GetProperty("layers").GetString());

        Assert.Equal(
            [
                "dense1.weights", "dense1.biases",
                "batchnorm1.gamma", "batchnorm1.beta", "batchnorm1.running_mean", "batchnorm1.running_variance",
                "dense2.weights", "dense2.biases", "layernorm1.gamma", "layernorm1.beta", "rmsnorm1.gamma",
                "dense3.weights", "dense3.biases", "dense4.weights", "dense4.biases",
            ],
            header.EnumerateObject().Skip(1).Select(static property => property.Name));
        Assert.Equal(Enumerable.Repeat(1f, 8), SafetensorsBytes.ReadTensor(file, "batchnorm1.running_variance"));
    }

    [Fact]
    public void Save_of_names_that_differ_only_in_case_keeps_them_apart()
    {
        JsonElement header = SafetensorsBytes.ParseHeader(Save(new NamedNetwork()));

        Assert.Equal(
            [
                "__metadata__",
                "Encoder.weights", "Encoder.biases", "encoder.weights", "encoder.biases", "größe.weights", "größe.biases",
                "Dense4.weights", "Dense4.biases", "dense4.weights", "dense4.biases",
            ],
            header.EnumerateObject().Select(static property => property.Name));
    }

    [Fact]
    public void Save_of_a_network_without_parameters_can_be_loaded()
    {
        byte[] file = Save(new SoftmaxNetwork());

        Assert.Single(SafetensorsBytes.ParseHeader(file).EnumerateObject());
        SoftmaxNetwork.Load(new MemoryStream(file));
    }

    [Fact]
    public void Save_and_load_keep_every_bit()
    {
        AssertKeepsEveryBit<SmallestNetwork>();
        AssertKeepsEveryBit<NarrowNetwork>();
        AssertKeepsEveryBit<DeepNetwork>();
        AssertKeepsEveryBit<RegressionNetwork>();
        AssertKeepsEveryBit<NamedNetwork>();
        AssertKeepsEveryBit<WideNetwork>();
        AssertKeepsEveryBit<MixedNetwork>();
        AssertKeepsEveryBit<TypedNetwork>();
    }

    [Fact]
    public void Save_and_load_keep_the_running_averages_so_that_predictions_are_the_same()
    {
        Problem problem = new(40);
        MixedNetwork network = new(seed: 3);
        network.Train(problem.Features, problem.Labels, new TrainingOptions { Epochs = 2 }, TestContext.Current.CancellationToken);
        byte[] file = Save(network);
        MixedNetwork loaded = MixedNetwork.Load(new MemoryStream(file));
        float[] expected = new float[40 * 3];
        float[] actual = new float[40 * 3];
        network.Predict(problem.Features, expected);
        loaded.Predict(problem.Features, actual);

        Assert.Equal(network.BatchNorm1.RunningMean.ToArray(), SafetensorsBytes.ReadTensor(file, "batchnorm1.running_mean"));
        Assert.Equal(network.BatchNorm1.RunningVariance.ToArray(), SafetensorsBytes.ReadTensor(file, "batchnorm1.running_variance"));
        Assert.All(network.BatchNorm1.RunningVariance.ToArray(), static value => Assert.NotEqual(1f, value));
        Numbers.AssertSameBits(expected, actual, "predictions");
    }

    [Fact]
    public void Save_and_load_of_a_network_with_several_inputs_and_outputs_keep_its_predictions()
    {
        TypedNetwork network = new(seed: 3);
        float[] state = Numbers.Gaussians(5 * 6, seed: 1);
        float[] action = Numbers.Gaussians(5 * 2, seed: 2);
        (float[] policy, float[] value) = Predict(network, state, action);
        (float[] loadedPolicy, float[] loadedValue) = Predict(TypedNetwork.Load(new MemoryStream(Save(network))), state, action);

        Numbers.AssertSameBits(policy, loadedPolicy, "policy");
        Numbers.AssertSameBits(value, loadedValue, "value");
    }

    [Fact]
    public void Save_to_a_path_replaces_the_file_and_leaves_no_other()
    {
        string path = Path.Combine(_folder.FullName, "net.safetensors");
        File.WriteAllText(path, "what was there before");
        DeepNetwork network = new(seed: 8);

        network.Save(path);

        Assert.Equal(Save(network), File.ReadAllBytes(path));
        Assert.Equal([path], Directory.GetFiles(_folder.FullName));
        Assert.Equal(network.Parameters.ToArray(), DeepNetwork.Load(path).Parameters.ToArray());

        DeepNetwork other = new(seed: 9);
        other.LoadParameters(path);
        Assert.Equal(network.Parameters.ToArray(), other.Parameters.ToArray());
    }

    [Fact]
    public void Save_that_cannot_rename_leaves_what_was_there_and_no_temporary_file()
    {
        // A folder that is not empty is nothing that a file can be renamed over.
        string path = Path.Combine(_folder.FullName, "folder");
        string inside = Path.Combine(path, "file");
        Directory.CreateDirectory(path);
        File.WriteAllText(inside, "");

        Assert.ThrowsAny<SystemException>(() => new DeepNetwork().Save(path));

        Assert.Equal([path], Directory.GetFileSystemEntries(_folder.FullName));
        Assert.True(File.Exists(inside));
    }

    [Fact]
    public void AtomicFile_when_writing_fails_leaves_what_was_there_and_no_temporary_file()
    {
        string path = Path.Combine(_folder.FullName, "net.safetensors");
        File.WriteAllText(path, "what was there before");

        Assert.Throws<NotSupportedException>(() => Nnfs.Files.AtomicFile.Write(path, static stream =>
        {
            stream.Write([1, 2, 3]);
            throw new NotSupportedException();
        }));

        Assert.Equal("what was there before", File.ReadAllText(path));
        Assert.Equal([path], Directory.GetFiles(_folder.FullName));
    }

    [Fact]
    public void Save_without_a_target_throws()
    {
        DeepNetwork network = new();

        Assert.Throws<ArgumentNullException>("stream", () => network.Save((Stream)null!));
        Assert.Throws<ArgumentNullException>("path", () => network.Save((string)null!));
        Assert.Throws<ArgumentException>("path", () => network.Save(""));
        Assert.Throws<DirectoryNotFoundException>(() => network.Save(Path.Combine(_folder.FullName, "none", "net.safetensors")));
    }

    private static (float[] Policy, float[] Value) Predict(TypedNetwork network, float[] state, float[] action)
    {
        float[] policy = new float[5 * 3];
        float[] value = new float[5];
        network.Predict(state, action, policy, value);

        return (policy, value);
    }

    private static byte[] Save<TNetwork>(TNetwork network)
        where TNetwork : INetworkModel<TNetwork>
    {
        using MemoryStream stream = new();
        network.Save(stream);

        return stream.ToArray();
    }

    private static void AssertKeepsEveryBit<TNetwork>()
        where TNetwork : INetworkModel<TNetwork>
    {
        TNetwork network = TNetwork.Create(new NumpyRandom(5));
        Random bits = new(6);
        Span<float> block = network.Parameters;

        // Any 32 bits are a float that must come back: NaN with its payload, infinities, −0, subnormal numbers.
        foreach (LayerInfo layer in TNetwork.Layers)
        {
            foreach (TensorInfo tensor in layer.Tensors)
            {
                float[] values = new float[tensor.Count];
                bits.NextBytes(System.Runtime.InteropServices.MemoryMarshal.AsBytes(values.AsSpan()));
                tensor.In(block).Set(values);
            }
        }

        byte[] file = Save(network);
        TNetwork seekable = NetworkFiles.Load<TNetwork>(new MemoryStream(file));
        TNetwork trickled = NetworkFiles.Load<TNetwork>(new TrickleStream(file, most: 1000));

        // The padding, too: it must be zero.
        Assert.Equal(Bits(network.Parameters), Bits(seekable.Parameters));
        Assert.Equal(Bits(network.Parameters), Bits(trickled.Parameters));
    }

    private static int[] Bits(Span<float> values) => System.Runtime.InteropServices.MemoryMarshal.Cast<float, int>(values).ToArray();
}
