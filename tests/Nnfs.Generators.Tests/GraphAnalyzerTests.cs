using Microsoft.CodeAnalysis;

namespace Nnfs.Generators.Tests;

/// <summary>The rules of graphs, of inputs and outputs, and of settings: where each is reported, what it says, and that one mistake is one report.</summary>
public sealed class GraphAnalyzerTests
{
    [Theory]
    [InlineData(
        "[Network(2), Dense(3, Name = \"trunk\"), Dense(3), Add({|NNFS014:\"trunc\"|}, \"Dense2\")]",
        "'Add1' reads 'trunc', but no layer or input has that name; did you mean 'trunk'?")]
    [InlineData(
        "[Network(2), Dense(3, Name = \"trunk\"), Dense(3), Add(\"Dense2\", {|NNFS014:\"TRUNK\"|})]",
        "'Add1' reads 'TRUNK', but no layer or input has that name; did you mean 'trunk'?")]
    [InlineData(
        "[Network(2), Dense(3), ReLU, Dense(3), Multiply(new[] { \"ReLU1\", {|NNFS014:\"Dense3\"|} })]",
        "'Multiply1' reads 'Dense3', but no layer or input has that name; did you mean 'Dense1'?")]
    [InlineData(
        "[Network(2), Dense(3), Dense(3), Concat(sources: new string[] { {|NNFS014:\"elsewhere\"|}, \"Dense1\" })]",
        "'Concat1' reads 'elsewhere', but no layer or input has that name")]
    [InlineData(
        "[Network(2), Dense(3, Name = \"hidden\"), ReLU, Dense(3), Add({|NNFS014:\"hiden\"|}, \"ReLU1\", \"Dense2\")]",
        "'Add1' reads 'hiden', but no layer or input has that name; did you mean 'hidden'?")]
    [InlineData(
        "[Network(2), Dense(3), Dense(3), Concat(sources: [{|NNFS014:\"elsewhere\"|}, \"Dense1\"])]",
        "'Concat1' reads 'elsewhere', but no layer or input has that name")]
    [InlineData("[Network(2), Dense(3), Dense(4, From = {|NNFS014:\"inputs\"|}, Name = \"B\")]", "'B' reads 'inputs', but no layer or input has that name")]
    [InlineData(
        "[Network(2), Dense(3), Dense(9, 4, From = {|NNFS014:Source|})]",
        "'Dense2' reads 'Dense', but no layer or input has that name; did you mean 'Dense1'?",
        "{ const string Source = \"Den\" + \"se\"; }")]
    [InlineData(
        "[Network(2), Dense(3), Softmax(From = {|NNFS014:nameof(Other)|})]",
        "'Softmax1' reads 'Other', but no layer or input has that name",
        "{ int Other() => 1; }")]
    [InlineData("[Network(2), Dense(3), ReLU(From = {|NNFS014:\"\"|})]", "'ReLU1' reads '', but no layer or input has that name")]
    [InlineData("[Network(2), Dense(3, Name = \"a\"), ReLU(From = {|NNFS014:\"b\"|})]", "'ReLU1' reads 'b', but no layer or input has that name")]
    [InlineData(
        "[Network(2), Dense(3), SoftmaxCrossEntropy, Output(\"p\"), Dense(3, From = {|NNFS014:\"SoftmaxCrossEntropy\"|}), Output(\"q\")]",
        "'Dense2' reads 'SoftmaxCrossEntropy', but no layer or input has that name")]
    [InlineData(
        "[Network, Input(\"state\", 2), Input(\"action\", 2), Add({|NNFS014:\"States\"|}, \"action\")]",
        "'Add1' reads 'States', but no layer or input has that name; did you mean 'state'?")]
    public Task Source_that_does_not_exist_is_reported_once(string attributes, string message, string body = ";") =>
        ReportsAsync($"{attributes} partial class Net{body}", "NNFS014: " + message);

    [Theory]
    [InlineData("[Network(2), Dense(3, From = {|NNFS015:\"late\"|}), {|other:ReLU(Name = \"late\")|}]", "'Dense1' reads 'late', which comes after it")]
    [InlineData("[Network(2), Dense(3), Add(\"Dense1\", {|NNFS015:\"Dense2\"|}), {|other:Dense(3)|}]", "'Add1' reads 'Dense2', which comes after it")]
    [InlineData("[Network(2), {|other:Dense(3, From = {|NNFS015:\"Dense1\"|})|}]", "'Dense1' reads 'Dense1', which is the layer itself")]
    [InlineData(
        "[Network(2), Dense(3), {|other:Multiply(\"Dense1\", {|NNFS015:\"Multiply1\"|})|}]",
        "'Multiply1' reads 'Multiply1', which is the layer itself")]
    [InlineData(
        "[Network(2), Dense(3), {|other:Output(\"value\")|}, Dense(3, From = {|NNFS015:\"value\"|}), Output(\"next\")]",
        "'Dense2' reads 'value', which is an output, not a layer")]
    [InlineData(
        "[Network, Input(\"a\", 2), Add(\"a\", {|NNFS015:\"b\"|}), {|other:Input(\"b\", 2)|}, Add(\"Add1\", \"a\")]",
        "'Add1' reads 'b', which comes after it")]
    public Task Source_that_does_not_stand_before_is_reported_once(string attributes, string message) =>
        ReportsAsync($"{attributes} partial class Net;", "NNFS015: " + message);

