using Microsoft.CodeAnalysis;
using Nnfs.Generators.CallSites;
using Nnfs.Generators.Models;
using Nnfs.Generators.Parsing;
using Nnfs.Generators.Tests.Planning;

namespace Nnfs.Generators.Tests;

/// <summary>Members of the user's that meet generated ones: each collision is reported once, and nothing else breaks.</summary>
public sealed class MemberConflictTests
{
    private const string Network = "[Network(2), Dense(3), ReLU, Dense(3), SoftmaxCrossEntropy]";
    private const string Indices = "[Network(2), Embedding(4, 3, Name = \"DenseTable\"), Dense(3), SoftmaxCrossEntropy]";
    private const string StreamNetwork = "[Network(4, 2), GRU(3, ReturnSequences = true, Name = \"Dense1\")]";
    private const string Name = "has the name of a generated member";
    private const string Signature = "has the name and the parameters of a generated method";

    /// <summary>Networks that between them have every member.</summary>
    private static readonly string[] s_networks =
    [
        Network,
        "[Network(2), Dense(3)]",
        "[Network(2), Dense(3), Softmax]",
        "[Network(2), Dense(0)]",
        "[Network(2), Dense(3, WeightL2 = 0.1f), MeanSquaredError]",
        "[Network(2), Dense(3, BiasL1 = 0.1f), Dropout(0.1f), SoftmaxCrossEntropy]",
        "[Network(2), Dense(3), Pretrained(\"net.safetensors\")]",
        "[Network(4, 2), Dense(3, EachStep = true)]",
        "[Network(4, 2), GRU(3, Stateful = true, Name = \"Dense1\")]",
    ];

    /// <summary>Each public member that some network has, with that network.</summary>
    public static TheoryData<string, string> PublicMembers
    {
        get
        {
            TheoryData<string, string> members = [];

            foreach (string network in (string[])[Network, "[Network(2), Dense(3)]", Indices, StreamNetwork])
            {
                foreach (ISymbol member in OwnMembers(network).Where(static member => member.DeclaredAccessibility == Accessibility.Public))
                {
                    string declaration = member.ToDisplayString(s_declaration).Replace("Net.", "", StringComparison.Ordinal);
                    members.Add(network, member switch
                    {
                        IMethodSymbol => $"private static void {declaration} {{ }}",
                        INamedTypeSymbol => $"private sealed class {member.Name} {{ }}",
                        _ => $"private readonly int {member.Name} = 1; private int Read() => {member.Name};",
                    });
                }
            }

            return members;
        }
    }

    private static readonly SymbolDisplayFormat s_declaration = SymbolDisplayFormat.FullyQualifiedFormat
        .WithMemberOptions(SymbolDisplayMemberOptions.IncludeParameters)
        .WithParameterOptions(
            SymbolDisplayParameterOptions.IncludeType | SymbolDisplayParameterOptions.IncludeName | SymbolDisplayParameterOptions.IncludeModifiers)
        .WithGlobalNamespaceStyle(SymbolDisplayGlobalNamespaceStyle.Omitted);

