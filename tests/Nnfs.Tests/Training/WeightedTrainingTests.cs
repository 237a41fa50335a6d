using Nnfs.Tests.Networks.Shapes;
using Nnfs.Training;

namespace Nnfs.Tests.Training;

/// <summary>Trainings whose samples, or classes, weigh differently. What a weighted pass computes is checked with the drawn graphs.</summary>
public class WeightedTrainingTests
{
    private const int Count = 30;

    private static TrainingOptions InOrder => new() { Shuffle = false, Epochs = 3, BatchSize = 8, Optimizer = new Adam(0.01f) };

    [Fact]
    public void A_weight_counts_a_sample_that_many_times()
    {
        Problem problem = new(Count);
        float[] weights = Weights();
        int[] repeated = [.. Enumerable.Range(0, Count).SelectMany(i => Enumerable.Repeat(i, (int)weights[i]))];
        Problem other = problem.Reordered(repeated);
        SmallNetwork weighted = new(seed: 7);
        SmallNetwork longer = new(seed: 7);
        TrainingOptions options = InOrder with { BatchSize = 0, Optimizer = new Sgd(0.2) };
        TrainingHistory actual = weighted.Train(problem.Features, problem.Labels, options with { SampleWeights = weights });

        // The mean is over all samples, not over the sum of their weights.
        TrainingHistory expected = longer.Train(other.Features, other.Labels, options with { Optimizer = new Sgd(0.2 * repeated.Length / Count) });

        Assert.All(
            expected.Epochs.Zip(actual.Epochs),
            pair => Assert.Equal(pair.First.Loss * repeated.Length / Count, pair.Second.Loss, 1e-5f));
        Assert.All(longer.Parameters.ToArray().Zip(weighted.Parameters.ToArray()), static pair => Assert.Equal(pair.First, pair.Second, 1e-5f));
    }

    [Fact]
    public void Weights_go_with_their_samples_through_shuffled_batches()
    {
        Problem problem = new(Count);
        float[] weights = Weights();
        SmallNetwork trained = new(seed: 7);
        trained.Train(problem.Features, problem.Labels, InOrder with { Shuffle = true, Seed = 5, Epochs = 1, SampleWeights = weights });

        SmallNetwork expected = new(seed: 7);
        int[] order = new EpochOrder(null, Count, shuffle: true, seed: 5).Of(1).ToArray();
        RunPlainly(expected, problem.Reordered(order), [.. order.Select(i => weights[i])]);

        Assert.Equal(expected.Parameters.ToArray(), trained.Parameters.ToArray());
    }

    [Fact]
    public void Weights_of_a_data_set_are_weights_of_its_samples()
    {
        Problem problem = new(Count);
        SmallNetwork given = new(seed: 7);
        SmallNetwork beside = new(seed: 7);
        given.Train(problem.Features, problem.Labels, InOrder with { SampleWeights = Weights() });
        beside.Train(new Dataset(problem.Features, problem.Labels, 4, 3).WithWeights(Weights()), InOrder);

        Assert.Equal(given.Parameters.ToArray(), beside.Parameters.ToArray());
    }

    [Fact]
    public void Balanced_weights_are_those_of_scikit_learn()
    {
        int[] counts = GoldenData.Metrics.GetProperty("class_weights").GetProperty("counts").Integers();
        double[] expected = GoldenData.Metrics.GetProperty("class_weights").GetProperty("balanced").Doubles();

        Assert.Equal(Array.ConvertAll(expected, static weight => (float)weight), ClassWeights.Balanced.Resolve(counts, "options"));

        // A class without samples is none.
        Assert.Equal([1f, 0.75f, 1.5f], ClassWeights.Balanced.Resolve([0, 4, 2], "options"));
    }

    [Fact]
    public void Weights_of_classes_are_weights_of_their_samples()
    {
        Problem problem = new(Count);
        float[] ofClasses = [0.5f, 1f, 3f];
        SmallNetwork byClass = new(seed: 7);
        SmallNetwork bySample = new(seed: 7);
        float[] weights = Weights();
        TrainingOptions options = InOrder with { Shuffle = true, ValidationSplit = 0.2f, SampleWeights = weights };
        TrainingHistory actual = byClass.Train(problem.Features, problem.Labels, options with { ClassWeights = ClassWeights.Of(ofClasses) });

        // Validation does not weigh classes, only its samples.
        float[] both = [.. weights.Select((weight, i) => i < 24 ? weight * ofClasses[problem.Labels[i]] : weight)];
        TrainingHistory expected = bySample.Train(problem.Features, problem.Labels, options with { SampleWeights = both });

        Assert.Equal(bySample.Parameters.ToArray(), byClass.Parameters.ToArray());
        Assert.Equal(expected.Epochs.Select(WithoutTime), actual.Epochs.Select(WithoutTime));
    }