    [Theory]
    [InlineData("[Network, {|NNFS016:Input(\"state\", 2)|}, Input(\"action\", 3), Dense(4)]", "state")]
    [InlineData("[Network, Input(\"state\", 2), Dense(4), {|NNFS016:Input(\"action\", 3)|}, Dense(4, From = \"Dense1\")]", "action")]
    [InlineData("[Network(2), Dense(3), {|NNFS016:Dense(4)|}, Dense(3, From = \"Dense1\")]", "Dense2")]
    [InlineData(
        "[Network(2), Dense(3), Dense(4), {|NNFS016:ReLU|}, Add(\"Dense1\", \"Dense1\"), Add(\"Dense2\", \"Dense2\"), Concat(\"Add1\", \"Add2\")]",
        "ReLU1")]
    [InlineData("[Network(2), Dense(3), Output(\"value\"), {|NNFS016:Dense(4)|}]", "Dense2")]
    public Task Layer_or_input_that_nothing_reads_is_reported(string attributes, string name) =>
        ReportsAsync($"{attributes} partial class Net;", $"NNFS016: Nothing reads '{name}': neither a later layer nor an output");

    [Theory]
    [InlineData(
        "[Network(2), Dense(3), {|other:Dense(4)|}, Add(\"Dense1\", {|NNFS017:\"Dense2\"|}), Dense(9)]",
        "'Add1' joins 'Dense1' of 3 values with 'Dense2' of 4 values: [Add] takes values of the same shape")]
    [InlineData(
        "[Network(2), Dense(1), {|other:Dense(4)|}, Multiply(new[] { \"Dense1\", {|NNFS017:\"Dense2\"|}, \"Dense1\" }, Name = \"Gate\")]",
        "'Gate' joins 'Dense1' of 1 value with 'Dense2' of 4 values: [Multiply] takes values of the same shape")]
    [InlineData(
        "[Network, Input(\"a\", 2, 3), {|other:Input(\"b\", 5)|}, Add(\"a\", {|NNFS017:\"b\"|}), Dense(6, 1)]",
        "'Add1' joins 'a' of 2 × 3 = 6 values with 'b' of 5 values: [Add] takes values of the same shape")]
    public Task Sizes_that_differ_are_reported_with_both(string attributes, string message) =>
        ReportsAsync($"{attributes} partial class Net;", "NNFS017: " + message);

    [Fact]
    public Task Each_size_that_differs_is_reported() => ReportsAsync(
        "[Network(2), Dense(3), {|other:Dense(4)|}, {|other:Dense(5)|}, Add(\"Dense1\", {|NNFS017:\"Dense2\"|}, {|NNFS017:\"Dense3\"|})] partial class Net;",
        "NNFS017: 'Add1' joins 'Dense1' of 3 values with 'Dense2' of 4 values: [Add] takes values of the same shape",
        "NNFS017: 'Add1' joins 'Dense1' of 3 values with 'Dense3' of 5 values: [Add] takes values of the same shape");

    [Theory]
    [InlineData("[Network(2), Dense(3), {|NNFS018:Add|}]", "'Add1' needs the names of two or more layers or inputs, but has 0")]
    [InlineData("[Network(2), Dense(3), {|NNFS018:Concat(\"Dense1\")|}]", "'Concat1' needs the names of two or more layers or inputs, but has 1")]
    [InlineData("[Network(2), Dense(3), {|NNFS018:Add(new string[0])|}, Dense(3, 5)]", "'Add1' needs the names of two or more layers or inputs, but has 0")]
    [InlineData("[Network(2), Dense(3), {|NNFS018:Multiply(null!)|}]", "'Multiply1' needs the names of two or more layers or inputs, but has 0")]
    [InlineData("[Network(2), Dense(3), Dense(3), {|NNFS018:Add(Name = \"Sum\")|}]", "'Sum' needs the names of two or more layers or inputs, but has 0")]
    [InlineData("[Network(2), Dense(3), Dense(3), Add(\"Dense1\", {|NNFS018:null!|})]", "'Add1' reads null; write the name of a layer or input")]
    [InlineData(
        "[Network(2), Dense(3), Dense(3), Add(\"Dense1\", \"Dense2\", From = {|NNFS018:\"Dense1\"|})]",
        "'Add1' must name what it reads in its arguments; remove From")]
    [InlineData(
        "[{|other:Network(2)|}, {|NNFS018:Input(\"x\", 2)|}, Dense(3)]",
        "'x' cannot be combined with the shape of [Network], which declares the only input; remove that shape")]
    [InlineData(
        "[{|other:Network(new[] { 2 })|}, {|NNFS018:Input(\"x\", 2)|}, Input(\"y\", 2), Add(\"x\", \"y\")]",
        "'x' cannot be combined with the shape of [Network], which declares the only input; remove that shape")]
    [InlineData(
        "[Network, {|NNFS018:Dense(3, 3)|}, {|other:Input(\"x\", 2)|}, Concat(\"x\", \"Dense1\")]",
        "'Dense1' has nothing to read, because no input comes before it; move it after an [Input]")]
    [InlineData("[Network(2), {|NNFS018:MeanSquaredError|}]", "'MeanSquaredError' has no layer before it whose outputs it could compare; put one there")]
    [InlineData(
        "[Network(2), {|NNFS018:SigmoidBinaryCrossEntropy|}, Output(\"p\")]",
        "'SigmoidBinaryCrossEntropy' has no layer before it whose outputs it could compare; put one there")]
    [InlineData(
        "[Network(2), Dense(3), MeanSquaredError, Output(\"a\"), Dense(1), {|NNFS018:Huber|}]",
        "'Huber' has no [Output] after it; where outputs are declared, each loss needs one")]
    [InlineData(
        "[Network, Input(\"x\", 2), {|NNFS018:Output(\"copy\")|}, Dense(3), Output(\"y\")]",
        "'copy' returns an input unchanged, because no layer comes before it; put one there")]
    [InlineData(
        "[Network(2), {|NNFS018:Output(\"copy\")|}, Dense(3), Output(\"y\")]",
        "'copy' returns an input unchanged, because no layer comes before it; put one there")]
    public Task Graph_that_is_incomplete_is_reported_once(string attributes, string message) =>
        ReportsAsync($"{attributes} partial class Net;", "NNFS018: " + message);

