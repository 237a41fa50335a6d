using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;

namespace Nnfs.Generators.Tests;

/// <summary>Whatever the user calls things: every name that generated code has, taken from its text, is tried as a thing of each kind.</summary>
public sealed class GeneratedNameTests
{
    private const string Penalized =
        "[Network(2), Dense(3, WeightL1 = 0.1f), ReLU, Dropout(0.1f), Dense(3, Name = \"random\"), BatchNorm, Dense(3), SoftmaxCrossEntropy]";

    private const string Lanes = "[Network(2), Dense(64), ReLU, Dense(3), SoftmaxCrossEntropy]";

    private const string Graph =
        "[Network, Input(\"state\", 2), Input(\"goal\", 2), Concat(\"state\", \"goal\"), Dense(4, BiasL1 = 0.1f), ReLU(Name = \"Trunk\"), Dense(4), " +
        "Add(\"Trunk\", \"Dense2\"), LayerNorm, SoftmaxCrossEntropy, Output(\"policy\"), Dense(1, From = \"Trunk\"), MeanSquaredError, Output(\"value\")]";

    private const string Image = "[Network(4, 4, 1), MaxPool2D(2), Dense(3), GlobalMaxPool(From = \"MaxPool2D1\"), Concat(\"Dense1\", \"GlobalMaxPool1\")]";

    private const string Stream =
        "[Network(4), Embedding(5, 2), Conv1D(3, 2, Padding = Padding.Causal), LSTM(3, ReturnSequences = true, Stateful = true), " +
        "Dense(2, EachStep = true), SoftmaxCrossEntropy]";

    /// <summary>How many names one class has: each is a thing of its own, and compiling a network takes time.</summary>
    private const int AtOnce = 30;

    private static readonly string[] s_names = Names();

    [Theory]
    [InlineData("partial class Net { * }", "internal int @X;")]
    [InlineData("partial class Net { * }", "internal static void @X(object a) { } internal static void @X(object a, object b) { }")]
    [InlineData("partial class Net { * }", "internal void @X<T>(T t) { }")]
    [InlineData("partial class Net { * }", "internal class @X { }")]
    [InlineData("partial class Net { * }", "internal class @X<T> { }")]
    [InlineData("partial class Net : Base { } class Base { * }", "protected int @X => 1;")]
    [InlineData("partial class Net : Base { } class Base { * }", "protected static void @X(object a) { } protected static void @X() { }")]
    [InlineData("partial class Net : Base { } class Base { * }", "protected class @X { }")]
    [InlineData("partial class Net : Base { } class Base { * }", "protected class @X<T> { }")]
    public void Member_with_a_name_of_generated_code_compiles(string declaration, string member) => AssertCompile(
        from names in s_names.Where(static name => name != "Net").Chunk(AtOnce)
        from network in (string[])[Penalized, Lanes, Graph, Stream]
        select $"{network} {declaration.Replace("*", string.Concat(names.Select(name => Named(member, name))), StringComparison.Ordinal)}");

    [Theory]
    [InlineData("partial class Outer { * $ partial class Net { } }", "internal static void @X(object a) { }")]
    [InlineData("partial class Outer { * $ partial class Net { } }", "internal class @X { }")]
    [InlineData("* $ partial class Net { }", "class @X { }")]
    [InlineData("* $ partial class Net { }", "class @X<T> { }")]
    [InlineData("* $ partial class Net { }", "namespace @X { class Other; }")]
    [InlineData("partial class Outer<*> { $ partial class Net { } }", "@X, ")]
    public void Thing_around_with_a_name_of_generated_code_compiles(string declaration, string thing) => AssertCompile(
        from names in s_names.Where(static name => name is not ("Net" or "Outer")).Chunk(AtOnce)
        from network in (string[])[Lanes, Image]
        select declaration
            .Replace("$", network, StringComparison.Ordinal)
            .Replace("*", string.Concat(names.Select(name => Named(thing, name))).TrimEnd(' ', ','), StringComparison.Ordinal));

    [Theory]
    [InlineData("[Network(2), Dense(3, WeightL1 = 0.1f, Name = \"@X\"), ReLU(Name = \"@Y\"), Dropout(0.1f), Dense(300, Name = \"@Z\"), SoftmaxCrossEntropy]")]
    [InlineData("[Network(2), Dense(64, Name = \"@Z\"), ReLU(Name = \"@X\"), Dense(3, Name = \"@Y\"), SoftmaxCrossEntropy]")]
    [InlineData("[Network(4, 4, 1), MaxPool2D(2, Name = \"@X\"), Upsample2D(2, Name = \"@Y\"), GlobalAveragePool(Name = \"@Z\")]")]
    [InlineData("[Network(2, Plain = true), Dense(3, Name = \"@Y\"), BatchNorm(Name = \"@Z\"), Dense(3), Softmax(Name = \"@X\"), CategoricalCrossEntropy]")]
    public void Layer_with_a_name_of_generated_code_compiles(string attributes) => AssertCompile(
        from names in s_names.Chunk(3)
        select $"{Filled(attributes, names)} partial class Net {{ }}");

