using System.Globalization;
using Microsoft.CodeAnalysis;

namespace Nnfs.Generators.Tests;

/// <summary>Each rule: where it is reported, what it says and what else it points to; and that nothing else is said.</summary>
public sealed class NetworkAnalyzerTests
{
    /// <summary>The most floats of one array, as the messages state it.</summary>
    private const string Most = "2147483559";

    [Theory]
    [InlineData("[Network(2), Dense(3)] class {|NNFS001:Net|};", "NNFS001: 'Net' must be partial, so that the network 'Net' can be generated into it")]
    [InlineData(
        "class {|NNFS001:Outer|} { [Network(2), Dense(3)] partial class Net; }",
        "NNFS001: 'Outer' must be partial, so that the network 'Net' can be generated into it")]
    [InlineData(
        "class {|NNFS001:Outer|} { partial struct Middle { [Network(2), Dense(3)] class {|NNFS001:Net|}; } }",
        "NNFS001: 'Outer' must be partial, so that the network 'Net' can be generated into it",
        "NNFS001: 'Net' must be partial, so that the network 'Net' can be generated into it")]
    [InlineData(
        "class {|NNFS001:Outer|} { [Network(2), Dense(3)] partial class First; [Network(2), Dense(3)] partial class Second; }",
        "NNFS001: 'Outer' must be partial, so that the network 'First' can be generated into it")]
    public Task Class_that_is_not_partial_is_reported(string source, params string[] messages) => ReportsAsync(source, messages);

    [Theory]
    [InlineData("[Network(2)] partial class {|NNFS002:Net|};")]
    [InlineData("partial class Net; [Network(2)] partial class {|NNFS002:Net|};")]
    public Task Network_without_layers_is_reported(string source) => ReportsAsync(source, "NNFS002: The network 'Net' has no layers");

    [Theory]
    [InlineData("[{|NNFS003:Network|}, Dense(3)] partial class Net;", "it is missing")]
    [InlineData("[{|NNFS003:Network()|}, Dense(3)] partial class Net;", "it is missing")]
    [InlineData("[{|NNFS003:Network(new int[0])|}, Dense(3)] partial class Net;", "it is missing")]
    [InlineData("[{|NNFS003:Network(WeightInitializer = WeightInitializer.HeNormal)|}, Dense(3)] partial class Net;", "it is missing")]
    [InlineData("[Network({|NNFS003:0|}), Dense(3)] partial class Net;", "one is 0")]
    [InlineData("[Network({|NNFS003:-7|}), Dense(3)] partial class Net;", "one is -7")]
    [InlineData("[Network(28, {|NNFS003:-28|}, WeightInitializer = WeightInitializer.HeNormal), Dense(3)] partial class Net;", "one is -28")]
    [InlineData("[Network(inputShape: {|NNFS003:0|}), Dense(3)] partial class Net;", "one is 0")]
    [InlineData("[Network(new[] { 2, {|NNFS003:0|} }), Dense(3)] partial class Net;", "one is 0")]
    [InlineData("[Network(inputShape: new int[] { {|NNFS003:0|}, 2 }), Dense(3)] partial class Net;", "one is 0")]
    [InlineData("[Network({|NNFS003:Size|}), Dense(5, 3), Dense(3)] partial class Net { private const int Size = 1 - 1; }", "one is 0")]
    public Task Input_shape_that_is_missing_or_not_positive_is_reported(string source, string fault) =>
        ReportsAsync(source, $"NNFS003: The input shape of 'Net' must be one to four sizes of at least 1, but {fault}");

