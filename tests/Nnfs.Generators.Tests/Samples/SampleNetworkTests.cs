namespace Nnfs.Generators.Tests.Samples;

/// <summary>Networks of samples: what they are made of, the rules of their samples, and that nothing else is said.</summary>
public sealed class SampleNetworkTests
{
    private const string Types = """
        #pragma warning disable CS1591
        using Nnfs;
        [Sample] public partial record Flower([Feature] float Length, [Feature] Colour? Colour, [Label] Species Species);
        [Sample] public partial record Visit([Feature] int Pages, [Label] bool Buys);
        [Sample] public partial record House([Feature] double Area, [Label] double Price, [Label] float Age);
        [Sample] public partial record Bird([Feature] float Size, [Feature(Embedding = 4)] Colour Colour, [Label] Species Species);
        [Sample] public partial record Reading([Feature(3)] float[] Values);
        public enum Colour { White, Red }
        public enum Species { Setosa, Versicolor, Virginica }
        """;

    private const string OfFlower = "the label 'Species' of 'Flower' has 3 classes (Setosa, Versicolor, Virginica)";

    [Theory]
    [InlineData("[Network(typeof(Flower)), Dense(5), ReLU, Dense, SoftmaxCrossEntropy] public partial class Net;", 4, 3)]
    [InlineData("[Network(typeof(Flower)), Dense, Softmax, CategoricalCrossEntropy] public partial class Net;", 4, 3)]
    [InlineData("[Network(typeof(Flower), Plain = true), Dense, Softmax] public partial class Net;", 4, 3)]
    [InlineData("[Network(typeof(Visit)), Dense(5), ReLU, Dense, SoftmaxCrossEntropy] public partial class Net;", 1, 2)]
    [InlineData("[Network(typeof(Visit)), Dense(5), ReLU, Dense, SigmoidBinaryCrossEntropy] public partial class Net;", 1, 1)]
    [InlineData("[Network(typeof(Visit)), Dense, Sigmoid, BinaryCrossEntropy] public partial class Net;", 1, 1)]
    [InlineData("[Network(typeof(House)), Dense(5), ReLU, Dense, Huber] public partial class Net;", 1, 2)]
    [InlineData("[Network(typeof(Bird)), Dense(5), ReLU, Dense, SoftmaxCrossEntropy] public partial class Net;", 2, 3)]
    [InlineData("[Network(typeof(Bird), Plain = true), Dense, SoftmaxCrossEntropy] public partial class Net;", 2, 3)]
    [InlineData("[Network(typeof(House)), Dense(2), MeanAbsoluteError] public partial class Net;", 1, 2)]
    [InlineData("[Network(typeof(Reading)), Dense(7)] public partial class Net;", 3, 7)]
    public void Sizes_follow_from_the_samples(string network, int inputs, int outputs)
    {
        GeneratorRun run = GeneratorHarness.Generate(Types + network);
        string text = run.Files.Single(static file => file.Key.Contains("Net", StringComparison.Ordinal)).Value;

        Assert.Contains($"public const int InputSize = {inputs};", text, StringComparison.Ordinal);
        Assert.Contains($"public const int OutputSize = {outputs};", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(
        "public partial class Outer { [Network(typeof(Own)), Dense, SoftmaxCrossEntropy] private partial class Net; [Sample] "
        + "private partial record Own([Feature] int X, [Label] bool Y); }")]
    [InlineData(
        "[Network(typeof(Own)), Dense, SoftmaxCrossEntropy] public partial class Net; [Sample] partial record Own([Feature] int "
        + "X, [Label] Kind Y); enum Kind { A, B }")]
    [InlineData(
        "[Network(typeof(Own)), Dense, SoftmaxCrossEntropy] partial class Net { int _scaling; void Use() => _scaling++; } "
        + "[Sample] readonly partial record struct Own([Feature] int X, [Label] Species? Y);")]
    [InlineData(
        "namespace Deep.Inside { [Network(typeof(@class)), Dense, MeanSquaredError] public partial class Net; [Sample] public "
        + "partial class @class { [Feature] public int X { get; set; } [Label] public float @int; } }")]
    [InlineData(
        "[Network(typeof(Own)), Dense, SoftmaxCrossEntropy] partial class Net { int ColourEmbedding() => 1; } "
        + "[Sample] partial record struct Own([Feature(Embedding = 2)] Colour Colour, [Feature(Embedding = 3)] Colour? colour, "
        + "[Feature(Embedding = 1, Name = \"a \\\"b\\\" \\\\ c\")] Species _1, [Label] bool Y);")]
    public void Any_declaration_compiles(string source) => GeneratorHarness.Generate(Types + source);

    [Theory]
    [InlineData(
        "[Network({|NNFS221:typeof(string)|}), Dense(3)] partial class Net;",
        "NNFS221: 'Net' learns from 'string', which has no [Sample]; put [Sample] on it, or state the shape of the inputs")]
    [InlineData(
        "[Network({|NNFS221:typeof(int[])|}), Dense] partial class Net;",
        "NNFS221: 'Net' learns from 'int[]', which has no [Sample]; put [Sample] on it, or state the shape of the inputs")]
    [InlineData(
        "[Network({|NNFS221:(System.Type)null!|}), Dense(3)] partial class Net;",
        "NNFS221: 'Net' learns from 'null', which has no [Sample]; put [Sample] on it, or state the shape of the inputs")]
    [InlineData(
        "[Network(typeof(Flower)), Dense(3), {|NNFS222:MeanSquaredError|}] partial class Net;",
        $"NNFS222: 'MeanSquaredError' compares numbers, but {OfFlower}; use [SoftmaxCrossEntropy]")]
    [InlineData(
        "[Network(typeof(Flower)), Dense, {|NNFS222:SigmoidBinaryCrossEntropy|}] partial class Net;",
        $"NNFS222: 'SigmoidBinaryCrossEntropy' tells 2 classes apart, but {OfFlower}; use [SoftmaxCrossEntropy]")]
    [InlineData(
        "[Network(typeof(House)), Dense, {|NNFS222:SoftmaxCrossEntropy|}] partial class Net;",
        "NNFS222: 'SoftmaxCrossEntropy' tells classes apart, but the label 'Price, Age' of 'House' is 2 numbers; use [MeanSquaredError]")]
    [InlineData(
        "[Network(typeof(Reading)), Dense(3), {|NNFS222:SoftmaxCrossEntropy|}] partial class Net;",
        "NNFS222: 'SoftmaxCrossEntropy' needs a label, but 'Reading' has none; put [Label] on the member that the network is to predict")]
    [InlineData(
        "[Network(typeof(Flower)), Dense({|NNFS223:4|}), SoftmaxCrossEntropy] partial class Net;",
        $"NNFS223: 'Dense1' gives 4 outputs, but {OfFlower}")]
    [InlineData(
        "[Network(typeof(Flower)), Dense({|NNFS223:4|}), Softmax, CategoricalCrossEntropy] partial class Net;",
        $"NNFS223: 'Dense1' gives 4 outputs, but {OfFlower}")]
    [InlineData(
        "[Network(typeof(Visit)), Dense({|NNFS223:2|}), SigmoidBinaryCrossEntropy] partial class Net;",
        "NNFS223: 'Dense1' gives 2 outputs, but the label 'Buys' of 'Visit' has 2 classes (False, True), which "
        + "'SigmoidBinaryCrossEntropy' tells apart by 1 output")]
    [InlineData(
        "[Network(typeof(House)), Dense({|NNFS223:1|}), MeanSquaredError] partial class Net;",
        "NNFS223: 'Dense1' gives 1 output, but the label 'Price, Age' of 'House' is 2 numbers")]
    [InlineData(
        "[Network(typeof(Flower)), {|NNFS224:Dense|}, ReLU, Dense, SoftmaxCrossEntropy] partial class Net;",
        "NNFS224: 'Dense1' has no size, and 'Dense2' comes after it, and only the last one takes its size from the label; write [Dense(neurons)]")]
    [InlineData(
        "[Network(4), {|NNFS224:Dense()|}, MeanSquaredError] partial class Net;",
        "NNFS224: 'Dense1' has no size, and only a network of samples, [Network(typeof(…))], knows how many outputs it needs; write [Dense(neurons)]")]
    [InlineData(
        "[Network(typeof(Reading)), {|NNFS224:Dense|}] partial class Net;",
        "NNFS224: 'Dense1' has no size, and 'Reading' has no [Label] that tells how many outputs there are; write [Dense(neurons)]")]
    [InlineData(
        "[{|other:Network(typeof(Flower))|}, {|NNFS018:Input(\"more\", 2)|}, Dense, SoftmaxCrossEntropy] partial class Net;",
        "NNFS018: 'more' cannot be declared in a network of samples, whose features are its only input and whose label is its only output; remove it")]
    [InlineData(
        "[{|other:Network(typeof(Bird))|}, Dense(Name = {|NNFS011:\"ColourEmbedding\"|}), SoftmaxCrossEntropy] partial class Net;",
        "NNFS011: The layer name 'ColourEmbedding' is that of the layer that reads a feature with an embedding; choose another")]
    [InlineData(
        "[Network(typeof(Bird))] partial class {|NNFS002:Net|};",
        "NNFS002: The network 'Net' has no layers")]
    [InlineData(
        "[Network(typeof(Reading)), {|NNFS031:Embedding(10, 4)|}, Flatten, Dense(3)] partial class Net;",
        "NNFS031: 'Embedding1' reads the network's input, but its values are features of 'Reading'; give an enum of it "
        + "[Feature(Embedding = …)], and remove this layer")]
    public Task What_does_not_fit_the_samples_is_reported(string source, string message) => new MarkedSource(Types + source).AssertReportsAsync(message);

    [Fact]
    public async Task Members_that_meet_generated_ones_are_reported()
    {
        await new MarkedSource(Types + """
            [{|other:Network(typeof(Flower))|}, Dense, SoftmaxCrossEntropy]
            partial class Net
            {
                public int {|NNFS011:Scaling|} => 1;
                public Species {|NNFS011:Classify|}(Flower flower) => flower.Species;
                public Species Classify(Flower flower, int seed) => flower.Species + seed;
            }
            """).AssertReportsAsync(
                "NNFS011: The member 'Scaling' has the name of a generated member",
                "NNFS011: The member 'Classify' has the name and the parameters of a generated method");
    }
}
