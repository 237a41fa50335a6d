namespace Nnfs.Generators.Tests.CallSites;

/// <summary>Lengths and labels of networks over samples with several dimensions: sizes are products, and labels are those of all positions.</summary>
public sealed class CallSiteAnalyzerShapeTests
{
    [Theory]
    [InlineData(
        "step.Predict(new float[15], [|new float[21]|]);",
        "'outputs' of 'StepNet.Predict' must hold a whole number of samples of 20 values, but it has 21")]
    [InlineData(
        "step.Predict([|new float[5]|], floats);",
        "'inputs' of 'StepNet.Predict' must hold a whole number of samples of 15 values, but it has 5")]
    [InlineData(
        "step.Forward(new float[30], [|new int[2]|], stepPass);",
        "'labels' of 'StepNet.Forward' must hold a whole number of samples of 5 values, but it has 2")]
    [InlineData(
        "step.Forward({|new float[30]|}, [|new int[5]|], stepPass);",
        "'labels' of 'StepNet.Forward' must hold 10 values (2 samples of 5), but it has 5")]
    [InlineData(
        "step.Backward({|new float[30]|}, [|new float[20]|], stepPass);",
        "'targets' of 'StepNet.Backward' must hold 40 values (2 samples of 20), but it has 20")]
    [InlineData("step.Classify([|new float[5]|], ints);", "'input' of 'StepNet.Classify' must hold 15 values (1 sample of 15), but it has 5")]
    [InlineData("step.Classify(floats, [|new int[4]|]);", "'classes' of 'StepNet.Classify' must hold 5 values (1 sample of 5), but it has 4")]
    [InlineData(
        "step.ForwardBackward(floats, [0, 1, 2, 3, [|4|]], stepPass);",
        "Label 4 is not a class of 'StepNet', whose classes are 0 to 3; -1 leaves a position out")]
    public Task Length_or_label_that_does_not_fit_is_reported(string statement, string message) => CallSite.ExpectAsync(statement, message);

    [Theory]
    [InlineData("step.Predict(new float[30], new float[40]);")]
    [InlineData("step.Classify(new float[15], new int[5]);")]
    [InlineData("step.ForwardBackward(new float[30], new int[10], stepPass);")]
    [InlineData("step.Forward(new float[15], [3, 2, 1, 0, 3], step.CreateWorkspace(1));")]
    public Task Lengths_that_fit_report_nothing(string statement) => CallSite.ExpectAsync(statement);
}