    [Theory]
    [InlineData("[Network(2), Dense({|NNFS004:0|})] partial class Net;", "'Dense1' must have at least 1 neuron, but has 0")]
    [InlineData("[Network(2), Dense({|NNFS004:-1|}), ReLU, Dense(7, 2)] partial class Net;", "'Dense1' must have at least 1 neuron, but has -1")]
    [InlineData("[Network(2), Dense(3), Dense({|NNFS004:0|}, 4), Dense(4, 5)] partial class Net;", "'Dense2' must have at least 1 input, but has 0")]
    [InlineData("[Network(2), Dense(neurons: {|NNFS004:0|}, inputs: 2)] partial class Net;", "'Dense1' must have at least 1 neuron, but has 0")]
    [InlineData(
        "[Network(2), Dense(neurons: 3, inputs: {|NNFS004:int.MinValue|})] partial class Net;",
        "'Dense1' must have at least 1 input, but has -2147483648")]
    [InlineData(
        "[Network(2), Dense({|NNFS004:Hidden|}, Name = \"Encoder\")] partial class Net { const int Hidden = 0; }",
        "'Encoder' must have at least 1 neuron, but has 0")]
    public Task Layer_size_that_is_not_positive_is_reported(string source, string message) => ReportsAsync(source, "NNFS004: " + message);

    [Theory]
    [InlineData("[{|other:Network(2)|}, Dense({|NNFS005:3|}, 4)] partial class Net;", "'Dense1' takes 3 inputs, but the network's input gives 2")]
    [InlineData("[{|other:Network(28, 4)|}, Dense({|NNFS005:1|}, 4)] partial class Net;", "'Dense1' takes 1 input, but the network's input gives 28 × 4 = 112")]
    [InlineData("[Network(2), Dense(64), {|other:ReLU|}, Dense({|NNFS005:32|}, 4)] partial class Net;", "'Dense2' takes 32 inputs, but 'ReLU1' gives 64")]
    [InlineData(
        "[Network(2), {|other:Dense(64)|}, Dense({|NNFS005:32|}, 4), Dense(4, 5), Dense(5, 6), Dense(6, 7)] partial class Net;",
        "'Dense2' takes 32 inputs, but 'Dense1' gives 64")]
    [InlineData(
        "[Network(2), Dense(64), {|other:Softmax(Name = \"Gate\")|}, Dense({|NNFS005:32|}, 4, Name = \"Head\")] partial class Net;",
        "'Head' takes 32 inputs, but 'Gate' gives 64")]
    [InlineData(
        "[Network(2), {|other:Dense(4, Name = \"A\")|}, Dense(neurons: 3, inputs: {|NNFS005:5|})] partial class Net;",
        "'Dense2' takes 5 inputs, but 'A' gives 4")]
    [InlineData(
        "[Network(2), {|other:Dense(4)|}, Dense(inputs: {|NNFS005:5|}, neurons: 3)] partial class Net;",
        "'Dense2' takes 5 inputs, but 'Dense1' gives 4")]
    [InlineData(
        "[Network(2), {|other:Dense(Hidden)|}, Dense({|NNFS005:Hidden + 1|}, 3)] partial class Net { const int Hidden = 64; }",
        "'Dense2' takes 65 inputs, but 'Dense1' gives 64")]
    [InlineData(
        "[Network(2), {|other:global::Nnfs.DenseAttribute(4)|}, Nnfs.Dense({|NNFS005:5|}, 3)] partial class Net;",
        "'Dense2' takes 5 inputs, but 'Dense1' gives 4")]
    [InlineData("[Network(2), {|other:D(4)|}, D({|NNFS005:5|}, 3)] partial class Net;", "'Dense2' takes 5 inputs, but 'Dense1' gives 4")]
    [InlineData(
        "[{|other:Network(2)|}] partial class Net; [Dense({|NNFS005:5|}, 3)] partial class Net;",
        "'Dense1' takes 5 inputs, but the network's input gives 2")]
    public Task Dense_that_states_other_inputs_is_reported_once(string source, string message) =>
        ReportsAsync("using D = Nnfs.DenseAttribute; " + source, "NNFS005: " + message);

