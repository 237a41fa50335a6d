using Nnfs.Generators.Tests.Drawing;
using Nnfs.Onnx.Tests.Graphs;

namespace Nnfs.Onnx.Tests;

/// <summary>Every layer, loss and join in ONNX Runtime, and graphs of them.</summary>
public sealed class GraphTests(ITestOutputHelper output)
{
    private const int RandomGraphs = 50;

    [Fact]
    public void Every_activation_gives_what_Predict_gives() => CheckAll(
        "ReLU", "LeakyReLU", "LeakyReLU(0.2f)", "Sigmoid", "Tanh", "ELU", "ELU(0.7f)", "GELU", "GELU(Form = GELUForm.Tanh)", "SiLU", "Softplus",
        "HardSwish", "Linear", "Softmax");

    [Fact]
    public void Normalisations_and_dropout_give_what_Predict_gives() => CheckAll(
        "LayerNorm", "LayerNorm(Epsilon = 0.5f)", "RMSNorm", "RMSNorm(Epsilon = 0.5f)", "BatchNorm", "BatchNorm(Epsilon = 0.5f)", "Dropout(0.4f)");

    /// <summary>Probabilities where the loss makes them, and else what the loss compares.</summary>
    [Theory]
    [InlineData("Dense(5)", "SoftmaxCrossEntropy")]
    [InlineData("Dense(5)", "SoftmaxCrossEntropy(LabelSmoothing = 0.1f, Weight = 2f)")]
    [InlineData("Dense(5)] [Softmax", "CategoricalCrossEntropy")]
    [InlineData("Dense(5)", "SigmoidBinaryCrossEntropy")]
    [InlineData("Dense(5)] [Sigmoid", "BinaryCrossEntropy")]
    [InlineData("Dense(5, WeightL2 = 0.1f)] [Tanh", "MeanSquaredError")]
    [InlineData("Dense(5)", "MeanAbsoluteError")]
    [InlineData("Dense(5)] [ReLU", "Huber(0.5f)")]
    public void A_network_that_ends_with_a_loss_gives_what_Predict_gives(string layers, string loss) => Check(
        GraphCase.Of(4, $"[{layers}] [{loss}]", 5),
        new($"[Network] [Input(\"x\", 4)] [{layers}] [{loss}] [Output(\"y\")]", [new("x", 4)], [new("y", 5)]));

    [Fact]
    public void Joins_read_their_sources_by_name() => Check(
        GraphCase.Of(6, """[Dense(8, Name = "A")] [Tanh(Name = "B")] [Dense(8, Name = "C")] [Add("B", "C")]""", 8),
        GraphCase.Of(6, """[Dense(8)] [Tanh(Name = "B")] [Dense(8, Name = "C")] [ReLU(Name = "D")] [Dense(8, Name = "E")] [Add("B", "D", "E")]""", 8),
        GraphCase.Of(6, """[Dense(8)] [Tanh(Name = "B")] [Dense(8, Name = "C")] [Multiply("B", "C")]""", 8),
        GraphCase.Of(
            6,
            """[Dense(8)] [Tanh(Name = "B")] [Dense(8, Name = "C")] [Sigmoid(Name = "D")] [Dense(8, From = "B", Name = "E")] [Multiply("D", "E", "B")]""",
            8),
        GraphCase.Of(6, """[Dense(3)] [Tanh(Name = "B")] [Dense(7, Name = "C")] [Concat("C", "B", "C")] [Dense(2)]""", 2),
        GraphCase.Of(6, """[Dense(3)] [Tanh(Name = "B")] [Multiply("B", "B", "B", "B")] [Dense(2)] [MeanSquaredError]""", 2));

    private static string ResidualBlock(int number) =>
        $"[LayerNorm] [Dense(12)] [SiLU] [Dense(12)] [Add(\"Sum{number - 1}\", \"Dense{(2 * number) + 1}\", Name = \"Sum{number}\")]";

    [Fact]
    public void Deep_residual_blocks_give_what_Predict_gives() => Check(GraphCase.Of(
        5,
        $"[Dense(12, Name = \"Sum0\")] {string.Join(' ', Enumerable.Range(1, 10).Select(ResidualBlock))} [Dense(3)] [SoftmaxCrossEntropy]",
        3));

