namespace Nnfs.Generators.Tests;

/// <summary>The rules of shapes: where each is reported, what it says, and that one mistake is one report.</summary>
public sealed class ShapeAnalyzerTests
{
    [Theory]
    [InlineData("[Network(1, 2, 3, 4, {|NNFS003:5|}), Dense(3)]", "The input shape of 'Net' must be one to four sizes of at least 1, but there are 5")]
    [InlineData("[Network(1, 2, 3, 4, {|NNFS003:5|}, 6), Dense(3)]", "The input shape of 'Net' must be one to four sizes of at least 1, but there are 6")]
    [InlineData(
        "[Network(new[] { 1, 2, 3, 4, {|NNFS003:5|} }), Dense(3)]", "The input shape of 'Net' must be one to four sizes of at least 1, but there are 5")]
    [InlineData(
        "[Network, Input(\"x\", 1, 1, 1, 1, {|NNFS003:1|}), Dense(3)]", "The input shape of 'x' must be one to four sizes of at least 1, but there are 5")]
    [InlineData("[Network(4), {|NNFS003:Reshape|}, Dense(3)]", "The shape of 'Reshape1' must be one to four sizes of at least 1, but it is missing")]
    [InlineData("[Network(4), {|NNFS003:Reshape(null!)|}, Dense(3)]", "The shape of 'Reshape1' must be one to four sizes of at least 1, but it is missing")]
    [InlineData("[Network(4), Reshape(2, {|NNFS003:0|}), Dense(3)]", "The shape of 'Reshape1' must be one to four sizes of at least 1, but one is 0")]
    [InlineData("[Network(4), Reshape(2, {|NNFS003:-2|}), Dense(3)]", "The shape of 'Reshape1' must be one to four sizes of at least 1, but one is -2")]
    [InlineData(
        "[Network(4), Reshape(1, 2, 1, 2, {|NNFS003:1|}, Name = \"Split\"), Dense(3)]",
        "The shape of 'Split' must be one to four sizes of at least 1, but there are 5")]
    public Task Shape_that_is_missing_or_impossible_is_reported(string attributes, string message) => ReportsAsync(attributes, "NNFS003: " + message);

    [Fact]
    public Task Each_size_of_a_shape_is_reported() => ReportsAsync(
        "[Network({|NNFS003:0|}, 2, {|NNFS003:-1|}, 4, {|NNFS003:5|}), Dense(3)]",
        "NNFS003: The input shape of 'Net' must be one to four sizes of at least 1, but one is 0",
        "NNFS003: The input shape of 'Net' must be one to four sizes of at least 1, but one is -1",
        "NNFS003: The input shape of 'Net' must be one to four sizes of at least 1, but there are 5");

    [Theory]
    [InlineData(
        "[{|other:Network(28, 28)|}, Reshape({|NNFS020:14|}, 14, 2), Dense(3)]",
        "'Reshape1' needs 14 × 14 × 2 = 392 values, but the network's input gives 28 × 28 = 784")]
    [InlineData("[Network(2), {|other:Dense(6)|}, Reshape({|NNFS020:4|}), Dense(3)]", "'Reshape1' needs 4 values, but 'Dense1' gives 6")]
    [InlineData(
        "[Network(2), Dense(6), {|other:ReLU|}, Reshape({|NNFS020:65536|}, 65536, 65536, 65536, From = \"ReLU1\"), Dense(3)]",
        "'Reshape1' needs 65536 × 65536 × 65536 × 65536 = 18446744073709551616 values, but 'ReLU1' gives 6")]
    [InlineData(
        "[Network, {|other:Input(\"image\", 4, 4, 3)|}, Reshape({|NNFS020:16|}, 4), Dense(3)]",
        "'Reshape1' needs 16 × 4 = 64 values, but 'image' gives 4 × 4 × 3 = 48")]
    public Task Reshape_of_another_number_of_values_is_reported(string attributes, string message) => ReportsAsync(attributes, "NNFS020: " + message);

    [Theory]
    [InlineData(
        "[{|other:Network(6, 3)|}, Dense({|NNFS005:18|}, 4, EachStep = true), Dense(2)]",
        "'Dense1' takes 18 inputs, but the network's input gives 3 at each of 6 positions (6 × 3)")]
    [InlineData("[{|other:Network(6, 3)|}, Dense({|NNFS005:3|}, 4), Dense(2)]", "'Dense1' takes 3 inputs, but the network's input gives 6 × 3 = 18")]
    [InlineData("[{|other:Network(6)|}, Dense({|NNFS005:3|}, 4, EachStep = true), Dense(2)]", "'Dense1' takes 3 inputs, but the network's input gives 6")]
    public Task Dense_that_states_other_inputs_is_reported_once(string attributes, string message) => ReportsAsync(attributes, "NNFS005: " + message);