    [Theory]
    [InlineData(
        "[Network(2), {|NNFS006:SoftmaxCrossEntropy|}, {|other:Dense(3)|}] partial class Net;",
        "The loss 'SoftmaxCrossEntropy' must come last, but 'Dense1' comes after it; move the loss to the end")]
    [InlineData(
        "[Network(2), Dense(3), {|NNFS006:SoftmaxCrossEntropy|}, {|other:ReLU|}, Dense(4), Dense(4, 5)] partial class Net;",
        "The loss 'SoftmaxCrossEntropy' must come last, but 'ReLU1' comes after it; move the loss to the end")]
    [InlineData(
        "[Network(2), Dense(3), {|other:SoftmaxCrossEntropy|}, {|NNFS006:SoftmaxCrossEntropy|}] partial class Net;",
        "The loss 'SoftmaxCrossEntropy' is the second of one output, after 'SoftmaxCrossEntropy'; remove one of them")]
    [InlineData(
        "[Network(2), Softmax, {|other:CategoricalCrossEntropy|}, {|NNFS006:SoftmaxCrossEntropy()|}] partial class Net;",
        "The loss 'SoftmaxCrossEntropy' is the second of one output, after 'CategoricalCrossEntropy'; remove one of them")]
    public Task Loss_that_is_not_the_only_one_and_last_is_reported(string source, string message) => ReportsAsync(source, "NNFS006: " + message);

    [Fact]
    public Task Two_losses_before_a_layer_are_both_reported() => ReportsAsync(
        "[Network(2), Softmax, {|other:{|NNFS006:CategoricalCrossEntropy|}|}, {|NNFS006:SoftmaxCrossEntropy|}, {|other:Dense(3)|}] partial class Net;",
        "NNFS006: The loss 'CategoricalCrossEntropy' must come last, but 'Dense1' comes after it; move the loss to the end",
        "NNFS006: The loss 'SoftmaxCrossEntropy' is the second of one output, after 'CategoricalCrossEntropy'; remove one of them");

    [Theory]
    [InlineData("[Network(2), {|other:Dense(3)|}, {|NNFS007:CategoricalCrossEntropy|}] partial class Net;", "'Dense1'")]
    [InlineData("[Network(2), Softmax, Dense(3), {|other:ReLU|}, {|NNFS007:CategoricalCrossEntropy|}] partial class Net;", "'ReLU1'")]
    [InlineData("[{|other:Network(2)|}, {|NNFS007:CategoricalCrossEntropy|}] partial class Net;", "the network's input")]
    public Task Cross_entropy_without_softmax_is_reported(string source, string before) =>
        ReportsAsync(source, $"NNFS007: 'CategoricalCrossEntropy' takes the probabilities of a Softmax, but {before} comes before it");

    [Theory]
    [InlineData("[Network(2), Dense(3), {|NNFS008:Softmax|}, {|other:SoftmaxCrossEntropy|}] partial class Net;", "Softmax1")]
    [InlineData("[Network(2), {|NNFS008:Softmax(Name = \"Output\")|}, {|other:SoftmaxCrossEntropy|}] partial class Net;", "Output")]
    public async Task Softmax_before_its_cross_entropy_is_warned_of(string source, string name)
    {
        GeneratorRun run = await ReportsAsync(
            source,
            $"NNFS008: '{name}' comes directly before 'SoftmaxCrossEntropy', which takes logits and applies a softmax itself: the softmax is computed twice");

        // It is a warning: the network is written and runs.
        using LoadedNetworks networks = run.Load();
        Assert.NotNull(Activator.CreateInstance(networks["Net"], 0));
    }

    [Theory]
    [InlineData("[Network(2), Dense(3)] static partial class {|NNFS009:Net|};", "is static")]
    [InlineData("[Network(2), Dense(3)] abstract partial class {|NNFS009:Net|};", "is abstract")]
    [InlineData("[Network(2), Dense(3)] partial class {|NNFS009:Net|}<T>;", "is generic")]
    [InlineData("[Network(2), Dense(3)] partial record {|NNFS009:Net|};", "is a record")]
    [InlineData("[Network(2), Dense(3)] partial record class {|NNFS009:Net|}(int X);", "is a record")]
    [InlineData("[Network(2), Dense(3)] file partial class {|NNFS009:Net|};", "is local to its file")]
    [InlineData("file partial class Outer { [Network(2), Dense(3)] partial class {|NNFS009:Net|}; }", "is local to its file")]
    [InlineData(
        "[Network(2), Dense(3)] partial class {|NNFS009:Net|}(int x) { public int X => x; }",
        "has a primary constructor, which the generated constructors could not call")]
    [InlineData(
        "class Base { protected Base(int x) { } } [Network(2), Dense(3)] partial class {|NNFS009:Net|} : Base { public Net() : base(1) { } }",
        "derives from 'Base', which has no constructor without parameters")]
    [InlineData(
        "[Network(2), Dense(3)] partial class {|NNFS009:Net|} { public required int Own { get; set; } }",
        "has the required member 'Own', which generated code does not set")]
    [InlineData(
        "class Base { public required int Inherited; } [Network(2), Dense(3)] partial class {|NNFS009:Net|} : Base;",
        "has the required member 'Inherited', which generated code does not set")]
    public Task Class_that_cannot_be_a_network_is_reported(string source, string reason) =>
        ReportsAsync(source, $"NNFS009: 'Net' cannot be a network, because it {reason}");