    [Theory]
    [InlineData("public const int {|NNFS011:InputSize|} = 2;", "InputSize", Name)]
    [InlineData("public static int {|NNFS011:OutputSize|} => 2;", "OutputSize", Name)]
    [InlineData("public void {|NNFS011:ParameterCount|}() { }", "ParameterCount", Name)]
    [InlineData("public string {|NNFS011:Summary|} { get; set; } = \"\";", "Summary", Name)]
    [InlineData("public event System.Action? {|NNFS011:Summary|}; private void Raise() => Summary?.Invoke();", "Summary", Name)]
    [InlineData("public float[] {|NNFS011:Parameters|} => [];", "Parameters", Name)]
    [InlineData("public System.Span<float> {|NNFS011:Parameters|} => default;", "Parameters", Name)]
    [InlineData("public delegate void {|NNFS011:Workspace|}();", "Workspace", Name)]
    [InlineData("private enum {|NNFS011:Workspace|} { }", "Workspace", Name)]
    [InlineData(
        "public sealed class {|NNFS011:Workspace|} { } public void Forward(System.ReadOnlySpan<float> inputs, Workspace workspace) { }",
        "Workspace",
        Name)]
    [InlineData("public void {|NNFS011:Workspace|}() { }", "Workspace", Name)]
    [InlineData("public int {|NNFS011:Forward|} => 1;", "Forward", Name)]
    [InlineData("public struct {|NNFS011:Classify|} { }", "Classify", Name)]
    [InlineData("public System.Action {|NNFS011:InitializeParameters|} => static () => { };", "InitializeParameters", Name)]
    [InlineData("public void {|NNFS011:InitializeParameters|}(NumpyRandom random) { }", "InitializeParameters", Signature)]
    [InlineData("private static int {|NNFS011:InitializeParameters|}(NumpyRandom? other) => 1;", "InitializeParameters", Signature)]
    [InlineData("public void {|NNFS011:Predict|}(System.ReadOnlySpan<float> a, System.Span<float> b) { }", "Predict", Signature)]
    [InlineData("private int {|NNFS011:Predict|}(scoped System.ReadOnlySpan<float> a, params System.Span<float> b) => 1;", "Predict", Signature)]
    [InlineData("public int {|NNFS011:Classify|}(System.ReadOnlySpan<float> input) => 1;", "Classify", Signature)]
    [InlineData("public Workspace {|NNFS011:CreateWorkspace|}(int size) => new(size, threads: 1);", "CreateWorkspace", Signature)]
    [InlineData("public void {|NNFS011:Forward|}(System.ReadOnlySpan<float> x, System.ReadOnlySpan<int> y, Workspace w) { }", "Forward", Signature)]
    [InlineData("public void {|NNFS011:Forward|}(System.ReadOnlySpan<float> x, Workspace? w) { }", "Forward", Signature)]
    [InlineData("public void {|NNFS011:Backward|}(System.ReadOnlySpan<float> x, System.ReadOnlySpan<float> y, Net.Workspace w) { }", "Backward", Signature)]
    [InlineData(
        "public void {|NNFS011:Backward|}(System.ReadOnlySpan<float> x, System.ReadOnlySpan<float> y, global::Samples.Net.Workspace w) { }",
        "Backward",
        Signature)]
    [InlineData(
        "public partial void {|NNFS011:Predict|}(System.ReadOnlySpan<float> x, System.Span<float> y); " +
        "public partial void Predict(System.ReadOnlySpan<float> x, System.Span<float> y) { }",
        "Predict",
        Signature)]
    public async Task Member_that_collides_is_reported_and_nothing_else(string member, string name, string fault)
    {
        GeneratorRun run = await new MarkedSource($$"""
            namespace Samples;

            using Nnfs;

            [{|other:Network(2)|}, Dense(3), ReLU, Dense(3), SoftmaxCrossEntropy]
            partial class Net { {{member}} }
            """).AssertReportsAsync($"NNFS011: The member '{name}' {fault}");

        Assert.Empty(run.CompilerProblems());
    }

    [Theory]
    [MemberData(nameof(PublicMembers))]
    public async Task Member_like_a_generated_one_is_reported_once(string network, string member)
    {
        GeneratorRun run = GeneratorHarness.Run($$"""using Nnfs; {{network}} partial class Net { {{member}} }""");

        // A view of a layer is reported at the layer, whose name can be changed.
        Diagnostic diagnostic = Assert.Single(await run.AnalyzeAsync());
        Assert.Equal("NNFS011", diagnostic.Id);
        Assert.Empty(run.CompilerProblems());
    }

    [Fact]
    public async Task Members_that_collide_are_each_reported()
    {
        GeneratorRun run = await new MarkedSource("""
            using Nnfs;

            [{|other:Network(2)|}, Dense(3), SoftmaxCrossEntropy]
            partial class Net
            {
                public int {|NNFS011:Summary|}, {|NNFS011:Parameters|};

                public void {|NNFS011:Forward|}(System.ReadOnlySpan<float> x, Workspace w) => Summary = Parameters = Summary_;

                public int Summary_ => 1;

                public void {|NNFS011:Forward|}(System.ReadOnlySpan<float> x, System.ReadOnlySpan<int> y, Workspace w) => ForwardLayers = 2;

                private int ForwardLayers { get; set; }
            }

            partial class Net
            {
                public sealed class {|NNFS011:InputSize|};
            }

            internal static class User
            {
                public static void Use(float[] values)
                {
                    Net net = new(seed: 1);
                    Net.Workspace pass = net.CreateWorkspace(batchSize: 1);
                    net.Predict(values, values);
                    net.Forward(values, pass);
                    net.Backward(values, values, pass);
                    net.Dense1.Biases[0] = pass.Dense1.Biases[0] + Size(net);
                }

                private static int Size<T>(T net)
                    where T : INetwork<T> => T.InputSize + net.Parameters.Length;
            }
            """).AssertReportsAsync(
            $"NNFS011: The member 'Summary' {Name}",
            $"NNFS011: The member 'Parameters' {Name}",
            $"NNFS011: The member 'Forward' {Signature}",
            $"NNFS011: The member 'Forward' {Signature}",
            $"NNFS011: The member 'InputSize' {Name}");

        Assert.Empty(run.CompilerProblems());
    }

