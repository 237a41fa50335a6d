using System.Text;
using Nnfs.Tests.Networks;

namespace Nnfs.Tests.Files;

public sealed class LoadTests
{
    private const string Biases = """{"dtype":"F32","shape":[3],"data_offsets":[48,60]}""";

    private static readonly float[] s_weights = [1f, 2f, 3f, 4f, 5f, 6f, 7f, 8f, 9f, 10f, 11f, 12f];
    private static readonly float[] s_biases = [-1f, -2f, -3f];

    /// <summary>Headers as other writers of the format have them, all with the weights before the biases in the data.</summary>
    public static TheoryData<string> Headers =>
    [
        SafetensorsBytes.Header,
        SafetensorsBytes.Header + "   \n\t\r  ",
        " " + SafetensorsBytes.Header,
        "\n\t\r  " + SafetensorsBytes.Header,

        // The order of the header is not that of the data.
        """{"dense1.biases":{"dtype":"F32","shape":[3],"data_offsets":[48,60]},"dense1.weights":{"dtype":"F32","shape":[4,3],"data_offsets":[0,48]}}""",

        // Properties in another order, spaces, escapes, metadata of others.
        """{ "__metadata__" : { "format" : "pt", "a\nb" : "" } , "dense1.\u0077eights" : { "data_offsets":[0, 48], "shape":[4, 3], "dtype":"F\u00332" }""" +
            $$""", "dense1.biases":{{Biases}} }""",
        $$"""{"__metadata__":{},"dense1.weights":{"dtype":"F32","shape":[4,3],"data_offsets":[0,48]},"dense1.biases":{{Biases}}}""",
    ];

    [Theory]
    [MemberData(nameof(Headers))]
    public void Load_of_a_file_written_by_hand_gives_its_numbers(string header)
    {
        byte[] file = SafetensorsBytes.Make(Encoding.UTF8.GetBytes(header), [.. SafetensorsBytes.Bytes(s_weights), .. SafetensorsBytes.Bytes(s_biases)]);

        foreach (Stream stream in (Stream[])[new MemoryStream(file), new TrickleStream(file), new TrickleStream(file, most: 1)])
        {
            HandNetwork network = HandNetwork.Load(stream);

            Assert.Equal(s_weights, network.Dense1.Weights.ToArray());
            Assert.Equal(s_biases, network.Dense1.Biases.ToArray());
        }
    }

    [Fact]
    public void Load_reads_on_from_where_the_stream_is()
    {
        byte[] file = SafetensorsBytes.Make(SafetensorsBytes.Header);
        MemoryStream stream = new([1, 2, 3, .. file]) { Position = 3 };

        Assert.Equal(HandNetwork.Load(new MemoryStream(file)).Parameters.ToArray(), HandNetwork.Load(stream).Parameters.ToArray());
    }

    [Fact]
    public void LoadParameters_of_another_network_lists_every_difference_and_changes_nothing()
    {
        const string Header =
            """
            {"dense1.weights":{"dtype":"F64","shape":[1,3],"data_offsets":[0,24]},
            "dense2.weights":{"dtype":"F32","shape":[3,4],"data_offsets":[24,72]},
            "surplus":{"dtype":"BF16","shape":[],"data_offsets":[72,74]},
            "dense2.biases":{"dtype":"F32","shape":[],"data_offsets":[74,78]}}
            """;

        DeepNetwork network = new(seed: 4);
        float[] before = network.Parameters.ToArray();
        byte[] file = SafetensorsBytes.Make(Header, 78);

        SafetensorsException exception = Assert.Throws<SafetensorsException>(() => network.LoadParameters(new MemoryStream(file)));

        Assert.Equal(
            """
            The tensors of the file are not those expected:
            'dense1.weights': expected F32 [7, 33], found F64 [1, 3]
            'dense2.weights': expected F32 [33, 20], found F32 [3, 4]
            'surplus': expected nothing, found BF16 []
            'dense2.biases': expected F32 [20], found F32 []
            'dense1.biases': expected F32 [33], found nothing
            'dense3.weights': expected F32 [20, 5], found nothing
            'dense3.biases': expected F32 [5], found nothing
            """,
            exception.Message);
        Assert.Equal(before, network.Parameters.ToArray());
    }

    [Fact]
    public void Load_of_many_surplus_tensors_counts_those_beyond_the_first()
    {
        string header = "{" + string.Join(',', Enumerable.Range(0, 5000).Select(static i => $$"""
            "t{{i}}":{"dtype":"U8","shape":[0],"data_offsets":[0,0]}
            """)) + "}";

        SafetensorsException exception = Assert.Throws<SafetensorsException>(() => HandNetwork.Load(new MemoryStream(SafetensorsBytes.Make(header, 0))));

        Assert.Contains("'t7': expected nothing, found U8 [0]", exception.Message, StringComparison.Ordinal);
        Assert.Contains("'dense1.weights': expected F32 [4, 3], found nothing", exception.Message, StringComparison.Ordinal);
        Assert.Contains("and 4980 more", exception.Message, StringComparison.Ordinal);
        Assert.InRange(exception.Message.Length, 100, 4000);
    }

    [Fact]
    public void LoadParameters_that_fails_in_the_data_changes_nothing()
    {
        DeepNetwork network = new(seed: 4);
        using MemoryStream stream = new();
        network.Save(stream);
        byte[] file = stream.ToArray();
        DeepNetwork other = new(seed: 5);
        float[] before = other.Parameters.ToArray();

        Assert.Throws<SafetensorsException>(() => other.LoadParameters(new TrickleStream(file[..^1])));
        Assert.Equal(before, other.Parameters.ToArray());
        Assert.Throws<SafetensorsException>(() => other.LoadParameters(new TrickleStream([.. file, 0])));
        Assert.Equal(before, other.Parameters.ToArray());
    }

    [Fact]
    public void Load_draws_no_weights_that_those_of_the_file_would_replace()
    {
        // One network for each way of drawing weights.
        NumpyRandom random = NumpyRandom.WithoutWeights();

        Assert.All(new DeepNetwork(random).Parameters.ToArray(), static weight => Assert.Equal(0f, weight));
        Assert.All(new HandNetwork(random).Parameters.ToArray(), static weight => Assert.Equal(0f, weight));
        Assert.Equal(new NumpyRandom(seed: 0).NextUInt32(), random.NextUInt32());
    }

    [Fact]
    public void Load_without_a_file_throws()
    {
        Assert.Throws<ArgumentNullException>("stream", static () => HandNetwork.Load((Stream)null!));
        Assert.Throws<ArgumentNullException>("path", static () => HandNetwork.Load((string)null!));
        Assert.Throws<FileNotFoundException>(static () => HandNetwork.Load(Path.Combine(Path.GetTempPath(), "nnfs-no-such-file.safetensors")));
    }
}