    [Fact]
    public Task Network_that_derives_from_a_network_is_reported() => ReportsAsync(
        "[Network(2), Dense(3)] partial class First; class Middle : First; [Network(2), Dense(3)] partial class {|NNFS009:Second|} : Middle;",
        "NNFS009: 'Second' cannot be a network, because it derives from the network 'First'");

    [Theory]
    [InlineData("Workspace")]
    [InlineData("Predict")]
    [InlineData("Summary")]
    public Task Network_that_is_called_as_a_generated_member_is_reported(string name) => ReportsAsync(
        $"[Network(2), Dense(3)] partial class {{|NNFS009:{name}|}};",
        $"NNFS009: '{name}' cannot be a network, because it has the name of one of its generated members");

    [Theory]
    [InlineData(
        "class Base { protected Base(int x) { } } " +
        "[Network(2), Dense(3)] partial class Net : Base { private Net(NumpyRandom random) : base(1) => InitializeParameters(random); }")]
    [InlineData("class Base { protected Base(int x = 1, params string[] y) { } } [Network(2), Dense(3)] partial class Net : Base;")]
    [InlineData(
        "[Network(2), Dense(3)] partial class Net { [System.Diagnostics.CodeAnalysis.SetsRequiredMembers] public Net(NumpyRandom random) => Own = 1; " +
        "[System.Diagnostics.CodeAnalysis.SetsRequiredMembers] public Net(int seed) => Own = seed; public required int Own { get; set; } }")]
    [InlineData("[Network(2), Dense(3)] partial class Outputs;")]
    public async Task Class_that_is_constructed_by_the_users_own_code_is_not_reported(string source)
    {
        GeneratorRun run = await ReportsAsync(source);
        run.AssertCompiles();
    }

    [Theory]
    [InlineData("[Network(2), Dense(3)] partial class {|other:Net|}; [ReLU] partial class {|NNFS010:Net|};", 2)]
    [InlineData("[Network(2)] partial class Net; [Dense(3)] partial class {|other:Net|}; partial class Net; [ReLU] partial class {|NNFS010:Net|};", 2)]
    [InlineData("[Network(2), Dense(3)] partial class {|other:Net|}; [ReLU] partial class {|NNFS010:Net|}; [SoftmaxCrossEntropy] partial class Net;", 3)]
    public Task Layers_on_several_declarations_are_reported(string source, int declarations) =>
        ReportsAsync(source, $"NNFS010: The layers of 'Net' are spread over {declarations} partial declarations, whose order is undefined; put them on one");

