using Nnfs.Tool.Compilation;

namespace Nnfs.Import.Tests.Tool;

public sealed class CompiledNetworkTests
{
    private const string Graph = """
        using Nnfs;

        namespace Samples.Games;

        [Network]
        [Input("word", 3)]
        [Input("state", 2)]
        [Embedding(5, 2, From = "word")]
        [Flatten]
        [Concat("Flatten1", "state")]
        [Dense(4)]
        [Output("policy")]
        [Dense(1, From = "Concat1")]
        [Output("value")]
        public partial class Player;
        """;

    [Fact]
    public void Ports_are_those_of_Predict()
    {
        CompiledNetwork network = CompiledNetwork.Compile(Graph, "Player.cs");

        Assert.Equal("Samples.Games.Player", network.Instance.GetType().FullName);
        Assert.Equal(["word", "state"], network.Inputs.Select(static input => input.Name));
        Assert.Equal([true, false], network.Inputs.Select(static input => input.AreIndices));
        Assert.Equal([[3], [2]], network.Inputs.Select(static input => input.Shape));
        Assert.Equal(["policy", "value"], network.Outputs.Select(static output => output.Name));
        Assert.Equal([4, 1], network.Outputs.Select(static output => output.Size));
        Assert.Contains(network.Layers, static layer => layer.Kind == LayerKind.Embedding);
        Assert.StartsWith("layer", network.Summary, StringComparison.Ordinal);
    }

    [Fact]
    public void Parameters_survive_a_file()
    {
        CompiledNetwork first = CompiledNetwork.Compile(Graph, "Player.cs");
        CompiledNetwork second = CompiledNetwork.Compile(Graph.Replace("Player", "Gamer", StringComparison.Ordinal), "Gamer.cs");
        Array[] inputs = [(int[])[0, 4, 2, 1, 1, 3], (float[])[0.5f, -1, 2, 0]];
        using MemoryStream file = new();
        first.Save(file);
        file.Position = 0;

        second.LoadParameters(file);

        float[][] expected = first.Predict(inputs, samples: 2);
        Assert.Equal([8, 2], expected.Select(static output => output.Length));
        Assert.Equal(expected, second.Predict(inputs, samples: 2));
    }

    /// <summary>Nothing is generated for a network with an error; only the analyzer says why.</summary>
    [Fact]
    public void Error_of_the_network_is_in_the_message()
    {
        CompilationException exception = Assert.Throws<CompilationException>(() => CompiledNetwork.Compile(
            """
            using Nnfs;

            [Network(3)]
            [Dense(4, 2)]
            public partial class Net;
            """,
            "Net.cs"));

        Assert.StartsWith("Net.cs does not compile:\nNet.cs(4,8): error NNFS005: 'Dense1' takes 4 inputs, but ", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("public class Net;", "Net.cs declares no class with [Network].")]
    [InlineData("[Network(1)] [Dense(1)] class A; [Network(1)] [Dense(1)] class B;", "Net.cs declares 2 classes with [Network]; one is expected.")]
    [InlineData("class A { [Network(1)] [Dense(1)] partial class B; }", "Net.cs declares its network within another class.")]
    public void Source_without_its_network_is_refused(string source, string message) =>
        Assert.Equal(message, Assert.Throws<CompilationException>(() => CompiledNetwork.Compile(source, "Net.cs")).Message);
}