    [Theory]
    [InlineData(
        "[Network, Input(\"a\", 3, 4), {|other:Input(\"b\", 12)|}, Add(\"a\", {|NNFS017:\"b\"|}), Dense(3)]",
        "'Add1' joins 'a' of 3 × 4 = 12 values with 'b' of 12 values: [Add] takes values of the same shape")]
    [InlineData(
        "[Network, Input(\"a\", 3, 4), {|other:Input(\"b\", 4, 3)|}, Multiply(\"a\", {|NNFS017:\"b\"|}), Dense(3)]",
        "'Multiply1' joins 'a' of 3 × 4 = 12 values with 'b' of 4 × 3 = 12 values: [Multiply] takes values of the same shape")]
    [InlineData(
        "[Network, Input(\"a\", 3, 4), {|other:Input(\"b\", 4, 4)|}, Concat(\"a\", {|NNFS017:\"b\"|}), Dense(3)]",
        "'Concat1' joins 'a' of 3 × 4 = 12 values with 'b' of 4 × 4 = 16 values: [Concat] takes values whose shapes differ in the last size only")]
    [InlineData(
        "[Network, Input(\"a\", 3, 4), {|other:Input(\"b\", 1)|}, Concat(\"a\", {|NNFS017:\"b\"|}), Dense(3)]",
        "'Concat1' joins 'a' of 3 × 4 = 12 values with 'b' of 1 value: [Concat] takes values whose shapes differ in the last size only")]
    public Task Shapes_that_do_not_fit_a_join_are_reported(string attributes, string message) => ReportsAsync(attributes, "NNFS017: " + message);

    [Theory]
    [InlineData("[Network(1000, 1000, 2), Dense({|NNFS013:3000|}, EachStep = true), ReLU]", "'Dense1'", "3000000000 values per sample")]
    [InlineData("[Network(1000, 1000, 1), Dense({|NNFS013:int.MaxValue|}, EachStep = true)]", "'Dense1'", "2147483647000000 values per sample")]
    [InlineData("[Network({|NNFS013:65536|}, 65536, 65536, 65536), Dense(2)]", "'[Network]'", "18446744073709551616 features")]
    [InlineData(
        "[Network, Input(\"a\", 1000, 1000, 1000), {|NNFS013:Concat(\"a\", \"a\", \"a\")|}, Dense(1, EachStep = true)]",
        "'Concat1'",
        "3000000000 values per sample")]
    public Task Sample_that_no_array_holds_is_reported(string attributes, string name, string what) =>
        ReportsAsync(attributes, $"NNFS013: {name} brings the network to {what}, but one array holds at most {KernelLimits.MostFloats}; use smaller sizes");

    [Theory]
    [InlineData("[Network(2, 3), {|NNFS018:Flatten|}]", "'Flatten1' returns an input unchanged, because no layer computes anything; add one that does")]
    [InlineData(
        "[Network(2, 3), Flatten, {|NNFS018:Reshape(6, 1)|}]",
        "'Reshape1' returns an input unchanged, because no layer computes anything; add one that does")]
    [InlineData("[Network(2, 3), Flatten, {|NNFS018:Output(\"y\")|}]", "'y' returns an input unchanged, because no layer comes before it; put one there")]
    [InlineData(
        "[Network(2, 3), Flatten, {|NNFS018:MeanSquaredError|}]",
        "'MeanSquaredError' has no layer before it whose outputs it could compare; put one there")]
    public Task Network_that_only_changes_shapes_is_reported(string attributes, string message) => ReportsAsync(attributes, "NNFS018: " + message);

    [Fact]
    public Task Flatten_between_a_softmax_and_its_loss_is_reported() => ReportsAsync(
        "[Network(5, 2), Dense(3, EachStep = true), Softmax, {|other:Flatten|}, {|NNFS007:CategoricalCrossEntropy|}]",
        "NNFS007: 'CategoricalCrossEntropy' takes the probabilities of a Softmax, but 'Flatten1' comes before it");

    /// <summary>After a fault the shape is not known, and nothing that depends on it is reported too.</summary>
    [Fact]
    public async Task Shape_that_is_not_known_is_reported_once()
    {
        await ReportsAsync(
            "[Network(2, {|NNFS003:0|}), Reshape(7), Dense(3, 4, EachStep = true), Flatten, Add(\"Reshape1\", \"Flatten1\")]",
            "NNFS003: The input shape of 'Net' must be one to four sizes of at least 1, but one is 0");
        await ReportsAsync(
            "[{|other:Network(2, 3)|}, Reshape({|NNFS020:7|}), Dense(3, 4, EachStep = true), LayerNorm, Flatten, Dense(9, 3)]",
            "NNFS020: 'Reshape1' needs 7 values, but the network's input gives 2 × 3 = 6");
    }

    [Theory]
    [InlineData("[Network(2, 3), Flatten, SoftmaxCrossEntropy]")]
    [InlineData("[Network(1, 1, 1, 1), Dense(1, 1, EachStep = true), Reshape(1), Flatten, Flatten, BatchNorm]")]
    [InlineData("[Network(3, 4), Dense(4, 5, EachStep = true), Concat(\"Dense1\", \"Dense1\"), Softmax, CategoricalCrossEntropy]")]
    [InlineData("[Network(3, 4), Dense(12, 5), Reshape(5, 1), Add(\"Reshape1\", \"Reshape1\")]")]
    [InlineData("[Network(12), Reshape(shape: [3, 4]), Dense(neurons: 2, EachStep = true), MeanSquaredError, Output(\"y\"), Flatten, Dense(2), Output(\"z\")]")]
    public Task Shapes_that_fit_report_nothing(string attributes) => ReportsAsync(attributes);

    private static Task<GeneratorRun> ReportsAsync(string attributes, params string[] messages) =>
        new MarkedSource($"using Nnfs;\n\n{attributes}\npartial class Net;").AssertReportsAsync(messages);
}