    [Theory]
    [InlineData("Dense(3), Dropout(0), Dropout(0.99f)")]
    [InlineData("Dense(3), LeakyReLU(0), LeakyReLU(1), ELU(float.Epsilon), ELU(float.MaxValue)")]
    [InlineData(
        "Dense(3, WeightL1 = 0, WeightL2 = 1e30f, BiasL1 = 0.1f, BiasL2 = float.Epsilon), BatchNorm(Momentum = 0), BatchNorm(Momentum = 1), " +
        "Huber(1e-9f, Weight = 100)")]
    [InlineData("Dense(3), SoftmaxCrossEntropy(LabelSmoothing = 0.999f, Weight = 0.5f)")]
    [InlineData("Dense(3), GELU(Form = GELUForm.Exact), GELU(Form = GELUForm.Tanh)")]
    [InlineData("Dense(3), Add(\"Dense1\", \"Dense1\"), Dense(3, From = null), Output(\"only\")")]
    [InlineData("SoftmaxCrossEntropy, Output(\"p\")")]
    public async Task Setting_at_the_end_of_its_range_compiles(string layers) =>
        (await ReportsAsync($"[Network(2), {layers}] public partial class Net;")).AssertCompiles();

    [Theory]
    [InlineData("[Network, {|NNFS003:Input(\"x\")|}, Dense(3)]", "x", "it is missing")]
    [InlineData("[Network, {|NNFS003:Input(\"x\", new int[0])|}, Dense(5, 3)]", "x", "it is missing")]
    [InlineData("[Network, {|NNFS003:Input(\"x\", null!)|}, Dense(3)]", "x", "it is missing")]
    [InlineData("[Network, Input(\"x\", {|NNFS003:0|}), Dense(3)]", "x", "one is 0")]
    [InlineData("[Network, Input(\"x\", 2, {|NNFS003:-3|}, 4), Dense(3)]", "x", "one is -3")]
    [InlineData("[Network, Input(name: \"x\", shape: new[] { 2, {|NNFS003:0|} }), Dense(3)]", "x", "one is 0")]
    [InlineData("[Network, Input(\"x\", 2), Input(\"y\", {|NNFS003:-1|}), Add(\"x\", \"y\"), Dense(3)]", "y", "one is -1")]
    public Task Shape_of_an_input_that_is_missing_or_not_positive_is_reported(string attributes, string name, string fault) =>
        ReportsAsync($"{attributes} partial class Net;", $"NNFS003: The input shape of '{name}' must be one to four sizes of at least 1, but {fault}");

    [Fact]
    public Task Input_that_is_too_large_is_reported() => ReportsAsync(
        "[Network, Input(\"x\", {|NNFS013:65536|}, 65536), Dense(3)] partial class Net;",
        "NNFS013: '[Input]' brings the network to 4294967296 features, but one array holds at most 2147483559; use smaller sizes");

    [Theory]
    [InlineData("[Network, Input(\"x\", 2)]")]
    [InlineData("[Network, Input(\"x\", 2), Input(\"y\", 2)]")]
    [InlineData("[Network(2), Output(\"y\")]")]
    [InlineData("[Network, Input(\"x\", 2), Output(\"y\"), Input(\"z\", 2), Output(\"w\")]")]
    public Task Network_of_inputs_and_outputs_alone_has_no_layers(string attributes) =>
        ReportsAsync($"{attributes} partial class {{|NNFS002:Net|}};", "NNFS002: The network 'Net' has no layers");