    [Theory]
    [InlineData("private int PredictTile; public int Tile { get => PredictTile; set => PredictTile = value; }")]
    [InlineData(
        "public void PredictTile(System.ReadOnlySpan<float> i, System.Span<float> o, System.Span<float> s, int n) " +
        "=> throw new System.NotSupportedException();")]
    [InlineData("public void ForwardLayers(System.ReadOnlySpan<float> i, Workspace w, int n) => throw new System.NotSupportedException();")]
    [InlineData("public sealed class BackwardLayers { } public sealed class BackwardLayers_ { }")]
    [InlineData("public int Refuse => 1;")]
    public void Private_members_give_way_to_the_users(string member)
    {
        using LoadedNetworks networks = GeneratorHarness.Generate($$"""
            #pragma warning disable CS1591
            namespace Samples.Workspace;

            using Nnfs;

            {{Network}}
            public partial class Net { {{member}} }

            public static class Example
            {
                public static float[] Run()
                {
                    Net net = new(seed: 1);
                    Net.Workspace pass = net.CreateWorkspace(1);
                    float[] outputs = new float[3];
                    net.Predict([1, 2], outputs);
                    net.Forward([1, 2], [2], pass);
                    net.Backward([1, 2], [2], pass);

                    return [outputs[0] - pass.Outputs[0], System.Math.Sign(System.Math.Abs(pass.Dense2.Biases[0]))];
                }
            }
            """).Load();

        Assert.Equal([0f, 1f], (float[])networks["Samples.Workspace.Example"].GetMethod("Run")!.Invoke(null, null)!);
    }

    [Theory]
    [InlineData("private int StepSample; public int Sample { get => StepSample; set => StepSample = value; }")]
    [InlineData("public int StepTile() => 1;")]
    public void Private_members_of_streams_give_way_to_the_users(string member)
    {
        using LoadedNetworks networks = GeneratorHarness.Generate($$"""
            #pragma warning disable CS1591
            namespace Samples;

            using Nnfs;

            {{StreamNetwork}}
            public partial class Net { {{member}} }

            public static class Example
            {
                public static float[] Run()
                {
                    Net net = new(seed: 1);
                    float[] whole = new float[12], one = new float[3], two = new float[6];
                    net.Predict([1, 2, 0, 0, 0, 0, 0, 0], whole);
                    net.CreateStream().Step([1, 2], one);
                    net.CreateStreams(2).Step([0, 0, 1, 2], two);

                    return [System.MathF.Round(whole[0] - one[0], 5), System.MathF.Round(whole[0] - two[3], 5)];
                }
            }
            """).Load();

        Assert.Equal([0f, 0f], (float[])networks["Samples.Example"].GetMethod("Run")!.Invoke(null, null)!);
    }

    [Theory]
    [InlineData("class Base { public int Summary => 1; public const string InputSize = \"\"; protected class Workspace { } }", "new ")]
    [InlineData("class Base { public void Predict(System.ReadOnlySpan<float> i, System.Span<float> o) { } public void Forward() { } }", "new ")]
    [InlineData("class Base { protected int Forward = 1; private int Backward() => Forward; internal int Use() => Backward(); }", "new ")]
    [InlineData("abstract class Base { public abstract void Predict(System.ReadOnlySpan<float> i, System.Span<float> o); }", "override ")]
    [InlineData("class Base { public class Stream { } public int CreateStream() => 1; }", "new ")]
    [InlineData("class Base { private string Summary => \"\"; public int Use() => Summary.Length; public int PredictTile() => 1; }", null)]
    public async Task Member_that_hides_an_inherited_one_says_so(string baseClass, string? modifier)
    {
        string network = baseClass.Contains("Stream", StringComparison.Ordinal) ? StreamNetwork : Network;
        GeneratorRun run = GeneratorHarness.Generate($"using Nnfs; {baseClass} {network} partial class Net : Base;");

        Assert.Empty(await run.AnalyzeAsync());
        Assert.Equal(modifier is not null, run.File.Contains(" " + (modifier ?? "new ") + "public ", StringComparison.Ordinal));
    }

