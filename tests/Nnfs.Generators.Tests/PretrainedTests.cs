using System.Buffers.Binary;
using System.Globalization;
using System.Reflection;
using System.Resources;
using System.Text;
using Microsoft.CodeAnalysis;

namespace Nnfs.Generators.Tests;

/// <summary>Weights that a network carries: compared with its layers by the compiler, and read from its assembly.</summary>
public sealed class PretrainedTests
{
    private const string Net = "[Network(2), Dense(3), BatchNorm, ReLU, Dense(2), SoftmaxCrossEntropy";
    private const string Resource = "Nnfs.Weights/net.safetensors";

    private static readonly string[] s_tensors =
    [
        "F32 2,3 dense1.weights", "F32 3 dense1.biases",
        "F32 3 batchnorm1.gamma", "F32 3 batchnorm1.beta", "F32 3 batchnorm1.running_mean", "F32 3 batchnorm1.running_variance",
        "F32 3,2 dense2.weights", "F32 2 dense2.biases",
    ];

    private static readonly string s_good = WeightsTableText.File("net.safetensors", s_tensors);

    [Theory]
    [InlineData(Net + ", Pretrained(\"net.safetensors\")] partial class Net;")]
    [InlineData(Net + ", Pretrained(file: \"./net.safetensors\")] partial class Net;")]
    [InlineData("[Pretrained(Net.File)] " + Net + "] partial class Net { private const string File = \"net.safetensors\"; }")]
    public async Task Weights_that_fit_are_taken(string source)
    {
        GeneratorRun run = await ReportsAsync(source, s_good);

        run.AssertCompiles();
        Assert.Contains("PretrainedWeights.Load<Net>(\"Nnfs.Weights/net.safetensors\")", run.File, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tables_of_embedded_features_are_taken()
    {
        const string Source = """
            [Sample] partial record Trip([Feature] float Length, [Feature(Embedding = 3)] Station? From, [Label] bool IsLate);
            enum Station { North, South }
            [Network(typeof(Trip)), Dense, SoftmaxCrossEntropy, Pretrained("net.safetensors")] partial class Net;
            """;

        GeneratorRun run = await ReportsAsync(
            Source, WeightsTableText.File("net.safetensors", "F32 3,3 fromembedding.weights", "F32 4,2 dense1.weights", "F32 2 dense1.biases"));

        run.AssertCompiles();
    }

    [Theory]
    [InlineData("{|NNFS033:\"nets.safetensors\"|}", "'nets.safetensors' is not among the weights of the project; write 'net.safetensors'")]
    [InlineData("file: {|NNFS033:\"models/net.safetensors\"|}", "'models/net.safetensors' is not among the weights of the project; write 'net.safetensors'")]
    [InlineData(
        "{|NNFS033:\"weights.bin\"|}",
        "'weights.bin' is not among the weights of the project; write its path in the project, or add it to the project with <NnfsWeights Include=\"…\" />")]
    [InlineData(
        "{|NNFS033:null!|}",
        "'' is not among the weights of the project; write its path in the project, or add it to the project with <NnfsWeights Include=\"…\" />")]
    public Task File_that_the_project_lacks_is_reported(string argument, string message) =>
        ReportsAsync($"{Net}, Pretrained({argument})] partial class Net;", s_good, "NNFS033: " + message);

    [Fact]
    public Task File_that_cannot_be_read_is_reported() => ReportsAsync(
        Net + ", Pretrained({|NNFS033:\"net.safetensors\"|})] partial class Net;",
        "file\tnet.safetensors\nfault\tThe header has\\na \\\\n tab\\t.\n",
        "NNFS033: 'net.safetensors' cannot be read: The header has\na \\n tab\t");

    [Theory]
    [InlineData("F32 3 dense1.biases", "F32 4 dense1.biases", "has F32 [4] as 'dense1.biases', but 'Net' takes F32 [3]")]
    [InlineData("F32 2,3 dense1.weights", "F32 3,2 dense1.weights", "has F32 [3, 2] as 'dense1.weights', but 'Net' takes F32 [2, 3]")]
    [InlineData("F32 3 dense1.biases", "F16 3 dense1.biases", "has F16 [3] as 'dense1.biases', but 'Net' takes F32 [3]")]
    [InlineData("F32 3 dense1.biases", "F32  dense1.biases", "has F32 [] as 'dense1.biases', but 'Net' takes F32 [3]")]
    [InlineData("F32 3 batchnorm1.running_mean", null, "has no tensor 'batchnorm1.running_mean', but 'Net' takes F32 [3]")]
    [InlineData(
        "F32 3 dense1.biases",
        "F32 3 dense1.bias",
        "has no tensor 'dense1.biases', but 'Net' takes F32 [3]",
        "has a tensor 'dense1.bias', F32 [3], that 'Net' does not take")]
    public Task Tensor_that_differs_is_reported(string tensor, string? other, params string[] faults)
    {
        string[] tensors = [.. s_tensors.Select(own => own == tensor ? other : own).OfType<string>()];
        string argument = string.Concat(faults.Select(static _ => "{|NNFS034:"))
            + "\"net.safetensors\"" + string.Concat(faults.Select(static _ => "|}"));

        return ReportsAsync(
            $"{Net}, Pretrained({argument})] partial class Net;",
            WeightsTableText.File("other.safetensors", "F32 1 x") + WeightsTableText.File("net.safetensors", tensors),
            [.. faults.Select(static fault => $"NNFS034: 'net.safetensors' {fault}")]);
    }

    [Fact]
    public Task File_of_another_program_is_reported_once() => ReportsAsync(
        Net + ", Pretrained({|NNFS034:\"net.safetensors\"|})] partial class Net;",
        WeightsTableText.File("net.safetensors", "F32 3,2 fc1.weight", "F32 3 fc1.bias"),
        "NNFS034: 'net.safetensors' has none of the tensors of 'Net', such as 'dense1.weights'; load the file of another program once, with a TensorMap, "
        + "and save the network");

    /// <summary>What is wrong with the layers comes first: their tensors are not yet what they will be.</summary>
    [Fact]
    public Task Layers_with_errors_are_reported_alone() => ReportsAsync(
        "[Network(2), Dense({|NNFS004:0|}), Pretrained(\"missing.safetensors\")] partial class Net;",
        s_good,
        "NNFS004: 'Dense1' must have at least 1 neuron, but has 0");

    /// <summary>The names of tensors are those that a saved network has, whatever the layers are.</summary>
    [Fact]
    public async Task Tensors_of_all_layers_have_the_names_of_saved_files()
    {
        string[] layers =
        [
            "[Network(20, 12), Conv1D(8, 3), DepthwiseConv1D(3), LSTM(4, Bidirectional = true, ReturnSequences = true), GRU(6, ReturnSequences = true)",
            "SimpleRNN(8, ReturnSequences = true), PositionalEmbedding, SelfAttention(2), LayerNorm, RMSNorm, Dense(4, EachStep = true, Name = \"PerStep\")",
            "BatchNorm, Flatten, Dense(3, Name = \"A\"), Dense(3, Name = \"a\")",
        ];
        string source = $"using Nnfs; {string.Join(", ", layers)}, Pretrained(\"net.safetensors\")] public partial class Net;";
        using LoadedNetworks networks = GeneratorHarness.Run(source).Load();
        string[] saved = [.. Tensors(networks["Net"])];

        GeneratorRun run = GeneratorHarness.Run(GeneratorHarness.Compile(source), new WeightsTableText(WeightsTableText.File("net.safetensors", saved)));

        Assert.True(saved.Length > 30);
        Assert.Empty(await run.AnalyzeAsync());
    }

    [Fact]
    public void Weights_that_change_leave_the_generated_files_as_they_are()
    {
        GeneratorRun run = GeneratorHarness.Generate(
            GeneratorHarness.Compile($"using Nnfs; {Net}, Pretrained(\"net.safetensors\")] public partial class Net;"), new WeightsTableText(s_good));

        run.ThenWith(new WeightsTableText(s_good)).AssertCached();
        GeneratorRun other = run.ThenWith(new WeightsTableText(WeightsTableText.File("net.safetensors", "F32 1 x")));

        Assert.All(
            other.Steps().Where(static step => step.Name is NetworkGenerator.NetworksStep or "SourceOutput"),
            static step => Assert.True(step.Reason is IncrementalStepRunReason.Cached or IncrementalStepRunReason.Unchanged));
    }

    /// <summary>Where the compiler does not get as far as analyzers, the generator reports the same.</summary>
    [Fact]
    public void Generator_reports_what_analyzers_would_not_show()
    {
        const string Source = "public class Use { Missing Type; }";

        GeneratorRun run = GeneratorHarness.Run(
            GeneratorHarness.Compile($"using Nnfs; {Net}, Pretrained(\"other.safetensors\")] public partial class Net; {Source}"),
            new WeightsTableText(s_good));

        Assert.Equal(
            ["NNFS033: 'other.safetensors' is not among the weights of the project; write 'net.safetensors'"],
            run.DriverDiagnostics.Select(static fault => $"{fault.Id}: {fault.GetMessage(CultureInfo.InvariantCulture)}"));
    }

    [Fact]
    public void Network_is_made_of_the_resource()
    {
        float[] values = [.. Enumerable.Range(1, 9).Select(static i => i / 8f)];

        using LoadedNetworks networks = Load(File(values));
        object network = Create(networks);

        Assert.Equal([(1, 2, 3), (4, 5, 6)], Enumerable.Range(0, 2).Select(row => (Weight(row, 0), Weight(row, 1), Weight(row, 2))));

        int Weight(int input, int neuron) => (int)(8 * (float)networks["Net"].GetMethod("Weight")!.Invoke(network, [input, neuron])!);
    }

    [Fact]
    public void Resource_that_is_missing_is_named()
    {
        using LoadedNetworks networks = Load(resource: null);

        MissingManifestResourceException exception = Assert.Throws<MissingManifestResourceException>(() => Create(networks));
        Assert.Contains("The assembly 'Networks' does not have the resource 'Nnfs.Weights/net.safetensors'", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Resource_that_is_truncated_or_another_is_refused()
    {
        byte[] good = File(new float[9]);
        byte[] otherShape = File(new float[11]);
        (byte[] Content, string Fault)[] resources =
        [
            (good[..^1], "The tensors have 36 bytes, but 35 follow the header."),
            ([.. good, 0], "The tensors have 36 bytes, but 37 follow the header."),
            (good[..20], "bytes long, but"),
            ([], "fewer than the 8 bytes"),
            (otherShape, "'dense1.biases': expected F32 [3], found F32 [5]"),
            ([.. "<html></html>"u8], "is no safetensors file"),
        ];

        foreach ((byte[] content, string fault) in resources)
        {
            using LoadedNetworks networks = Load(content);

            SafetensorsException exception = Assert.Throws<SafetensorsException>(() => Create(networks));
            Assert.StartsWith(
                "The resource 'Nnfs.Weights/net.safetensors' in the assembly 'Networks' is not what 'Net' was compiled with. ",
                exception.Message,
                StringComparison.Ordinal);
            Assert.Contains(fault, exception.Message, StringComparison.Ordinal);
        }
    }

    private static Task<GeneratorRun> ReportsAsync(string source, string weights, params string[] messages) =>
        new MarkedSource("using Nnfs; " + source) { Weights = weights }.AssertReportsAsync(messages);

    /// <summary>A file with the weights [2, 3] and the biases of a dense layer, by the format's description alone.</summary>
    private static byte[] File(params float[] values)
    {
        string weights = """{"dtype":"F32","shape":[2,3],"data_offsets":[0,24]}""";
        string biases = $$"""{"dtype":"F32","shape":[{{values.Length - 6}}],"data_offsets":[24,{{4 * values.Length}}]}""";
        byte[] header = Encoding.UTF8.GetBytes($$"""{"dense1.weights":{{weights}},"dense1.biases":{{biases}}}""");
        byte[] file = new byte[8 + header.Length + (4 * values.Length)];
        BinaryPrimitives.WriteInt64LittleEndian(file, header.Length);
        header.CopyTo(file, 8);

        for (int i = 0; i < values.Length; i++)
        {
            BinaryPrimitives.WriteSingleLittleEndian(file.AsSpan(8 + header.Length + (4 * i)), values[i]);
        }

        return file;
    }

    private static LoadedNetworks Load(byte[]? resource)
    {
        GeneratorRun run = GeneratorHarness.Run("""
            using Nnfs;

            [Network(2), Dense(3), Pretrained("net.safetensors")]
            internal partial class Net
            {
                public float Weight(int input, int neuron) => Dense1.Weights[input, neuron];
            }
            """);

        return run.Load(resource is null ? [] : [new ResourceDescription(Resource, () => new MemoryStream(resource), isPublic: true)]);
    }

    private static object Create(LoadedNetworks networks) =>
        networks["Net"].GetMethod("CreatePretrained")!.Invoke(null, BindingFlags.DoNotWrapExceptions, binder: null, [], CultureInfo.InvariantCulture)!;

    /// <summary>The tensors that a network of a type has in files.</summary>
    private static IEnumerable<string> Tensors(Type network)
    {
        MethodInfo layers = network.GetMethods(BindingFlags.Static | BindingFlags.NonPublic)
            .Single(static method => method.Name.EndsWith(".get_Layers", StringComparison.Ordinal));

        foreach (LayerInfo layer in (IEnumerable<LayerInfo>)layers.Invoke(null, null)!)
        {
            foreach (TensorInfo tensor in layer.Tensors)
            {
                yield return $"F32 {string.Join(',', tensor.Shape)} {tensor.Name}";
            }
        }
    }
}