    [Theory]
    [InlineData(
        "[Network(2), Dense(3), {|NNFS006:MeanSquaredError|}, {|other:Dense(1)|}, Output(\"a\")]",
        "The loss 'MeanSquaredError' must come directly before its [Output], but 'Dense2' comes after it; move the loss, or put an [Output] between them")]
    [InlineData(
        "[Network(2), Dense(3), {|NNFS006:MeanSquaredError|}, {|other:Dense(1)|}, Huber, Output(\"a\")]",
        "The loss 'MeanSquaredError' must come directly before its [Output], but 'Dense2' comes after it; move the loss, or put an [Output] between them")]
    [InlineData(
        "[Network(2), Dense(3), {|other:MeanSquaredError|}, {|NNFS006:Huber|}, Output(\"a\")]",
        "The loss 'Huber' is the second of one output, after 'MeanSquaredError'; remove one of them, or put an [Output] between them")]
    [InlineData(
        "[Network(2), Dense(3), Output(\"a\"), Dense(1), {|NNFS006:MeanSquaredError|}, {|other:ReLU|}, Output(\"b\")]",
        "The loss 'MeanSquaredError' must come directly before its [Output], but 'ReLU1' comes after it; move the loss, or put an [Output] between them")]
    public Task Loss_in_the_middle_is_reported_for_its_output(string attributes, string message) =>
        ReportsAsync($"{attributes} partial class Net;", "NNFS006: " + message);

    [Theory]
    [InlineData(
        "[Network(2), {|other:Dense(1)|}, {|NNFS007:BinaryCrossEntropy|}]",
        "'BinaryCrossEntropy' takes the probabilities of a Sigmoid, but 'Dense1' comes before it")]
    [InlineData(
        "[Network(2), Dense(1), {|other:Softmax|}, {|NNFS007:BinaryCrossEntropy(Weight = 2)|}]",
        "'BinaryCrossEntropy' takes the probabilities of a Sigmoid, but 'Softmax1' comes before it")]
    [InlineData(
        "[Network(2), Dense(1), {|other:Sigmoid|}, {|NNFS007:CategoricalCrossEntropy|}]",
        "'CategoricalCrossEntropy' takes the probabilities of a Softmax, but 'Sigmoid1' comes before it")]
    [InlineData(
        "[{|other:Network(2)|}, {|NNFS007:BinaryCrossEntropy|}]",
        "'BinaryCrossEntropy' takes the probabilities of a Sigmoid, but the network's input comes before it")]
    [InlineData(
        "[Network, {|other:Input(\"x\", 2)|}, {|NNFS007:BinaryCrossEntropy|}, Output(\"y\")]",
        "'BinaryCrossEntropy' takes the probabilities of a Sigmoid, but 'x' comes before it")]
    public Task Cross_entropy_without_its_probabilities_is_reported(string attributes, string message) =>
        ReportsAsync($"{attributes} partial class Net;", "NNFS007: " + message);

    [Theory]
    [InlineData("[Network(2), Dense(3), {|NNFS008:Sigmoid|}, {|other:SigmoidBinaryCrossEntropy|}]", "Sigmoid1")]
    [InlineData("[Network(2), {|NNFS008:Sigmoid(Name = \"Gate\")|}, {|other:SigmoidBinaryCrossEntropy|}, Output(\"p\"), Dense(3), Output(\"q\")]", "Gate")]
    public Task Sigmoid_before_its_cross_entropy_is_warned_of(string attributes, string name) => ReportsAsync(
        $"{attributes} partial class Net;",
        $"NNFS008: '{name}' comes directly before 'SigmoidBinaryCrossEntropy', " +
        "which takes logits and applies a sigmoid itself: the sigmoid is computed twice");

    [Theory]
    [InlineData("[Network(2), Dense(3), Sigmoid, BinaryCrossEntropy(Weight = 2)]")]
    [InlineData("[Network(2), Dense(3), Softmax, Output(\"p\"), CategoricalCrossEntropy, Output(\"q\")]")]
    [InlineData("[Network, Input(\"only\", 2), Dense(3), Output(\"single\")]")]
    [InlineData("[Network, Input(\"scratch\", 2), Dense(3), MeanSquaredError(Weight = 3), Output(\"workspace\")]")]
    [InlineData("[Network(new int[0]), Input(\"x\", 2), Dense(3, From = \"x\"), Add(\"Dense1\", \"Dense1\"), MeanAbsoluteError]")]
    [InlineData(
        "[Network, Input(\"event\", 2), Input(\"class\", 3), Concat(\"event\", \"class\"), Dense(3), SoftmaxCrossEntropy, Output(\"params\"), " +
        "Dense(1, From = \"event\"), Huber, Output(\"default\")]")]
    [InlineData(
        "[Network, Input(\"input\", 2), Input(\"context\", 3), Concat(\"input\", \"context\"), Dense(3), Output(\"output\"), Dense(2), " +
        "SigmoidBinaryCrossEntropy, Output(\"relu1\"), ReLU, MeanSquaredError, Output(\"dense1Outputs\")]")]
    [InlineData(
        "[Network, Input(\"State\", 2), Input(\"größe\", 3), Multiply(\"State\", \"State\"), Concat(\"Multiply1\", \"größe\"), Dense(1), MeanSquaredError, " +
        "Output(\"Δ\")]")]
    [InlineData(
        "[Network, Input(\"relu1Output\", 2), Input(\"relu1\", 2), Add(\"relu1\", \"relu1Output\"), ReLU, Sigmoid, ReLU(Name = \"Twice\"), " +
        "MeanSquaredError, Output(\"twice_\"), Dense(2), SoftmaxCrossEntropy, Output(\"dense1\" + \"0\")]")]
    [InlineData(
        "[Network(2), Dense(2), SoftmaxCrossEntropy, Output(\"outputs\"), Dense(2), Output(\"targets\"), Dense(2), SoftmaxCrossEntropy, Output(\"labels\")]")]
    public async Task Graph_without_a_fault_compiles(string attributes) => (await ReportsAsync($"{attributes} public partial class Net;")).AssertCompiles();