    [Theory]
    [InlineData("[Network(2), Dense(3, Name = {|NNFS011:\"\"|})] partial class Net;", "The layer name '' is not a C# identifier")]
    [InlineData("[Network(2), Dense(3, Name = {|NNFS011:\"two words\"|})] partial class Net;", "The layer name 'two words' is not a C# identifier")]
    [InlineData(
        "[Network(2), Dense(3, Name = {|NNFS011:\"1st\"|}), Dense(4, Name = \"Dense1\")] partial class Net;",
        "The layer name '1st' is not a C# identifier")]
    [InlineData("[Network(2), Dense(3, Name = {|NNFS011:\"@class\"|})] partial class Net;", "The layer name '@class' is not a C# identifier")]
    [InlineData("[Network(2), Dense(3, Name = {|NNFS011:\"a{b}\"|})] partial class Net;", "The layer name 'a{b}' is not a C# identifier")]
    [InlineData("[Network(2), Dense(3, Name = {|NNFS011:\"Dense\\u200D1\"|})] partial class Net;", "The layer name 'Dense\u200D1' is not a C# identifier")]
    [InlineData(
        "[Network(2), Dense(3, Name = {|NNFS011:\"_outputs\"|})] partial class Net;",
        "The layer name '_outputs' starts with '_', as the names of generated fields do")]
    [InlineData(
        "[Network(2), Dense(3, Name = {|other:\"A\"|}), ReLU(Name = {|NNFS011:\"A\"|})] partial class Net;",
        "The layer name 'A' is used twice; choose another")]
    [InlineData(
        "[Network(2), {|other:Dense(3)|}, Dense(4, Name = {|NNFS011:\"Dense1\"|})] partial class Net;",
        "The layer name 'Dense1' is the default name of a [Dense] before it; choose another")]
    [InlineData(
        "[Network(2), Dense(3, Name = {|other:\"Dense2\"|}), {|NNFS011:Dense(4)|}] partial class Net;",
        "The layer name 'Dense2' is the default here, but was given to a layer before this one; give one of them another")]
    [InlineData("[Network(2), Dense(3, Name = {|NNFS011:\"Net\"|})] partial class Net;", "The layer name 'Net' is taken by the class itself")]
    [InlineData("[Network(2), {|NNFS011:Dense(3)|}] partial class Dense1;", "The layer name 'Dense1' is taken by the class itself")]
    [InlineData("[Network(2), Dense(3, Name = {|NNFS011:nameof(Net.Predict)|})] partial class Net;", "The layer name 'Predict' is taken by a generated member")]
    [InlineData("[Network(2), Dense(3, Name = {|NNFS011:\"Workspace\"|})] partial class Net;", "The layer name 'Workspace' is taken by a generated member")]
    [InlineData(
        "[Network(2), Dense(3), Softmax(Name = {|NNFS011:\"Gradients\"|})] partial class Net;",
        "The layer name 'Gradients' is taken by a generated member")]
    [InlineData(
        "[Network(2), Dense(3, Name = {|NNFS011:\"Own\"|})] partial class Net { public int {|other:Own|} => 1; }",
        "The layer name 'Own' is taken by a member of 'Net'")]
    [InlineData(
        "[Network(2), {|NNFS011:Dense(3)|}] partial class Net { private void {|other:Dense1|}() { } }",
        "The layer name 'Dense1' is taken by a member of 'Net'")]
    [InlineData(
        "class Base { public int {|other:Own|} => 1; } [Network(2), Dense(3, Name = {|NNFS011:\"Own\"|})] partial class Net : Base;",
        "The layer name 'Own' is taken by a member of 'Base'")]
    [InlineData("[Network(2), Dense(3, Name = {|NNFS011:\"ToString\"|})] partial class Net;", "The layer name 'ToString' is taken by a member of 'Object'")]
    public Task Layer_name_that_cannot_be_a_member_is_reported_once(string source, string message) => ReportsAsync(source, "NNFS011: " + message);

    [Theory]
    [InlineData("[{|NNFS012:Dense(3)|}] partial class Net;")]
    [InlineData("[{|NNFS012:ReLU|}, Dense(3), SoftmaxCrossEntropy] class Net;")]
    [InlineData("[{|NNFS012:SoftmaxCrossEntropy|}] partial class Net; [Dense(3)] partial class Net;")]
    [InlineData("[System.Serializable, {|NNFS012:Nnfs.Softmax|}] sealed class Net;")]
    public async Task Layers_without_network_are_warned_of(string source) =>
        Assert.Empty((await ReportsAsync(source, "NNFS012: 'Net' has layers but no [Network]; nothing is generated for it")).Files);