    [Fact]
    public void Several_inputs_and_outputs_keep_their_names() => Check(
        new(
            """
            [Network] [Input("state", 8)] [Input("extra", 3)] [Concat("state", "extra")] [Dense(16)] [Tanh(Name = "Trunk")]
            [Dense(16)] [Add("Trunk", "Dense2")] [GELU] [Dense(4)] [SoftmaxCrossEntropy(LabelSmoothing = 0.1f)] [Output("policy")]
            [Dense(16, From = "Trunk")] [Multiply("Dense4", "GELU1")] [Dense(1)] [MeanSquaredError(Weight = 0.5f)] [Output("value")]
            """,
            [new("state", 8), new("extra", 3)],
            [new("policy", 4), new("value", 1)]),
        new(
            """
            [Network(5)] [Dense(7)] [ReLU(Name = "Trunk")] [Output("features")]
            [Dense(2)] [SigmoidBinaryCrossEntropy] [Output("flags")]
            [Dense(3, From = "Trunk")] [Output("Größe")]
            """,
            [new("inputs", 5)],
            [new("features", 7), new("flags", 2), new("Größe", 3)]),
        new(
            """[Network] [Input("left", 4)] [Dense(6, Name = "L")] [Input("right", 2)] [Dense(6, Name = "R")] [Add("L", "R")] [Sigmoid] [BinaryCrossEntropy]""",
            [new("left", 4), new("right", 2)],
            [new("outputs", 6)]));

    /// <summary>Names that the file has values of its own for, and names that differ only in case.</summary>
    [Fact]
    public void Names_of_the_users_own_meet_no_others() => Check(
        new("""[Network] [Input("outputs", 3)] [Dense(4)] [Tanh]""", [new("outputs", 3)], [new("outputs_", 4)]),
        new("""[Network(3)] [Dense(4)] [Output("inputs")]""", [new("inputs_", 3)], [new("inputs", 4)]),
        new("""[Network(3)] [Dense(4)] [MeanSquaredError] [Output("MeanSquaredError")]""", [new("inputs", 3)], [new("MeanSquaredError", 4)]),
        new(
            """
            [Network] [Input("constant1", 3)] [Dense(4, Name = "Code")] [GELU(Name = "dense1")] [Dense(4, Name = "code")]
            [LayerNorm(Name = "scaled")] [Dense(4)] [Dense(2, Name = "inputs")] [ReLU(Name = "outputs")]
            """,
            [new("constant1", 3)],
            [new("outputs", 2)]));

    /// <summary>Each has 3 to 14 layers and those of its outputs.</summary>
    [Fact]
    public void Random_graphs_give_what_Predict_gives()
    {
        output.WriteLine(RunSeed.Reproduce);
        Random random = new(RunSeed.Value);
        int[] seeds = [.. Enumerable.Range(0, RandomGraphs).Select(_ => random.Next())];

        CheckAll([.. seeds.Select(RandomGraph.Draw)], seeds);
    }

    /// <summary>Each layer between two dense ones, behind the input and at the end.</summary>
    private void CheckAll(params string[] layers) => Check(
        [.. layers.SelectMany(static layer => (GraphCase[])
        [
            GraphCase.Of(6, $"[Dense(9)] [{layer}] [Dense(5)]", 5),
            GraphCase.Of(6, $"[{layer}] [Dense(5)]", 5),
            GraphCase.Of(6, $"[Dense(17)] [{layer}]", 17),
        ])]);

    private void Check(params GraphCase[] cases) => CheckAll(cases, [.. Enumerable.Range(1, cases.Length)]);

    private void CheckAll(GraphCase[] cases, int[] seeds)
    {
        IGraph[] networks = GraphCompiler.Compile(cases);
        float greatest = cases.Select((graph, i) => GraphCheck.Run(graph, networks[i], seeds[i])).Max();

        output.WriteLine($"{cases.Length} networks, greatest difference {greatest}");
    }
}
