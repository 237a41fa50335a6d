namespace Nnfs.Generators.Tests.CallSites;

/// <summary>Training, evaluation and data sets, with sizes that the compiler knows.</summary>
public sealed class LibraryCallTests
{
    [Theory]
    [InlineData("net.Train([|new float[3]|], ints);", "'features' of 'SpiralNet.Train' must hold a whole number of samples of 2 values, but it has 3")]
    [InlineData("net.Train({|new float[4]|}, [|new int[3]|]);", "'labels' of 'SpiralNet.Train' must hold 2 labels, one for each sample, but it has 3")]
    [InlineData(
        "net.Train({|new float[4]|}, [|new float[3]|], new TrainingOptions());",
        "'targets' of 'SpiralNet.Train' must hold 6 values (2 samples of 3), but it has 3")]
    [InlineData(
        "NetworkTraining.Train(net, [|new float[3]|], ints);",
        "'features' of 'SpiralNet.Train' must hold a whole number of samples of 2 values, but it has 3")]
    [InlineData("net.Train([|new float[0]|], ints);", "'features' of 'SpiralNet.Train' must hold at least 1 sample of 2 values, but it has 0")]
    [InlineData(
        "net.Resume({|new float[4]|}, [|new int[3]|], new TrainingOptions());",
        "'labels' of 'SpiralNet.Resume' must hold 2 labels, one for each sample, but it has 3")]
    [InlineData("net.Evaluate({|new float[4]|}, [|new int[3]|]);", "'labels' of 'SpiralNet.Evaluate' must hold 2 labels, one for each sample, but it has 3")]
    [InlineData("line.Evaluate({|new float[3]|}, [|new float[4]|]);", "'targets' of 'LineNet.Evaluate' must hold 2 values (1 sample of 2), but it has 4")]
    [InlineData(
        "binary.EvaluateOutputs({|new float[2]|}, [|new int[6]|]);",
        "'labels' of 'BinaryNet.EvaluateOutputs' must hold 3 values (1 sample of 3), but it has 6")]
    [InlineData("net.Train(floats, [0, 1, [|3|]]);", "Label 3 is not a class of 'SpiralNet', whose classes are 0 to 2")]
    [InlineData(
        "net.Train([|new Dataset(floats, ints, {|4|}, 3)|]);", "'dataset' of 'SpiralNet.Train' must have 2 features for each sample, but it has 4")]
    [InlineData(
        "Dataset data = new(floats, ints, 2, classCount: {|5|}); net.Train([|data|]);",
        "'dataset' of 'SpiralNet.Train' must have at most 3 classes, those that the network tells apart, but it has 5")]
    [InlineData(
        "const int n = 4; var data = new Dataset(floats, ints, featureCount: {|n|}, 3); net.Evaluate([|data|]);",
        "'dataset' of 'SpiralNet.Evaluate' must have 2 features for each sample, but it has 4")]
    [InlineData(
        "line.Train([|new RegressionDataset(floats, floats, 3, {|1|})|]);", "'dataset' of 'LineNet.Train' must have 2 targets for each sample, but it has 1")]
    public Task Training_that_cannot_work_is_reported(string statements, string message) => CallSite.ExpectAsync(statements, message);

    [Theory]
    [InlineData("new Dataset([|new float[3]|], ints, 2, 3);", "'features' of 'Dataset' must hold a whole number of samples of 2 values, but it has 3")]
    [InlineData("new Dataset({|new float[4]|}, [|new int[3]|], 2, 3);", "'labels' of 'Dataset' must hold 2 labels, one for each sample, but it has 3")]
    [InlineData("new Dataset(floats, [0, [|3|], 1], 2, 3);", "Label 3 is not a class of 'Dataset', whose classes are 0 to 2")]
    [InlineData("new Dataset(floats, ints, [|0|], 3);", "'featureCount' of 'Dataset' must be at least 1, but it is 0")]
    [InlineData("int n = -1; new Dataset(floats, ints, 2, [|n|]);", "'classCount' of 'Dataset' must be at least 1, but it is -1")]
    [InlineData(
        "RegressionDataset data = new({|new float[4]|}, [|new float[3]|], 2, 1);",
        "'targets' of 'RegressionDataset' must hold 2 values (2 samples of 1), but it has 3")]
    [InlineData(
        "new RegressionDataset(floats, [|new float[3]|], 2, 2);",
        "'targets' of 'RegressionDataset' must hold a whole number of samples of 2 values, but it has 3")]
    [InlineData("new RegressionDataset(floats, floats, 2, targetCount: [|0|]);", "'targetCount' of 'RegressionDataset' must be at least 1, but it is 0")]
    public Task Dataset_that_cannot_be_made_is_reported(string statements, string message) => CallSite.ExpectAsync("_ = 0; " + Discard(statements), message);

    [Theory]
    [InlineData("net.Train(new float[4], new int[2]); net.Train(floats, new float[6]); net.Train(floats, ints, null, default);")]
    [InlineData("net.Evaluate(new float[4], new int[2]); line.Evaluate(new float[3], new float[2], 0.1); yes.Evaluate(new float[4], [0, 1]);")]
    [InlineData("Dataset data = new(new float[4], [0, 2], 2, 3); net.Train(data); net.Evaluate(data);")]
    [InlineData("Dataset data = new(floats, ints, count, count); net.Train(data);")]
    [InlineData("Dataset data = new(floats, ints, 2, 2); net.Train(data); yes.Train(data);")]
    [InlineData("Dataset data = new(floats, ints, 4, 3); data = Datasets.Spiral(9, 3, new NumpyRandom(1)); net.Train(data);")]
    [InlineData("Dataset data = new(floats, ints, 4, 3); data.Split(0.5); if (data.FeatureCount == 2) { }")]
    [InlineData("line.Train(new RegressionDataset(new float[3], new float[2], 3, 2));")]
    [InlineData("_ = new Dataset([], [], 2, 3); _ = new RegressionDataset([], [], 2, 3);")]
    [InlineData("if (SpiralNet.InputSize == 3) { net.Train(new float[3], ints); _ = new Dataset(new float[3], ints, 2, 3); }")]
    [InlineData("try { _ = new Dataset(new float[3], ints, 2, 3); } catch (ArgumentException) { }")]
    [InlineData("try { net.Train(new float[3], ints); } catch (ArgumentException) { }")]
    public Task Training_that_may_work_is_not_reported(string statements) => CallSite.ExpectNothingAsync(statements);

    private static string Discard(string statements) => statements.Replace("new Dataset(", "_ = new Dataset(", StringComparison.Ordinal)
        .Replace("new RegressionDataset(", "_ = new RegressionDataset(", StringComparison.Ordinal);
}