    [Theory]
    [InlineData(
        "[Network(65536), Dense({|NNFS013:32768|}), Dense(32768, 3)] partial class Net;",
        $"'Dense1' brings the network to 2148565008 parameters with their padding, but one array holds at most {Most}; use smaller sizes")]
    [InlineData(
        "[Network(40000), Dense(40000), Dense({|NNFS013:40000|}), ReLU] partial class Net;",
        $"'Dense2' brings the network to 3201360032 parameters with their padding, but one array holds at most {Most}; use smaller sizes")]
    [InlineData(
        "[Network(1), Dense(neurons: {|NNFS013:1200000000|}, inputs: 1)] partial class Net;",
        $"'Dense1' brings the network to 4800000000 weights with the padding of their transpose, but one array holds at most {Most}; use smaller sizes")]
    [InlineData(
        "[Network(2), Dense({|NNFS013:int.MaxValue|}), SoftmaxCrossEntropy] partial class Net;",
        $"'Dense1' brings the network to 6442450941 parameters, but one array holds at most {Most}; use smaller sizes")]
    [InlineData(
        "[Network({|NNFS013:65536|}, 65536), Dense(3)] partial class Net;",
        $"'[Network]' brings the network to 4294967296 features, but one array holds at most {Most}; use smaller sizes")]
    [InlineData(
        "[Network({|NNFS013:int.MaxValue|}, int.MaxValue, int.MaxValue), Dense(3)] partial class Net;",
        $"'[Network]' brings the network to 9903520300447984150353281023 features, but one array holds at most {Most}; use smaller sizes")]
    [InlineData(
        "[Network({|NNFS013:2147483560|}), ReLU] partial class Net;",
        $"'[Network]' brings the network to 2147483560 features, but one array holds at most {Most}; use smaller sizes")]
    [InlineData(
        "[Network(1000000000), ReLU, ReLU, {|NNFS013:Softmax|}, ReLU, SoftmaxCrossEntropy] partial class Net;",
        $"'Softmax1' brings the network to 3000000048 activations, but one array holds at most {Most}; use smaller sizes")]
    public Task Network_that_is_too_large_is_reported_once(string source, string message) => ReportsAsync(source, "NNFS013: " + message);

    [Theory]
    [InlineData("[Network(1073741768), Softmax] partial class Net;")]
    [InlineData("[Network(275600), Dense(7792)] partial class Net;")]
    public async Task Network_that_just_fits_compiles(string source) => (await ReportsAsync(source)).AssertCompiles();

    [Fact]
    public Task Faults_of_a_class_are_all_reported_at_once() => ReportsAsync(
        """
        [Network({|NNFS003:0|}, {|NNFS003:-2|})]
        [Dense({|NNFS004:0|}, Name = {|NNFS011:"a b"|})]
        [ReLU]
        [{|other:Dense(4)|}]
        [Dense({|NNFS005:5|}, {|NNFS004:-6|})]
        [{|NNFS006:CategoricalCrossEntropy|}]
        [{|other:ReLU|}]
        class {|NNFS001:{|NNFS009:Net|}|}<T>;
        """,
        "NNFS003: The input shape of 'Net' must be one to four sizes of at least 1, but one is 0",
        "NNFS003: The input shape of 'Net' must be one to four sizes of at least 1, but one is -2",
        "NNFS004: 'Dense1_' must have at least 1 neuron, but has 0",
        "NNFS011: The layer name 'a b' is not a C# identifier",
        "NNFS005: 'Dense3' takes 5 inputs, but 'Dense2' gives 4",
        "NNFS004: 'Dense3' must have at least 1 neuron, but has -6",
        "NNFS006: The loss 'CategoricalCrossEntropy' must come last, but 'ReLU2' comes after it; move the loss to the end",
        "NNFS001: 'Net' must be partial, so that the network 'Net' can be generated into it",
        "NNFS009: 'Net' cannot be a network, because it is generic");

    [Fact]
    public Task Rules_without_a_fault_say_nothing() => ReportsAsync("""
        [Network(2)]
        [Dense(64)]
        [ReLU]
        [Dense(64, 3)]
        [SoftmaxCrossEntropy]
        public partial class Fused;

        [Network(2, 2), Dense(inputs: 4, neurons: 3), Softmax, CategoricalCrossEntropy]
        public partial class Separate;

        [Network(2), Dense(3), Softmax, Dense(3), SoftmaxCrossEntropy]
        public partial class SoftmaxElsewhere;

        internal sealed class NoNetwork;
        """);

