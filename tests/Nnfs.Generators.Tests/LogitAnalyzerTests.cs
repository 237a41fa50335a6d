namespace Nnfs.Generators.Tests;

/// <summary>Losses of logits after layers that leave them nothing to say: a single class, or values in a narrow range.</summary>
public sealed class LogitAnalyzerTests
{
    private const string One = "but the softmax of 1 value is always 1, so nothing is learned; use ";

    [Theory]
    [InlineData("[Network(2), {|other:Dense(1)|}, {|NNFS022:SoftmaxCrossEntropy|}]", "'SoftmaxCrossEntropy' takes 1 class from 'Dense1'")]
    [InlineData("[{|other:Network(1)|}, {|NNFS022:SoftmaxCrossEntropy|}]", "'SoftmaxCrossEntropy' takes 1 class from the network's input")]
    [InlineData(
        "[Network(5, 2), {|other:Dense(1, EachStep = true)|}, {|NNFS022:SoftmaxCrossEntropy(LabelSmoothing = 0.1f)|}]",
        "'SoftmaxCrossEntropy' takes 1 class at each of 5 positions from 'Dense1'")]
    [InlineData(
        "[Network(2), Dense(1), {|other:ReLU|}, {|NNFS022:SoftmaxCrossEntropy|}, Output(\"a\"), Dense(2), SoftmaxCrossEntropy, Output(\"b\")]",
        "'SoftmaxCrossEntropy' takes 1 class from 'ReLU1'")]
    [InlineData("[Network(2), Dense(1), {|other:Tanh|}, {|NNFS022:SoftmaxCrossEntropy|}]", "'SoftmaxCrossEntropy' takes 1 class from 'Tanh1'")]
    public Task Loss_of_logits_of_a_single_class_is_warned_of(string attributes, string fault) =>
        ReportsAsync(attributes, $"NNFS022: {fault}, {One}[SigmoidBinaryCrossEntropy] for yes or no");

    [Fact]
    public Task Loss_of_probabilities_of_a_single_class_is_warned_of_once() => ReportsAsync(
        "[Network(2), Dense(1), {|other:Softmax|}, {|NNFS022:CategoricalCrossEntropy|}]",
        $"NNFS022: 'CategoricalCrossEntropy' takes 1 class from 'Softmax1', {One}[Sigmoid] and [BinaryCrossEntropy] for yes or no");

    [Theory]
    [InlineData("[Network(2), {|other:Dense(1)|}, {|NNFS022:Softmax|}]", "'Softmax1' takes 1 value from 'Dense1'")]
    [InlineData("[Network(2), {|other:Dense(1)|}, {|NNFS022:Softmax(Name = \"Gate\")|}, Dense(3)]", "'Gate' takes 1 value from 'Dense1'")]
    [InlineData("[{|other:Network(3, 1)|}, {|NNFS022:Softmax|}, MeanSquaredError]", "'Softmax1' takes 1 value at each of 3 positions from the network's input")]
    [InlineData("[Network, {|other:Input(\"x\", 4, 1)|}, {|NNFS022:Softmax|}, Dense(3)]", "'Softmax1' takes 1 value at each of 4 positions from 'x'")]
    public Task Softmax_of_a_single_value_is_warned_of(string attributes, string fault) =>
        ReportsAsync(attributes, $"NNFS022: {fault}, {One}[Sigmoid] for a probability");