    [Theory]
    [InlineData(
        "[Network, Input({|other:\"x\"|}, 2), Input({|NNFS011:\"x\"|}, 2), Concat(\"x\", \"Input2_\"), Dense(3)]",
        "The input name 'x' is used twice; choose another")]
    [InlineData(
        "[Network, Input({|other:\"x\"|}, 2), Input({|NNFS011:\"X\"|}, 2), Concat(\"x\", \"Input2_\"), Dense(3)]",
        "The input name 'X' is used twice; choose another")]
    [InlineData(
        "[Network(2), Dense(3), Output({|other:\"y\"|}), Dense(3), Output({|NNFS011:\"y\"|})]",
        "The output name 'y' is used twice; choose another")]
    [InlineData("[Network, Input({|other:\"x\"|}, 2), Dense(3), Output({|NNFS011:\"x\"|})]", "The output name 'x' is used twice; choose another")]
    [InlineData(
        "[Network(2), {|other:Dense(3)|}, Output({|NNFS011:\"Dense1\"|})]",
        "The output name 'Dense1' is the default name of a [Dense] before it; choose another")]
    [InlineData(
        "[Network, Input({|other:\"relU1\"|}, 2), Dense(3), ReLU(Name = {|NNFS011:\"RelU1\"|})]",
        "The layer name 'RelU1' is used twice; choose another")]
    [InlineData("[Network, Input({|NNFS011:\"two words\"|}, 2), Dense(3)]", "The input name 'two words' is not a C# identifier")]
    [InlineData("[Network, Input({|NNFS011:\"@event\"|}, 2), Dense(3)]", "The input name '@event' is not a C# identifier")]
    [InlineData("[Network(2), Dense(3), Output({|NNFS011:\"\"|})]", "The output name '' is not a C# identifier")]
    [InlineData("[Network(2), Dense(3), Output({|NNFS011:null!|})]", "The output name 'null' is not a name")]
    [InlineData("[Network, Input({|NNFS011:null!|}, 2), Dense(3)]", "The input name 'null' is not a name")]
    [InlineData("[Network, Input(shape: new[] { 2 }, name: {|NNFS011:null!|}), Dense(3)]", "The input name 'null' is not a name")]
    [InlineData("[Network, Input({|NNFS011:\"_x\"|}, 2), Dense(3)]", "The input name '_x' starts with '_', as the names of generated fields do")]
    [InlineData(
        "[Network(2), Dense(3), Output({|NNFS011:\"workspace\"|}), Dense(3), Output(\"b\")]",
        "The output name 'workspace' is taken by a variable in generated methods")]
    [InlineData(
        "[Network(2), Dense(3), Output({|NNFS011:\"Workspace\"|}), Dense(3), Output(\"b\")]",
        "The output name 'Workspace' adds the member 'Workspace', which every workspace has")]
    [InlineData(
        "[Network(2), Dense(3), Output({|NNFS011:\"gradients\"|}), Dense(3), Output(\"b\")]",
        "The output name 'gradients' adds the member 'Gradients', which every workspace has")]
    [InlineData(
        "[Network(2), Dense(3), MeanSquaredError, Output({|NNFS011:\"regularization\"|}), Dense(3), Output(\"b\")]",
        "The output name 'regularization' adds the member 'RegularizationLoss', which every workspace has")]
    [InlineData(
        "[Network(2), Dense(3), Output({|other:\"a\"|}), Dense(3), Output({|NNFS011:\"aSize\"|})]",
        "The output name 'aSize' adds the name 'ASize', which 'a' adds too")]
    [InlineData(
        "[Network, Input({|other:\"policyTargets\"|}, 2), Dense(3), MeanSquaredError, Output({|NNFS011:\"policy\"|}), Dense(3), Output(\"b\")]",
        "The output name 'policy' adds the name 'PolicyTargets', which 'policyTargets' adds too")]
    [InlineData(
        "[Network, Input({|NNFS011:\"outputs\"|}, 2), Input(\"b\", 3), Concat(\"Input1_\", \"b\"), Dense(3)]",
        "The input name 'outputs' adds the name 'Outputs', which 'outputs' adds too")]
    [InlineData(
        "[Network(2), Dense(3), Output({|NNFS011:\"inputs\"|}), Dense(3), Output(\"b\")]",
        "The output name 'inputs' adds the name 'Inputs', which 'inputs' adds too")]
    [InlineData(
        "[Network, Input({|NNFS011:\"state\"|}, 2), Input(\"b\", 3), Concat(\"Input1_\", \"b\"), Dense(3)]",
        "The input name 'state' adds the member 'StateSize', which 'Net' already has",
        "{ public const int {|other:StateSize|} = 2; }")]
    [InlineData(
        "[Network, Input(\"state\", 2), Input(\"b\", 3), Concat(\"state\", \"b\"), Dense(3, Name = {|NNFS011:\"StateSize\"|})]",
        "The layer name 'StateSize' is taken by a generated member")]
    [InlineData(
        "[Network, Input(\"state\", 2), Input(\"b\", 3), Concat(\"state\", \"b\"), Dense(3, Name = {|NNFS011:\"StateGradients\"|})]",
        "The layer name 'StateGradients' is taken by a generated member")]
    [InlineData(
        "[Network(2), Dense(3, Name = {|NNFS011:\"PolicyLoss\"|}), Output(\"policy\"), Dense(3), Output(\"b\")]",
        "The layer name 'PolicyLoss' is taken by a generated member")]
    public Task Name_of_an_input_or_output_that_cannot_be_is_reported_once(string attributes, string message, string body = ";") =>
        ReportsAsync($"{attributes} partial class Net{body}", "NNFS011: " + message);