    [Fact]
    public void List_of_members_is_that_of_what_is_generated()
    {
        List<ISymbol> members = [.. s_networks.SelectMany(static network => OwnMembers(network))];

        foreach (string network in s_networks)
        {
            NetworkSpec spec = NetworkParser.Parse(Generated(network), report: null, CancellationToken.None)!;

            Assert.Equal(
                GeneratedMembers.Of(spec)
                    .Select(static member => member.Name + (member.Signature is { } signature ? $"({signature})" : ""))
                    .Order(StringComparer.Ordinal),
                OwnMembers(network).Where(static member => member.DeclaredAccessibility == Accessibility.Public)
                    .Select(Describe)
                    .Order(StringComparer.Ordinal));
        }

        // The field of the parameters gives way by itself.
        Assert.Equal(
            GeneratedMembers.Private.Append("_parameters").Order(StringComparer.Ordinal),
            members.Where(static member => member.DeclaredAccessibility == Accessibility.Private && !member.Name.Contains('.', StringComparison.Ordinal))
                .Select(static member => member.Name)
                .Distinct()
                .Order(StringComparer.Ordinal));

        Assert.Equal(
            GeneratedMembers.OfWorkspace.Order(StringComparer.Ordinal),
            s_networks.SelectMany(static network => Generated(network).GetTypeMembers(GeneratedMembers.Workspace))
                .SelectMany(static workspace => workspace.GetMembers())
                .Where(static member => member.DeclaredAccessibility == Accessibility.Public
                    && member is IPropertySymbol or IMethodSymbol { MethodKind: MethodKind.Ordinary })
                .Select(static member => member.Name)
                .Where(static name => !name.EndsWith('1') && !name.EndsWith('2'))
                .Distinct().Order(StringComparer.Ordinal));
    }

    /// <summary>An input's element type is stated once, in its spec.</summary>
    [Fact]
    public void Input_of_integers_is_a_parameter_of_integers()
    {
        (_, NetworkSpec network) = PlannedNetworks.Read("[Network(2)]\n[Dense(3)]\n[SoftmaxCrossEntropy]\n");
        NetworkSpec indexed = network with { Inputs = new([network.Inputs[0] with { Element = ElementType.Integer }]) };
        IEnumerable<string[]> parameters = GeneratedMembers.Of(indexed).Select(static member => member.Parameters ?? []);

        Assert.Equal(
            [
                ["global::System.ReadOnlySpan<int>", "global::System.Span<float>"],
                ["global::System.ReadOnlySpan<int>"],
                ["global::System.ReadOnlySpan<int>", "Workspace"],
                ["global::System.ReadOnlySpan<int>", "global::System.ReadOnlySpan<int>", "Workspace"],
                ["global::System.ReadOnlySpan<int>", "global::System.ReadOnlySpan<int>", "Workspace"],
                ["global::System.ReadOnlySpan<int>", "global::System.ReadOnlySpan<int>", "Workspace"],
                ["global::System.ReadOnlySpan<int>", "global::System.ReadOnlySpan<float>", "Workspace"],
                ["global::System.ReadOnlySpan<int>", "global::System.ReadOnlySpan<float>", "Workspace"],
                ["global::System.ReadOnlySpan<int>", "global::System.ReadOnlySpan<float>", "Workspace"],
                ["global::System.ReadOnlySpan<int>", "global::System.ReadOnlySpan<float>", "Workspace"],
            ],
            parameters.Where(static types => types.Length > 0 && types[0].Contains("ReadOnlySpan", StringComparison.Ordinal)));
        Assert.Equal(ElementType.Integer, PortShape.Input(indexed, 0).Element);
        Assert.Equal(ElementType.Float, PortShape.Input(network, 0).Element);
    }

    private static INamedTypeSymbol Generated(string network) =>
        GeneratorHarness.Run($"using Nnfs; {network} partial class Net;").Output.GetTypeByMetadataName("Net")!;

    /// <summary>The generated members that are not named after layers.</summary>
    private static IEnumerable<ISymbol> OwnMembers(string network) => Generated(network).GetMembers().Where(static member =>
        !member.IsImplicitlyDeclared
        && member is not IMethodSymbol { AssociatedSymbol: not null }
        && member is not IMethodSymbol { MethodKind: not MethodKind.Ordinary }
        && member is not IPropertySymbol { ExplicitInterfaceImplementations.Length: > 0 }
        && !member.Name.StartsWith("Dense", StringComparison.Ordinal)
        && !member.Name.StartsWith("Softmax1", StringComparison.Ordinal));

    private static string Describe(ISymbol member) => member is IMethodSymbol method
        ? $"{method.Name}({string.Join(", ", method.Parameters.Select(static parameter => Describe(parameter.Type)))})"
        : member.Name;

    private static string Describe(ITypeSymbol type) =>
        type.Name == GeneratedMembers.Workspace ? type.Name : type.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat);
}