    [Theory]
    [InlineData(
        "[Network, Input(\"@X\", 2), Input(\"@Y\", 2), Add(\"@X\", \"@Y\"), Dense(3, BiasL1 = 0.1f), Dropout(0.1f), SoftmaxCrossEntropy, Output(\"@Z\")]")]
    [InlineData("[Network(2), Dense(4), SoftmaxCrossEntropy, Output(\"@X\"), Dense(1), BatchNorm, Output(\"@Z\"), Dense(2), Huber, Output(\"@Y\")]")]
    [InlineData("[Network, Input(\"@X\", 2), Dense(3), MeanSquaredError, Output(\"@Y\")]")]
    [InlineData("[Network, Input(\"@X\", 4), Input(\"@Y\", 4, 2), Embedding(5, 3, From = \"@X\"), Concat(\"Embedding1\", \"@Y\"), " +
        "GRU(3, ReturnSequences = true), Output(\"@Z\")]")]
    public void Input_or_output_with_a_name_of_generated_code_compiles(string attributes) => AssertCompile(
        from names in s_names.Chunk(3)
        select $"{Filled(attributes, names)} partial class Net {{ }}");

    [Fact]
    public void Messages_name_a_parameter_without_the_sign_that_makes_a_keyword_a_name()
    {
        using LoadedNetworks networks = GeneratorHarness.Generate("""
            #pragma warning disable CS1591
            namespace Samples;

            using Nnfs;

            [Network, Input("class", 3), Input("event", 3, 2), Embedding(4, 2, From = "class"), Add("Embedding1", "event"), Output("in")]
            public partial class Net;

            public static class Example
            {
                public static string[] Run()
                {
                    Net.Stream stream = new Net(seed: 1).CreateStream();
                    float[] values = new float[3];

                    try
                    {
                        stream.Step([0], System.MemoryExtensions.AsSpan(values, 0, 2), System.MemoryExtensions.AsSpan(values, 1));

                        return [];
                    }
                    catch (System.ArgumentException overlap)
                    {
                        try
                        {
                            stream.Step([4], new float[2], new float[2]);

                            return [];
                        }
                        catch (System.ArgumentException index)
                        {
                            return [overlap.Message, index.Message];
                        }
                    }
                }
            }
            """).Load();

        string[] messages = (string[])networks["Samples.Example"].GetMethod("Run")!.Invoke(null, null)!;

        Assert.StartsWith("Expected 'in' to lie apart from 'event', but they overlap in memory. (Parameter 'in')", messages[0], StringComparison.Ordinal);
        Assert.StartsWith(
            "Expected indices from 0 to 3, the vocabulary of 'Embedding1', but class[0] is 4. (Parameter 'class')", messages[1], StringComparison.Ordinal);
    }

    /// <summary>Asserts that the compiler has nothing against what is generated for networks that are each in a namespace of their own.</summary>
    private static void AssertCompile(IEnumerable<string> sources)
    {
        GeneratorRun run = GeneratorHarness.Run([.. sources.Select(static (source, i) => $"namespace N{i}; using global::Nnfs; {source}")]);
        Assert.Null(run.Result.Exception);
        Assert.NotEmpty(run.Files);

        Diagnostic[] problems = [.. run.Output.GetDiagnostics(TestContext.Current.CancellationToken).Where(diagnostic =>
            diagnostic.Severity >= DiagnosticSeverity.Warning
            && diagnostic.Location.SourceTree is { } tree
            && !run.Input.SyntaxTrees.Contains(tree))];

        Assert.True(problems.Length == 0, $"{problems.Length} problems, for example\n{string.Join("\n", problems.Take(5).Select(Show))}");
    }

    private static string Show(Diagnostic diagnostic)
    {
        SourceText text = diagnostic.Location.SourceTree!.GetText(TestContext.Current.CancellationToken);

        return $"{diagnostic}\n    {text.Lines[diagnostic.Location.GetLineSpan().StartLinePosition.Line]}";
    }

    private static string Named(string template, string name) => template.Replace("@X", "@" + name, StringComparison.Ordinal);

    private static string Filled(string attributes, string[] names) => attributes
        .Replace("@X", names[0], StringComparison.Ordinal)
        .Replace("@Y", names[1 % names.Length], StringComparison.Ordinal)
        .Replace("@Z", names[2 % names.Length], StringComparison.Ordinal);

    /// <summary>Every identifier in the text of a few networks, comments for documentation included, and the operator that is no keyword.</summary>
    private static string[] Names() =>
    [
        .. ((string[])[Penalized, Lanes, Graph, Image, Stream])
            .SelectMany(static network => GeneratorHarness.Run($"using Nnfs; {network} partial class Net;").Output.SyntaxTrees.Skip(1))
            .SelectMany(static tree => tree.GetRoot(TestContext.Current.CancellationToken).DescendantTokens(descendIntoTrivia: true))
            .Where(static token => token.IsKind(SyntaxKind.IdentifierToken))
            .Select(static token => token.ValueText)
            .Where(static name => name != "_")
            .Distinct()
            .Order(StringComparer.Ordinal),
    ];
}