    [Fact]
    public void Balanced_classes_are_counted_among_the_training_samples()
    {
        Problem problem = new(Count);
        int[] counts = new int[3];
        problem.Labels[..24].ToList().ForEach(label => counts[label]++);
        float[] balanced = [.. counts.Select(static count => (float)(24 / (3.0 * count)))];
        SmallNetwork byClass = new(seed: 7);
        SmallNetwork given = new(seed: 7);
        TrainingOptions options = InOrder with { ValidationSplit = 0.2f };
        byClass.Train(problem.Features, Numbers.OneHot(problem.Labels, 3), options with { ClassWeights = ClassWeights.Balanced });
        given.Train(problem.Features, Numbers.OneHot(problem.Labels, 3), options with { ClassWeights = ClassWeights.Of(balanced) });

        Assert.Equal(given.Parameters.ToArray(), byClass.Parameters.ToArray());
    }

    [Fact]
    public void Validation_weighs_the_samples_of_its_data_set()
    {
        Problem problem = new(Count);
        Problem others = new(20, seed: 3);
        float[] weights = Weights()[..20];
        Dataset validation = new(others.Features, others.Labels, 4, 3);
        TrainingOptions options = InOrder with { ClassWeights = ClassWeights.Balanced, Epochs = 1 };
        SmallNetwork network = new(seed: 7);
        TrainingHistory alike = network.Train(problem.Features, problem.Labels, options with { ValidationData = new ValidationData(validation) });
        SmallNetwork.Workspace workspace = network.CreateWorkspace(20);
        workspace.SampleWeights = weights;
        float expected = network.Forward(others.Features, others.Labels, workspace);
        TrainingHistory weighted = new SmallNetwork(seed: 7).Train(
            problem.Features, problem.Labels, options with { ValidationData = new ValidationData(validation.WithWeights(weights)) });

        Assert.Equal(network.Evaluate(validation).Loss, alike.Epochs[0].ValidationLoss!.Value, 1e-6f);
        Assert.Equal(expected, weighted.Epochs[0].ValidationLoss!.Value, 1e-6f);
        Assert.Equal(alike.Epochs[0].ValidationAccuracy, weighted.Epochs[0].ValidationAccuracy);
    }

    [Fact]
    public void Positions_weigh_by_their_own_classes()
    {
        const int Samples = 20;
        int positions = StepNetwork.OutputShape[0];
        int classes = StepNetwork.OutputShape[1];
        float[] features = Numbers.Gaussians(Samples * StepNetwork.InputSize, seed: 1);
        int[] labels = Numbers.Labels(Samples * positions, classes, seed: 2);
        labels[3] = -1;
        float[] ofClasses = [.. Enumerable.Range(1, classes).Select(static label => label / 2f)];
        float[] ofPositions = [.. labels.Select(label => label < 0 ? 0f : ofClasses[label])];
        StepNetwork trained = new(1);
        trained.Train(features, labels, InOrder with { Epochs = 1, BatchSize = 0, ClassWeights = ClassWeights.Of(ofClasses) });

        StepNetwork expected = new(1);
        StepNetwork.Workspace workspace = expected.CreateWorkspace(Samples);
        workspace.SampleWeights = ofPositions;
        expected.ForwardBackward(features, labels, workspace);
        new Adam(0.01f).Step(expected.Parameters, workspace.Gradients);

        Assert.Equal(expected.Parameters.ToArray(), trained.Parameters.ToArray());
    }

    [Fact]
    public void A_regression_and_a_network_of_several_labels_take_weights_of_samples()
    {
        Problem problem = new(Count);
        float[] weights = Weights();
        RegressionDataset curve = new(problem.Features, Numbers.Gaussians(Count * 2, seed: 4), 4, 2);
        CurveNetwork byOption = new(seed: 1);
        CurveNetwork byData = new(seed: 1);
        byOption.Train(curve, InOrder with { SampleWeights = weights });
        byData.Train(curve.WithWeights(weights), InOrder);
        MultiLabelNetwork several = new(seed: 1);
        MultiLabelNetwork alike = new(seed: 1);
        int[] labels = Numbers.Labels(Count * 3, 2, seed: 5);
        several.Train(problem.Features, labels, InOrder with { SampleWeights = weights });
        alike.Train(problem.Features, labels, InOrder);

        Assert.Equal(byOption.Parameters.ToArray(), byData.Parameters.ToArray());
        Assert.NotEqual(alike.Parameters.ToArray(), several.Parameters.ToArray());
    }

    [Fact]
    public void Several_outputs_share_the_weights_of_their_samples()
    {
        float[] weights = Weights();
        float[] steps = Numbers.Gaussians(Count * TaggingNetwork.StepsSize, seed: 1);
        int[] tags = Numbers.Labels(Count * 4, 3, seed: 2);
        int[] flags = Numbers.Labels(Count * 2, 2, seed: 3);
        tags[5] = -1;
        NamedDataset dataset = TaggingNetwork.CreateDataset(steps, tags, flags);
        TaggingNetwork trained = new(seed: 1);
        TrainingHistory history = trained.Train(dataset, InOrder with { Epochs = 1, BatchSize = 0, SampleWeights = weights });

        TaggingNetwork expected = new(seed: 1);
        TaggingNetwork.Workspace workspace = expected.CreateWorkspace(Count);
        workspace.SampleWeights = weights;
        float loss = expected.ForwardBackward(steps, tags, flags, workspace);
        new Adam(0.01f).Step(expected.Parameters, workspace.Gradients);

        Assert.Equal(expected.Parameters.ToArray(), trained.Parameters.ToArray());
        Assert.Equal(loss, history.Epochs[0].Loss);
        Assert.Throws<ArgumentException>(() => trained.Train(dataset, InOrder with { ClassWeights = ClassWeights.Balanced }));
    }