    [Theory]
    [InlineData("[Network(0), Dense(3)]")]
    [InlineData("[Network, Dense(3)]")]
    [InlineData("[Network(2), Dense(0)]")]
    [InlineData("[Network(2), Dense(-1), ReLU, Dense(0), SoftmaxCrossEntropy]")]
    [InlineData("[Network(2), Dense(3, 4)]")]
    [InlineData("[Network(2), Dense(3), SoftmaxCrossEntropy, Dense(3)]")]
    [InlineData("[Network(2), Dense(3), Softmax, CategoricalCrossEntropy, SoftmaxCrossEntropy]")]
    [InlineData("[Network(2), Dense(3), CategoricalCrossEntropy]")]
    [InlineData("[Network(2), Dense(3), Dense(3, Name = \"Dense1\"), ReLU(Name = \"1\"), Softmax(Name = \"Predict\")]")]
    [InlineData("[Network(65536), Dense(32768)]")]
    [InlineData("[Network(2), Dense(int.MaxValue), ReLU, Dense(int.MaxValue, 7)]")]
    [InlineData("[Network(2), Dense(3), Dense(int.MaxValue), Dense(7), Softmax, SoftmaxCrossEntropy]")]
    [InlineData("[Network(65536, 65536), Dense(3)]")]
    [InlineData("[Network(2147483559), Dense(1), Dense(2147483559, Name = \"Wide\"), Softmax, SoftmaxCrossEntropy]")]
    public async Task Class_with_errors_has_its_members_and_refuses_to_run(string attributes)
    {
        GeneratorRun run = GeneratorHarness.Run($$"""
            using Nnfs;

            {{attributes}}
            public partial class Net;

            internal static class User
            {
                public static void Use(float[] values)
                {
                    Net net = new(seed: 1);
                    Net.Workspace pass = net.CreateWorkspace(batchSize: 1);
                    net.InitializeParameters(new NumpyRandom(1));
                    net.Predict(values, values);
                    net.Forward(values, pass);
                    net.Backward(values, values, pass);
                    new Sgd().Step(net.Parameters, pass.Gradients);
                    net.Dense1.Biases[0] = net.Dense1.Weights[0, 0] + pass.Dense1.Biases[0];
                    System.Console.WriteLine(Net.Summary + Net.OutputSize + Net.InputSize);
                    System.Console.WriteLine(SizeOf<Net>() + Net.ParameterCount);
                }

                private static int SizeOf<T>()
                    where T : INetwork<T> => T.InputSize;
            }
            """);

        run.AssertCompiles();
        await run.AssertRefusesAsync();
    }

    [Theory]
    [InlineData("[Network(2), Dense(3.5)]", "CS1503")]
    [InlineData("[Network(2), Dense(Unknown)]", "CS0103")]
    [InlineData("[Network(\"2\"), Dense(3)]", "CS1503")]
    [InlineData("[Network(2), Dense(3, Nome = \"A\")]", "CS0246")]
    [InlineData("[Network(2), Dense(3), ReLU(1)]", "CS1729")]
    public async Task Fault_that_the_compiler_reports_is_not_reported_again(string attributes, string id)
    {
        GeneratorRun run = GeneratorHarness.Run(
            $"using Nnfs; {attributes} public partial class Net; internal static class User {{ public static int Use() => new Net().Dense1.Biases.Length; }}");

        Assert.Contains(id, Assert.Single(run.CompilerProblems()), StringComparison.Ordinal);
        Assert.Empty(await run.AnalyzeAsync());
    }