    [Fact]
    public Task Network_whose_member_is_called_as_the_class_is_reported() => ReportsAsync(
        "[Network, Input({|NNFS011:\"state\"|}, 2), Input(\"b\", 3), Concat(\"Input1_\", \"b\"), Dense(3)] partial class StateSize;",
        "NNFS011: The input name 'state' adds the member 'StateSize', which is the name of the class itself");

    [Theory]
    [InlineData("[{|NNFS012:Input(\"x\", 2)|}, Dense(2, 3)] class Net;")]
    [InlineData("[{|NNFS012:Output(\"x\")|}] class Net;")]
    public Task Inputs_without_network_are_warned_of(string source) =>
        ReportsAsync(source, "NNFS012: 'Net' has layers but no [Network]; nothing is generated for it");

    [Fact]
    public Task Layers_of_a_graph_on_several_declarations_are_reported() => ReportsAsync(
        "[Network, Input(\"x\", 2)] partial class {|other:Net|}; [Dense(3), Output(\"y\")] partial class {|NNFS010:Net|};",
        "NNFS010: The layers of 'Net' are spread over 2 partial declarations, whose order is undefined; put them on one");

    [Fact]
    public Task Faults_of_a_graph_are_all_reported_at_once() => ReportsAsync(
        """
        [Network]
        [Input("state", 4)]
        [{|NNFS016:Input("unused", {|NNFS003:0|})|}]
        [Dense(8, From = "state", WeightL2 = {|NNFS019:-1|}, Name = "trunk")]
        [{|other:Dropout({|NNFS019:1.5f|})|}]
        [{|other:Dense({|NNFS005:9|}, 6)|}]
        [Add("trunk", {|NNFS017:"Dense2"|})]
        [{|other:Dense(3, From = {|NNFS014:"trunkk"|})|}]
        [{|NNFS007:CategoricalCrossEntropy(Weight = {|NNFS019:0|})|}]
        [Output("policy")]
        [Dense(1, From = {|NNFS015:"last"|})]
        [MeanSquaredError]
        [Output({|NNFS011:"a b"|})]
        [{|other:Dense(2, Name = "last")|}]
        [{|NNFS018:Huber|}]
        partial class Net;
        """,
        "NNFS016: Nothing reads 'unused': neither a later layer nor an output",
        "NNFS003: The input shape of 'unused' must be one to four sizes of at least 1, but one is 0",
        "NNFS019: The WeightL2 of 'trunk' must be at least 0 and finite, but is -1",
        "NNFS019: The rate of 'Dropout1' must be from 0 to less than 1, but is 1.5",
        "NNFS005: 'Dense2' takes 9 inputs, but 'Dropout1' gives 8",
        "NNFS017: 'Add1' joins 'trunk' of 8 values with 'Dense2' of 6 values: [Add] takes values of the same shape",
        "NNFS014: 'Dense3' reads 'trunkk', but no layer or input has that name; did you mean 'trunk'?",
        "NNFS007: 'CategoricalCrossEntropy' takes the probabilities of a Softmax, but 'Dense3' comes before it",
        "NNFS019: The weight of 'CategoricalCrossEntropy' must be more than 0 and finite, but is 0",
        "NNFS015: 'Dense4' reads 'last', which comes after it",
        "NNFS011: The output name 'a b' is not a C# identifier",
        "NNFS018: 'Huber' has no [Output] after it; where outputs are declared, each loss needs one");

