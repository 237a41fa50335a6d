using Nnfs.Tests.Networks;

namespace Nnfs.Tests.Training;

/// <summary>Training and evaluation of networks whose input is indices.</summary>
public sealed class IndexTrainingTests : IDisposable
{
    private const int Samples = 40;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("nnfs-indices-");
    private readonly int[] _indices = Draw(Samples * 6, below: 9, seed: 1);
    private readonly int[] _positionLabels = [.. Draw(Samples * 6, below: 6, seed: 2).Select(static label => label - 1)];
    private readonly int[] _labels = Draw(Samples, below: 3, seed: 3);
    private readonly float[] _targets = Numbers.Gaussians(Samples, seed: 4);

    private string File => Path.Combine(_folder.FullName, "run.safetensors");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Train_gives_the_bits_of_a_loop_over_batches()
    {
        TokenNetwork expected = new(seed: 3);
        TokenNetwork.Workspace pass = expected.CreateWorkspace(16);
        Adam adam = new(0.01f);

        for (int epoch = 0; epoch < 3; epoch++)
        {
            for (int first = 0; first < Samples; first += 16)
            {
                Range batch = (6 * first)..(6 * Math.Min(first + 16, Samples));
                expected.ForwardBackward(_indices.AsSpan(batch), _positionLabels.AsSpan(batch), pass);
                adam.Step(expected, pass);
            }
        }

        TokenNetwork network = new(seed: 3);
        TrainingHistory history = network.Train(
            _indices, _positionLabels, new TrainingOptions { Epochs = 3, BatchSize = 16, Shuffle = false, Optimizer = new Adam(0.01f) });

        Numbers.AssertSameBits(expected.Parameters, network.Parameters, "parameters");
        Assert.True(history.Epochs[^1].Loss < history.Epochs[0].Loss);
    }

    [Fact]
    public void Indices_floats_and_data_sets_give_the_same_bits()
    {
        TrainingOptions options = new() { Epochs = 2, BatchSize = 8, ValidationSplit = 0.2f };
        float[] features = [.. _indices.Select(static index => (float)index)];
        TokenClassNetwork expected = new(seed: 3);
        TokenClassNetwork ofFloats = new(seed: 3);
        TokenClassNetwork ofDataset = new(seed: 3);
        expected.Train(_indices, _labels, options);
        ofFloats.Train(features, _labels, options);
        Dataset dataset = Dataset.OfIndices(_indices, _labels, 6, 3);
        ofDataset.Train(dataset, options);

        Numbers.AssertSameBits(expected.Parameters, ofFloats.Parameters, "parameters");
        Numbers.AssertSameBits(expected.Parameters, ofDataset.Parameters, "parameters");
        Assert.Equal(expected.Evaluate(_indices, _labels).Loss, ofDataset.Evaluate(dataset).Loss);

        TokenNumberNetwork number = new(seed: 3);
        TokenNumberNetwork numberOfDataset = new(seed: 3);
        number.Train(_indices, _targets, options);
        numberOfDataset.Train(RegressionDataset.OfIndices(_indices, _targets, 6, 1), options);
        Numbers.AssertSameBits(number.Parameters, numberOfDataset.Parameters, "parameters");
    }

    [Fact]
    public void Resume_gives_the_bits_of_a_training_that_never_stopped()
    {
        TrainingOptions options = new() { Epochs = 3, BatchSize = 8 };
        TokenClassNetwork expected = new(seed: 3);
        TokenClassNetwork stopped = new(seed: 3);
        TokenClassNetwork resumed = new(seed: 4);
        expected.Train(_indices, _labels, options);
        stopped.Train(_indices, _labels, options with { Checkpoint = new(File), ContinueAfterBatch = static report => report.Epoch < 2 });
        resumed.Resume(_indices, _labels, options with { Checkpoint = new(File) });
        Numbers.AssertSameBits(expected.Parameters, resumed.Parameters, "parameters");

        TokenNumberNetwork expectedNumber = new(seed: 3);
        TokenNumberNetwork stoppedNumber = new(seed: 3);
        TokenNumberNetwork resumedNumber = new(seed: 4);
        expectedNumber.Train(_indices, _targets, options);
        stoppedNumber.Train(_indices, _targets, options with { Checkpoint = new(File), ContinueAfterBatch = static report => report.Epoch < 2 });
        resumedNumber.Resume(_indices, _targets, options with { Checkpoint = new(File) });
        Numbers.AssertSameBits(expectedNumber.Parameters, resumedNumber.Parameters, "parameters");
    }