    [Theory]
    [InlineData("[Network(2)][Unknown(3)]", "CS0246")]
    [InlineData("[Network(2), Unknown]", "CS0246")]
    [InlineData("[Network(2), Dens(64), ReLU, Dense(64, 3), SoftmaxCrossEntropy]", "CS0246")]
    [InlineData("[Network(2), Dense(3), Softmx, CategoricalCrossEntropy]", "CS0246")]
    [InlineData("[Network(2), Dense(3), SoftmaxCrossEntropy, Unknown]", "CS0246")]
    [InlineData("[Network(2), Dense(3), SoftmaxCrossEntropi]", "CS0246")]
    [InlineData("[Network(2), Nnfs.Conv(3), Dense(7, 3)]", "CS0234")]
    public async Task Layer_that_cannot_be_resolved_is_the_compilers_alone(string attributes, string id)
    {
        GeneratorRun run = GeneratorHarness.Run($$"""
            using Nnfs;

            {{attributes}}
            public partial class Net;

            internal static class User
            {
                public static void Use(float[] values, int[] labels)
                {
                    Net net = new(seed: 1);
                    Net.Workspace pass = net.CreateWorkspace(batchSize: 1);
                    net.Predict(values, values);
                    net.Forward(values, pass);
                    net.Backward(values, values, pass);
                }
            }
            """);

        // The compiler also looks for a class with the suffix Attribute.
        Assert.NotEmpty(run.CompilerProblems());
        Assert.All(run.CompilerProblems(), problem => Assert.Contains(id, problem, StringComparison.Ordinal));
        Assert.Empty(await run.AnalyzeAsync());
    }

    [Theory]
    [InlineData("[Network(2), Dense(3), SoftmaxCrossEntropi]", "net.Forward(values, labels, pass) + net.Classify(values)")]
    [InlineData("[Network(2), Dens(64), Dense(64, 3), SoftmaxCrossEntropy]", "net.Forward(values, labels, pass) + net.Dense1.Biases[0]")]
    public void Code_around_a_layer_that_cannot_be_resolved_compiles(string attributes, string use)
    {
        GeneratorRun run = GeneratorHarness.Run($$"""
            using Nnfs;

            {{attributes}}
            public partial class Net
            {
                internal static float Use(Net net, Workspace pass, float[] values, int[] labels) => {{use}};
            }
            """);

        Assert.NotEmpty(run.CompilerProblems());
        Assert.All(run.CompilerProblems(), static problem => Assert.Contains("CS0246", problem, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(
        "[Network(2), Unknown, Dense({|NNFS004:0|}), Dense(5, 4), {|other:Dense(3)|}, Dense({|NNFS005:4|}, 3)]",
        "'Dense1' must have at least 1 neuron, but has 0",
        "'Dense4' takes 4 inputs, but 'Dense3' gives 3")]
    public Task Fault_behind_a_layer_that_cannot_be_resolved_is_reported(string attributes, string first, string second) =>
        ReportsAsync(attributes + " partial class Net;", "NNFS004: " + first, "NNFS005: " + second);

    [Fact]
    public async Task Layer_of_somebody_elses_is_refused_by_the_compiler_alone()
    {
        GeneratorRun run = GeneratorHarness.Run(
            "using Nnfs; internal sealed class MineAttribute : LayerAttribute; [Network(2), Mine, Dense(64, 3)] public partial class Net;");

        Assert.Contains("CS0122", Assert.Single(run.CompilerProblems()), StringComparison.Ordinal);
        Assert.Empty(await run.AnalyzeAsync());
    }

    [Fact]
    public void Rules_have_the_severities_of_the_catalogue()
    {
        Assert.Equal(
            Enumerable.Range(1, 20).Concat(Enumerable.Range(22, 8)).Concat([31, 32, 33, 34, 221, 222, 223, 224]).Select(static number =>
                $"NNFS{number:000}: {(number is 8 or 12 or 22 or 23 ? DiagnosticSeverity.Warning : DiagnosticSeverity.Error)}"),
            new NetworkAnalyzer().SupportedDiagnostics.Select(static rule => $"{rule.Id}: {rule.DefaultSeverity}").Order(StringComparer.Ordinal));

        Assert.All(new NetworkAnalyzer().SupportedDiagnostics, static rule =>
        {
            Assert.True(rule.IsEnabledByDefault);
            Assert.NotEmpty(rule.Title.ToString(CultureInfo.InvariantCulture));
        });
    }

    private static Task<GeneratorRun> ReportsAsync(string source, params string[] messages) =>
        new MarkedSource("using Nnfs; " + source).AssertReportsAsync(messages);
}