    [Theory]
    [InlineData("[Network(2), Dense(3), Dropout]", "CS7036")]
    [InlineData("[Network(2), Dense(3), Add(1, 2)]", "CS1503")]
    [InlineData("[Network(2), Dense(3), Add(\"Dense1\", 2)]", "CS1503")]
    [InlineData("[Network(2), Dense(3), Add(\"Dense1\", Missing)]", "CS0103")]
    [InlineData("[Network(2), Dense(3), Dense(4), Dense(3, 4, From = 3)]", "CS0029")]
    [InlineData("[Network(2), Dense(3), Dense(4), Dense(3, 4, From = Missing)]", "CS0103")]
    [InlineData("[Network(2), Dense(3), Dense(4), Concat(\"Dense1\", \"Dense2\", Axis = 1)]", "CS0246")]
    [InlineData("[Network, Input, Dense(3)]", "CS7036")]
    [InlineData("[Network, Input(), Dense(3)]", "CS7036")]
    [InlineData("[Network, Input(3), Dense(3)]", "CS1503")]
    [InlineData("[Network, Input(\"x\", \"3\"), Dense(3)]", "CS1503")]
    [InlineData("[Network, Input(Missing, 3), Dense(3)]", "CS0103")]
    [InlineData("[Network(2), Dense(3), Output]", "CS7036")]
    [InlineData("[Network(2), Dense(3), Output(3)]", "CS1503")]
    [InlineData("[Network(2), Dense(3), Huber(\"1\")]", "CS1503")]
    [InlineData("[Network(2), Dense(3), SoftmaxCrossEntropy(Weight = \"1\")]", "CS0029")]
    [InlineData("[Network(2), Dense(3, Name = \"unread\"), Conv(4), Dense(3, From = \"Conv1\"), Add(\"anything\", \"Dense1\")]", "CS0246")]
    public async Task Fault_that_the_compiler_reports_is_not_reported_again(string attributes, string id)
    {
        GeneratorRun run = GeneratorHarness.Run(
            $"using Nnfs; {attributes} public partial class Net; internal static class User {{ public static int Use() => new Net().Parameters.Length; }}");

        Assert.NotEmpty(run.CompilerProblems());
        Assert.All(run.CompilerProblems(), problem => Assert.Contains(id, problem, StringComparison.Ordinal));
        Assert.Empty(await run.AnalyzeAsync());
    }