    [Theory]
    [InlineData("Sigmoid", "SoftmaxCrossEntropy", "from 0 to 1", "from 0.16 to 0.58", ", or use [BinaryCrossEntropy]")]
    [InlineData("Tanh", "SoftmaxCrossEntropy", "from -1 to 1", "from 0.063 to 0.79")]
    [InlineData("Softmax", "SigmoidBinaryCrossEntropy", "from 0 to 1", "from 0.5 to 0.73", ", or use [CategoricalCrossEntropy]")]
    [InlineData("Tanh", "SigmoidBinaryCrossEntropy", "from -1 to 1", "from 0.27 to 0.73")]
    [InlineData("ReLU", "SigmoidBinaryCrossEntropy", "of at least 0", "at least 0.5")]
    [InlineData("Softplus", "SigmoidBinaryCrossEntropy", "of at least 0", "at least 0.5")]
    [InlineData("LeakyReLU(0)", "SigmoidBinaryCrossEntropy", "of at least 0", "at least 0.5")]
    [InlineData("ELU", "SigmoidBinaryCrossEntropy", "of at least -1", "at least 0.27")]
    [InlineData("ELU(0.5f)", "SigmoidBinaryCrossEntropy", "of at least -0.5", "at least 0.38")]
    [InlineData("SELU", "SigmoidBinaryCrossEntropy", "of at least -1.8", "at least 0.15")]
    [InlineData("HardSigmoid", "SoftmaxCrossEntropy", "from 0 to 1", "from 0.16 to 0.58")]
    [InlineData("GELU", "SigmoidBinaryCrossEntropy", "of at least -0.17", "at least 0.46")]
    [InlineData("GELU(Form = GELUForm.Tanh)", "SigmoidBinaryCrossEntropy", "of at least -0.17", "at least 0.46")]
    [InlineData("SiLU", "SigmoidBinaryCrossEntropy", "of at least -0.28", "at least 0.43")]
    [InlineData("HardSwish", "SigmoidBinaryCrossEntropy", "of at least -0.38", "at least 0.41")]
    public async Task Layer_that_limits_logits_is_warned_of(string layer, string loss, string range, string probabilities, string instead = "")
    {
        string kind = layer.Split('(')[0];
        string message = $"NNFS023: '{kind}1' gives values {range}, but '{loss}' takes logits of any size: its probabilities are {probabilities}; " +
            $"remove [{kind}]{instead}";

        await ReportsAsync($"[Network(2), Dense(3), {{|NNFS023:{layer}|}}, {{|other:{loss}|}}]", message);
        await ReportsAsync($"[Network(2), Dense(3), {{|NNFS023:{layer}|}}, Flatten, Dropout(0.5f), Linear, {{|other:{loss}|}}]", message);
        await ReportsAsync($"[Network(2, Plain = true), Dense(3), {{|NNFS023:{layer}|}}, {{|other:{loss}|}}, Output(\"y\")]", message);
    }

    [Theory]
    [InlineData("Dense(2), SoftmaxCrossEntropy")]
    [InlineData("Dense(1), SigmoidBinaryCrossEntropy")]
    [InlineData("Dense(1), Sigmoid, BinaryCrossEntropy")]
    [InlineData("Dense(1), Sigmoid, MeanSquaredError")]
    [InlineData("Dense(3), ReLU, SoftmaxCrossEntropy")]
    [InlineData("Dense(3), GELU, SoftmaxCrossEntropy")]
    [InlineData("Dense(3), LeakyReLU, SigmoidBinaryCrossEntropy")]
    [InlineData("Dense(3), ELU(10), SigmoidBinaryCrossEntropy")]
    [InlineData("Dense(3), Tanh, BatchNorm, SigmoidBinaryCrossEntropy")]
    [InlineData("Dense(3), Sigmoid, Dense(3), SoftmaxCrossEntropy")]
    [InlineData("Dense(3), Linear, SoftmaxCrossEntropy")]
    [InlineData("Dense(3), Softmax, Dense(1), SigmoidBinaryCrossEntropy")]
    [InlineData("Dense(4), Reshape(1, 4), Softmax, CategoricalCrossEntropy")]
    public Task Loss_that_can_be_anything_is_not_warned_of(string layers) => ReportsAsync($"[Network(2), {layers}]");

    private static async Task ReportsAsync(string attributes, params string[] messages)
    {
        GeneratorRun run = await new MarkedSource($"using Nnfs; {attributes} public partial class Net;").AssertReportsAsync(messages);

        // It is a warning: the network is written and runs.
        using LoadedNetworks networks = run.Load();
        Assert.NotNull(Activator.CreateInstance(networks["Net"], 0));
    }
}