    [Fact]
    public void Evaluations_count_what_predictions_tell()
    {
        TokenClassNetwork network = new(seed: 3);
        int right = Enumerable.Range(0, Samples).Count(i => network.Classify(_indices.AsSpan(6 * i, 6)) == _labels[i]);
        Evaluation evaluation = network.Evaluate(_indices, _labels);
        TokenClassNetwork.Workspace pass = network.CreateWorkspace(Samples);
        pass.IsTraining = false;

        Assert.Equal((float)right / Samples, evaluation.Accuracy);
        Assert.Equal(network.Forward(_indices, _labels, pass), evaluation.Loss, 1e-6f);
        Assert.Equal(evaluation.Loss, network.Evaluate(_indices, Numbers.OneHot(_labels, 3)).Loss, 1e-6f);

        TokenLabelNetwork labels = new(seed: 3);
        int[] flags = Draw(2 * Samples, below: 2, seed: 5);
        Assert.Equal(
            labels.EvaluateOutputs([.. _indices.Select(static index => (float)index)], flags).Accuracy, labels.EvaluateOutputs(_indices, flags).Accuracy);

        TokenNumberNetwork number = new(seed: 3);
        float[] outputs = new float[Samples];
        number.Predict(_indices, outputs);
        double mean = outputs.Zip(_targets, static (output, target) => Math.Pow((double)output - target, 2)).Average();
        Assert.Equal(mean, number.Evaluate(_indices, _targets).Loss, 1e-6);
        Assert.Equal(1f, number.Evaluate(_indices, _targets, precision: 100).Accuracy);
    }

    [Fact]
    public void Validation_measures_indices()
    {
        TokenClassNetwork network = new(seed: 3);
        TrainingHistory history = network.Train(
            _indices, _labels, new TrainingOptions { Epochs = 1, ValidationData = new ValidationData(_indices, _labels) });
        Assert.Equal(network.Evaluate(_indices, _labels).Loss, history.Epochs[0].ValidationLoss!.Value, 1e-6f);

        TokenNumberNetwork number = new(seed: 3);
        history = number.Train(_indices, _targets, new TrainingOptions { Epochs = 1, ValidationData = new ValidationData(_indices, _targets) });
        Assert.Equal(number.Evaluate(_indices, _targets).Loss, history.Epochs[0].ValidationLoss!.Value, 1e-6f);
    }

    [Theory]
    [InlineData(9, "Expected indices from 0 to 8, the vocabulary of 'Embedding1', but number 17 is 9.")]
    [InlineData(-1, "Expected indices from 0 to 16777215, but number 17 is -1.")]
    [InlineData(1 << 24, "Expected indices from 0 to 16777215, but number 17 is 16777216.")]
    public void An_index_out_of_range_is_refused_before_anything_is_changed(int index, string message)
    {
        TokenClassNetwork network = new(seed: 3);
        float[] before = network.Parameters.ToArray();
        int[] wrong = [.. _indices];
        wrong[17] = index;

        Check("indices", () => network.Train(wrong, _labels));
        Check("indices", () => network.Resume(wrong, _labels, new TrainingOptions { Checkpoint = new(File) }));
        Check("indices", () => network.Evaluate(wrong, _labels));
        Numbers.AssertSameBits(before, network.Parameters, "parameters");

        void Check(string parameter, Action action) =>
            Assert.StartsWith(message, Assert.Throws<ArgumentOutOfRangeException>(parameter, action).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Features_that_are_no_indices_are_refused_before_anything_is_changed()
    {
        TokenClassNetwork network = new(seed: 3);
        float[] features = [.. _indices.Select(static index => (float)index)];
        features[5] = 0.5f;
        int[] wrong = [.. _indices];
        wrong[6] = 12;

        Assert.StartsWith(
            "Expected whole numbers up to 16777215 as indices, but number 5 is 0.5.",
            Assert.Throws<ArgumentException>("features", () => network.Train(features, _labels)).Message,
            StringComparison.Ordinal);
        Assert.StartsWith(
            "Expected indices of the validation data from 0 to 8, the vocabulary of 'Embedding1', but number 6 is 12.",
            Assert.Throws<ArgumentOutOfRangeException>(
                "options", () => network.Train(_indices, _labels, new TrainingOptions { ValidationData = new ValidationData(wrong, _labels) })).Message,
            StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>("indices", () => Dataset.OfIndices([-1], [0], 1, 1));
        Assert.Throws<ArgumentOutOfRangeException>("indices", () => RegressionDataset.OfIndices([1 << 24], [0f], 1, 1));
        Assert.Throws<ArgumentNullException>("indices", () => Dataset.OfIndices(null!, [0], 1, 1));
        Assert.Throws<ArgumentNullException>("indices", () => RegressionDataset.OfIndices(null!, [0f], 1, 1));
    }

    private static int[] Draw(int count, int below, int seed)
    {
        NumpyRandom random = new(seed);

        return [.. Enumerable.Range(0, count).Select(_ => (int)(random.NextUInt32() % (uint)below))];
    }
}