    [Fact]
    public void Resumed_training_must_weigh_alike()
    {
        Problem problem = new(Count);
        string path = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.safetensors");
        TrainingOptions options = InOrder with { ClassWeights = ClassWeights.Of(1f, 2f, 3f), SampleWeights = Weights(), Checkpoint = new(path) };

        try
        {
            SmallNetwork whole = new(seed: 7);
            SmallNetwork resumed = new(seed: 7);
            whole.Train(problem.Features, problem.Labels, options with { Epochs = 5, Checkpoint = null });
            resumed.Train(problem.Features, problem.Labels, options with { Epochs = 2 });
            string message = Assert.Throws<ArgumentException>(() => resumed.Resume(
                problem.Features, problem.Labels, options with { ClassWeights = ClassWeights.Balanced, SampleWeights = default })).Message;
            resumed.Resume(problem.Features, problem.Labels, options with { Epochs = 5 });

            Assert.Contains("ClassWeights: 1, 2, 3 in the checkpoint, balanced given\nSampleWeights: given in the checkpoint, none given", message);
            Assert.Equal(whole.Parameters.ToArray(), resumed.Parameters.ToArray());
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void Wrong_weights_are_refused()
    {
        Problem problem = new(Count);
        SmallNetwork network = new(seed: 7);
        float[] before = network.Parameters.ToArray();
        Dataset dataset = new(problem.Features, problem.Labels, 4, 3);
        SmallNetwork.Workspace workspace = network.CreateWorkspace(Count);
        workspace.SampleWeights = new float[2];

        Assert.Equal(
            "Expected 30 weights, one for each sample, but there are 29. (Parameter 'options')", Refused(InOrder with { SampleWeights = new float[29] }));
        Assert.StartsWith(
            "Expected weights that are finite and at least 0, but number 4 is -1.", Refused(InOrder with { SampleWeights = With(4, -1f) }));
        Assert.StartsWith(
            "Expected weights that are finite and at least 0, but number 0 is NaN.", Refused(InOrder with { SampleWeights = With(0, float.NaN) }));
        Assert.Equal(
            "Expected a weight for each of the 3 classes, but ClassWeights has 2. (Parameter 'options')",
            Refused(InOrder with { ClassWeights = ClassWeights.Of(1f, 2f) }));
        Assert.Equal(
            "Expected 30 weights, one for each sample, but there are 2. (Parameter 'workspace.SampleWeights')",
            Assert.Throws<ArgumentException>(() => network.Forward(problem.Features, problem.Labels, workspace)).Message);
        Assert.Throws<ArgumentException>(() => dataset.WithWeights(new float[3]));
        Assert.Throws<ArgumentException>(() => network.Train(dataset.WithWeights(Weights()), InOrder with { SampleWeights = Weights() }));
        Assert.Throws<ArgumentException>(() => new CurveNetwork(seed: 1).Train(
            problem.Features, new float[Count * 2], InOrder with { ClassWeights = ClassWeights.Balanced }));
        Assert.Throws<ArgumentException>(static () => ClassWeights.Of());
        Assert.Throws<ArgumentOutOfRangeException>(static () => ClassWeights.Of(1f, float.PositiveInfinity));
        Assert.Equal(before, network.Parameters.ToArray());

        string Refused(TrainingOptions options) =>
            Assert.ThrowsAny<ArgumentException>(() => network.Train(problem.Features, problem.Labels, options)).Message;

        static float[] With(int index, float weight)
        {
            float[] weights = Weights();
            weights[index] = weight;

            return weights;
        }
    }

    private static float[] Weights() => [.. Enumerable.Range(0, Count).Select(static i => (float)(i % 4))];

    private static EpochReport WithoutTime(EpochReport report) => report with { Duration = default };

    /// <summary>An epoch of a plain loop in the order of the samples.</summary>
    private static void RunPlainly(SmallNetwork network, Problem problem, float[] weights)
    {
        Adam adam = new(0.01f);
        SmallNetwork.Workspace workspace = network.CreateWorkspace(8);

        for (int first = 0; first < problem.Count; first += 8)
        {
            int count = Math.Min(8, problem.Count - first);
            ReadOnlySpan<float> inputs = problem.Features.AsSpan(first * 4, count * 4);
            ReadOnlySpan<int> labels = problem.Labels.AsSpan(first, count);
            workspace.SampleWeights = weights.AsMemory(first, count);
            network.Forward(inputs, labels, workspace);
            network.Backward(inputs, labels, workspace);
            adam.Step(network.Parameters, workspace.Gradients);
        }
    }
}
