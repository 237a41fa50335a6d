namespace Nnfs.Generators.Tests.CallSites;

/// <summary>Calls that the compiler cannot resolve, with the reason that the declaration gives.</summary>
public sealed class UnboundCallTests
{
    private static readonly System.Text.CompositeFormat s_noLoss = System.Text.CompositeFormat.Parse(NoLoss);

    private const string NoLoss =
        "'UnitNet' has no loss: add [SoftmaxCrossEntropy] for classes, [MeanSquaredError] for values or another loss after its last layer; '{0}' needs one";

    [Theory]
    [InlineData("unit.[|Train|](floats, ints);", "Train")]
    [InlineData("unit.[|Train|](floats, floats);", "Train")]
    [InlineData("unit.[|Train|](new Dataset([1f], [0], 1, 1), new TrainingOptions());", "Train")]
    [InlineData("TrainingHistory history = unit.[|Train|](missing);", "Train")]
    [InlineData("unit?.[|Train|](floats, ints);", "Train")]
    [InlineData("Action call = () => unit.[|Train|](floats, ints);", "Train")]
    [InlineData("unit.[|Resume|](floats, ints, new TrainingOptions());", "Resume")]
    [InlineData("unit.[|Evaluate|](floats, ints);", "Evaluate")]
    [InlineData("Console.WriteLine(unit.[|Evaluate|](floats, floats));", "Evaluate")]
    [InlineData("unit.[|EvaluateOutputs|](floats, ints);", "EvaluateOutputs")]
    [InlineData("float loss = unit.[|Forward|](floats, ints, unit.CreateWorkspace(1));", "Forward")]
    [InlineData("unit.[|Forward|](floats, floats, unit.CreateWorkspace(1));", "Forward")]
    [InlineData("unit.[|Backward|](floats, ints, unit.CreateWorkspace(1));", "Backward")]
    [InlineData("unit.[|ForwardBackward|](floats, floats, unit.CreateWorkspace(1));", "ForwardBackward")]
    [InlineData("new UnitNet().[|Train|](floats, ints);", "Train")]
    public Task Call_that_needs_a_loss_says_so(string statements, string method) =>
        CallSite.ExpectUnboundAsync(statements, string.Format(System.Globalization.CultureInfo.InvariantCulture, s_noLoss, method));

    [Theory]
    [InlineData(
        "actor.[|Train|](floats, ints);",
        "'Train' does not fit 'ActorNet', which has 2 inputs and 4 outputs: pass a data set with all of them, from 'ActorNet.CreateDataset'")]
    [InlineData(
        "actor.[|Evaluate|](new Dataset([1f], [0], 1, 1));",
        "'Evaluate' does not fit 'ActorNet', which has 2 inputs and 4 outputs: pass a data set with all of them, from 'ActorNet.CreateDataset'")]
    [InlineData(
        "join.[|Evaluate|](floats, ints);",
        "'JoinNet' has no loss: add [SoftmaxCrossEntropy] for classes, [MeanSquaredError] for values or another loss after its last layer; "
        + "'Evaluate' needs one")]
    [InlineData(
        "line.[|Train|](floats, ints);",
        "'Train' does not fit 'LineNet', whose loss, [MeanSquaredError], takes no labels: pass targets, 2 floats for each sample")]
    [InlineData(
        "line.[|Train|](new Dataset([1f], [0], 1, 1));",
        "'Train' does not fit 'LineNet', whose loss, [MeanSquaredError], takes targets and no labels: pass a RegressionDataset")]
    [InlineData(
        "line.[|Backward|](floats, ints, linePass);",
        "'Backward' does not fit 'LineNet', whose loss, [MeanSquaredError], takes no labels: pass targets, 2 floats for each sample")]
    [InlineData(
        "line.[|ForwardBackward|](floats, new int[] { 1 }, linePass);",
        "'ForwardBackward' does not fit 'LineNet', whose loss, [MeanSquaredError], takes no labels: pass targets, 2 floats for each sample")]
    [InlineData(
        "int c = unit.[|Classify|](floats);",
        "'Classify' does not fit 'UnitNet', whose outputs are no probabilities of classes: end it with [SoftmaxCrossEntropy] or [Softmax]")]
    [InlineData(
        "line.[|Classify|](floats);",
        "'Classify' does not fit 'LineNet', whose outputs are no probabilities of classes: end it with [SoftmaxCrossEntropy] or [Softmax]")]
    [InlineData(
        "line.[|Backward|](floats, outputGradients: floats, linePass);",
        "'Backward' does not fit 'LineNet', which has a loss: pass its targets, or call 'BackwardFrom' with gradients")]
    [InlineData("join.[|BackwardFrom|](floats, joinPass);", "'BackwardFrom' does not fit 'JoinNet', which takes (left, right, outputsGradients, workspace)")]
    [InlineData("join.[|Predict|](floats, floats);", "'Predict' does not fit 'JoinNet', which takes (left, right, outputs)")]
    [InlineData("join.[|Forward|](floats, joinPass);", "'Forward' does not fit 'JoinNet', which takes (left, right, workspace)")]
    [InlineData("join.[|Backward|](floats, floats, joinPass);", "'Backward' does not fit 'JoinNet', which takes (left, right, outputsGradients, workspace)")]
    [InlineData(
        "actor.[|ForwardBackward|](floats, floats, ints, actorPass);",
        "'ForwardBackward' does not fit 'ActorNet', which takes (state, event, policyLabels, valueTargets, flagsLabels, workspace) or "
        + "(state, event, policyTargets, valueTargets, flagsTargets, workspace)")]
    public Task Call_that_the_declaration_has_no_method_for_says_why(string statements, string message) => CallSite.ExpectUnboundAsync(statements, message);

    [Theory]
    [InlineData("net.Train(floats);")]
    [InlineData("net.Train(missing, ints);")]
    [InlineData("net.Forward(floats, ints);")]
    [InlineData("net.Classify(floats, floats, floats);")]
    [InlineData("net.Backward(floats, pass, ints);")]
    [InlineData("net.Training(floats, ints);")]
    [InlineData("unit.Forward(floats);")]
    [InlineData("unit.Backward(floats, missing, unit.CreateWorkspace(1));")]
    [InlineData("unit.Predict(floats, ints);")]
    [InlineData("map.Classify(floats, floats, floats);")]
    [InlineData("map.Backward(floats, floats, floats, floats);")]
    [InlineData("missing.Train(floats, ints);")]
    [InlineData("floats.Train(floats, ints);")]
    [InlineData("Train(floats, ints);")]
    [InlineData("new FaultyNet().Train(1);")]
    [InlineData("actor.CreateWorkspace(floats);")]
    [InlineData("actor.Predict(floats, floats, floats, floats, floats, ints);")]
    public Task Call_that_fails_for_another_reason_is_left_to_the_compiler(string statements) => CallSite.ExpectUnboundAsync(statements);

    [Fact]
    public Task Call_within_the_class_is_looked_at() => CallSite.ExpectUnboundAsync(
        """
        } }

        public partial class UnitNet
        {
            public void Learn(float[] x, int[] y)
            {
                this.[|Train|](x, y); [|ForwardBackward|](x, x, CreateWorkspace(1));
        """,
        string.Format(System.Globalization.CultureInfo.InvariantCulture, s_noLoss, "Train"),
        string.Format(System.Globalization.CultureInfo.InvariantCulture, s_noLoss, "ForwardBackward"));
}
