namespace Nnfs.Tests.Training;

/// <summary>Training of networks whose targets are numbers.</summary>
public class RegressionTrainingTests
{
    private static readonly float[] s_features = Numbers.Gaussians(60 * 4, seed: 1);

    private static TrainingOptions Still => new() { Epochs = 1, Optimizer = new Sgd(0f) };

    [Fact]
    public void Accuracy_is_the_share_of_outputs_within_a_250th_of_the_deviation_of_the_training_targets()
    {
        AssertCounts<CurveNetwork, CurveNetwork.Workspace>(static error => error * error);
        AssertCounts<AbsoluteNetwork, AbsoluteNetwork.Workspace>(Math.Abs);
        AssertCounts<HuberNetwork, HuberNetwork.Workspace>(static error => Math.Abs(error) <= 0.5 ? error * error / 2 : 0.5 * (Math.Abs(error) - 0.25));
    }

    [Fact]
    public void Precision_of_a_split_is_that_of_the_samples_that_are_trained_on()
    {
        // The targets of the last third lie far apart, those of the others within ±0.01 of the outputs of a network that has none.
        CurveNetwork network = new(seed: 7);
        network.Parameters.Clear();
        float[] targets = Numbers.Gaussians(120, seed: 3, scale: 0.01f);
        Numbers.Gaussians(40, seed: 4, scale: 100f).CopyTo(targets, 80);
        targets[100] = 0.01f / 250;
        EpochReport report = network.Train(s_features, targets, Still with { ValidationSplit = 0.33333334f }).Epochs[0];
        double precision = Deviation(targets[..80]) / 250;

        Assert.Equal(targets[..80].Count(target => Math.Abs(target) < precision) / 80f, report.Accuracy);
        Assert.Equal(targets[80..].Count(target => Math.Abs(target) < precision) / 40f, report.ValidationAccuracy);

        // A precision of all targets would have found almost all right.
        Assert.True(targets[..80].Count(target => Math.Abs(target) < Deviation(targets) / 250) > 70);
    }

    [Fact]
    public void Train_learns_the_sine()
    {
        RegressionDataset data = Datasets.Sine(200);
        SineNetwork network = new(seed: 1);
        TrainingHistory history = network.Train(
            data, new TrainingOptions { Epochs = 300, BatchSize = 50, Optimizer = new Adam(0.01f), ValidationData = new(data) });

        Assert.InRange(history.Epochs[^1].ValidationLoss!.Value, 0f, 0.01f);
        Assert.InRange(network.Evaluate(data).RSquared, 0.97, 1);
    }

    [Fact]
    public void Train_on_a_data_set_is_training_on_its_targets()
    {
        float[] targets = Numbers.Gaussians(120, seed: 2);
        CurveNetwork expected = new(seed: 7);
        CurveNetwork network = new(seed: 7);
        expected.Train(s_features, targets, new TrainingOptions { Epochs = 3 });
        network.Train(new RegressionDataset(s_features, targets, 4, 2), new TrainingOptions { Epochs = 3 });

        Numbers.AssertSameBits(expected.Parameters, network.Parameters, "parameters");
    }

    [Fact]
    public void What_does_not_suit_is_refused()
    {
        CurveNetwork network = new(seed: 7);
        RegressionDataset data = new(s_features, new float[120], 4, 2);
        RegressionDataset narrow = new(s_features, new float[60], 4, 1);
        RegressionDataset wide = new(s_features, new float[60], 8, 2);

        AssertRefused("dataset", "4 features and 2 targets, like the network's inputs and outputs, but they have 4 and 1.", () => network.Train(narrow));
        AssertRefused("dataset", "but they have 8 and 2.", () => network.Train(wide));
        AssertRefused("dataset", "but they have 8 and 2.", () => network.Evaluate(wide));
        AssertRefused("dataset", "but they have 8 and 2.", () => network.Resume(wide, new() { Checkpoint = new("none") }));
        AssertRefused("options", "but they have 4 and 1.", () => network.Train(data, new() { ValidationData = new(narrow) }));
        AssertRefused("options", "with targets", () => network.Train(data, new() { ValidationData = new(s_features, new int[60]) }));
        AssertRefused(
            "options",
            "Expected samples with a class to stratify the validation by, " +
            "but 'MeanSquaredError' over 2 outputs gives them none: StratifyValidation must be false.",
            () => network.Train(data, new() { ValidationSplit = 0.5f, StratifyValidation = true }));
        Assert.Throws<ArgumentNullException>("dataset", () => network.Train((RegressionDataset)null!));
        Assert.Throws<ArgumentNullException>("dataset", static () => new ValidationData((RegressionDataset)null!));
        Numbers.AssertSameBits(new CurveNetwork(seed: 7).Parameters, network.Parameters, "parameters");

        static void AssertRefused(string parameter, string message, Action action) =>
            Assert.Contains(message, Assert.Throws<ArgumentException>(parameter, action).Message, StringComparison.Ordinal);
    }

    private static void AssertCounts<TNetwork, TWorkspace>(Func<double, double> lossOfError)
        where TNetwork : class, ITrainableNetwork<TNetwork, TWorkspace>
        where TWorkspace : class, IWorkspace
    {
        // Targets are off by up to twice what counts as right, and those to validate on a hundred times as far apart as those to train on.
        TNetwork network = TNetwork.Create(new NumpyRandom(7));
        float[] outputs = new float[120];
        network.Predict(s_features, outputs);
        double about = Deviation(outputs) / 250;
        float[] targets = [.. outputs.Select((y, i) => (float)(y + (about * ((i % 5) - 2) * 0.9)))];
        float[] others = [.. targets.Select(static (target, i) => i % 3 == 0 ? 100 * target : target)];
        double precision = Deviation(targets) / 250;

        EpochReport report = network.Train(s_features, targets, Still with { ValidationData = new(s_features, others) }).Epochs[0];

        Assert.Equal(outputs.Zip(targets, (y, t) => Math.Abs((double)y - t) < precision).Count(static isRight => isRight) / 120f, report.Accuracy);
        Assert.Equal(outputs.Zip(others, (y, t) => Math.Abs((double)y - t) < precision).Count(static isRight => isRight) / 120f, report.ValidationAccuracy);
        Assert.InRange(report.Accuracy, 0.5f, 0.7f);

        // Targets to validate on are as large as some hundred, so that squares of their errors are rounded from the fifth digit on.
        Assert.Equal(outputs.Zip(targets, (y, t) => lossOfError((double)y - t)).Average(), report.DataLoss, 1e-6);
        double expected = outputs.Zip(others, (y, t) => lossOfError((double)y - t)).Average();
        Assert.Equal(expected, report.ValidationLoss!.Value, 1e-5 * expected);
    }

    /// <summary>The standard deviation as NumPy has it.</summary>
    private static double Deviation(float[] values)
    {
        double mean = values.Average(static value => (double)value);

        return Math.Sqrt(values.Average(value => (value - mean) * (value - mean)));
    }
}