    [Theory]
    [InlineData("[Network(2), Dense(3), Dense(3, From = \"nowhere\")]")]
    [InlineData("[Network(2), Dense(3), Dense(4), Add(\"Dense1\", \"Dense2\")]")]
    [InlineData("[Network(2), Dense(3), Add]")]
    [InlineData("[Network(2), Dense(3, From = \"Dense1\"), Multiply(\"Dense1\", null!)]")]
    [InlineData("[Network(2), Input(\"x\", 3), Dense(3)]")]
    [InlineData("[Network(2), Dense(3), Dropout(7), BatchNorm(Epsilon = float.NaN), ELU(-1)]")]
    [InlineData("[Network(2), Dense(3, WeightL1 = -1), Softmax, LeakyReLU(2), LayerNorm(Epsilon = 0), Output(\"two words\")]")]
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
                    net.Predict(values, values);
                    net.Forward(values, pass);
                    net.Backward(values, values, pass);
                    new Sgd().Step(net.Parameters, pass.Gradients);
                    net.Dense1.Biases[0] = net.Dense1.Weights[0, 0];
                    System.Console.WriteLine(Net.Summary + Net.OutputSize + Net.InputSize);
                }
            }
            """);

        run.AssertCompiles();
        await run.AssertRefusesAsync();
    }

    [Theory]
    [InlineData(
        "[Network, Input(\"state\", 2), Input(\"action\", 0), Dense(3), SoftmaxCrossEntropy, Output(\"policy\"), Dense(1), MeanSquaredError, " +
        "Output(\"value\")]")]
    [InlineData(
        "[Network, Input(\"state\", 2), Input(\"action\", 2), Add(\"state\", \"actoin\"), SoftmaxCrossEntropy, Output(\"policy\"), " +
        "Dense(1, From = \"state\"), Huber(-1), Output(\"value\")]")]
    [InlineData(
        "[Network, Input(\"state\", 2), Input(\"action\", 2), Concat(\"state\", \"action\"), CategoricalCrossEntropy(Weight = -1), Output(\"policy\"), " +
        "MeanSquaredError, ReLU, Output(\"value\")]")]
    [InlineData("[Network, Dense(3), Input(\"state\", 2), Input(\"action\", 2), SoftmaxCrossEntropy, Output(\"policy\"), MeanSquaredError, Output(\"value\")]")]
    public async Task Class_with_errors_has_the_members_of_its_inputs_and_outputs(string attributes)
    {
        GeneratorRun run = GeneratorHarness.Run($$"""
            using Nnfs;

            {{attributes}}
            public partial class Net;

            internal static class User
            {
                public static float Use(float[] values, int[] labels)
                {
                    Net net = new(seed: 1);
                    Net.Workspace pass = net.CreateWorkspace(batchSize: 1);
                    net.Predict(state: values, action: values, policy: values, value: values);
                    net.Forward(values, values, pass);
                    net.Backward(values, values, policyTargets: values, valueTargets: values, pass);
                    System.Console.WriteLine(Net.StateSize + Net.ActionSize + Net.PolicySize + Net.ValueSize);

                    return net.Forward(values, values, policyLabels: labels, valueTargets: values, pass)
                        + pass.PolicyLoss + pass.Value[0] + pass.StateGradients[0];
                }
            }
            """);

        run.AssertCompiles();
        await run.AssertRefusesAsync();
    }

    /// <summary>A variable in generated methods that a parameter was called as would not compile; each such name is refused instead.</summary>
    [Fact]
    public async Task Names_of_variables_in_generated_methods_are_refused_or_compile()
    {
        const string Layers = """
            Concat("{0}", "{1}"), Dense(4, WeightL1 = 0.1f, BiasL2 = 0.1f), ReLU, Dropout(0.1f), {2}Dense(4), GELU, LayerNorm,
            Add("Dense1", "LayerNorm1"), Sigmoid, Multiply("Sigmoid1", "ReLU1"),
            SoftmaxCrossEntropy(LabelSmoothing = 0.1f), Output("a"), Dense(2), SigmoidBinaryCrossEntropy, Output("b"), Dense(2), Huber, Output("c")
            """;
        HashSet<string> names = new(StringComparer.Ordinal);

        foreach (string norm in (string[])["", "BatchNorm, "])
        {
            GeneratorRun run = GeneratorHarness.Generate(Source("x", "y", norm));
            SyntaxTree file = run.Output.SyntaxTrees.Last();
            SemanticModel model = run.Output.GetSemanticModel(file);
            names.UnionWith((await file.GetRootAsync(TestContext.Current.CancellationToken)).DescendantNodes()
                .Select(node => model.GetDeclaredSymbol(node, TestContext.Current.CancellationToken))
                .Where(static symbol => symbol is ILocalSymbol or IParameterSymbol && symbol.Name.Length > 1)
                .Select(static symbol => symbol!.Name));
        }

        Assert.Contains("workspace", names);

        foreach (string name in names)
        {
            GeneratorRun run = GeneratorHarness.Run(Source(name, "y", "BatchNorm, "));

            if ((await run.AnalyzeAsync()).All(static diagnostic => diagnostic.Id != "NNFS011"))
            {
                run.AssertCompiles();
            }
        }

        static string Source(string first, string second, string norm)
        {
            string layers = Layers
                .Replace("{0}", first, StringComparison.Ordinal)
                .Replace("{1}", second, StringComparison.Ordinal)
                .Replace("{2}", norm, StringComparison.Ordinal);

            return $"using Nnfs; [Network, Input(\"{first}\", 2), Input(\"{second}\", 2), {layers}] public partial class Net;";
        }
    }

    private static Task<GeneratorRun> ReportsAsync(string source, params string[] messages) =>
        new MarkedSource("using Nnfs; " + source).AssertReportsAsync(messages);

    [Fact]
    public Task Input_of_indices_that_is_read_as_numbers_is_reported_at_each_reader() => new MarkedSource("""
        using Nnfs;

        [Network]
        [Input("words", 6)]
        [{|other:Embedding(9, 2)|}]
        [Flatten]
        [{|NNFS031:Dense(12, From = "words")|}]
        [{|NNFS031:Concat("Flatten1", "Dense1", "words")|}]
        [Dense(2)]
        partial class Net;
        """).AssertReportsAsync(
            "NNFS031: 'Dense1' reads 'words', but its values are indices for 'Embedding1'; give 'Embedding1' an [Input] of its own",
            "NNFS031: 'Concat1' reads 'words', but its values are indices for 'Embedding1'; give 'Embedding1' an [Input] of its own");

    [Fact]
    public Task Indices_of_four_dimensions_are_reported() => new MarkedSource("""
        using Nnfs;

        [{|other:Network(2, 3, 4, 5)|}]
        [{|NNFS031:Embedding(9, 2)|}]
        [Dense(2)]
        partial class Net;
        """).AssertReportsAsync(
            "NNFS031: 'Embedding1' reads the network's input, but its shape 2 × 3 × 4 × 5 leaves no room for one more dimension; declare at most three");

    [Fact]
    public Task Input_of_indices_that_is_an_output_is_reported() => new MarkedSource("""
        using Nnfs;

        [Network]
        [Input("words", 6)]
        [SoftmaxCrossEntropy]
        [Output("same")]
        [{|NNFS031:Embedding(9, 2, From = "words")|}]
        [Dense(2)]
        [Output("made")]
        partial class Net;
        """).AssertReportsAsync(
            "NNFS031: 'Embedding1' reads 'words', but that is an output too; give 'Embedding1' an [Input] of its own");
}
