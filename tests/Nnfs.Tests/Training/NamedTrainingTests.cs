namespace Nnfs.Tests.Training;

/// <summary>Training and evaluation of networks with several inputs or outputs.</summary>
public sealed class NamedTrainingTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("nnfs-named-");
    private readonly NamedProblem _problem = new(60);

    private string File => Path.Combine(_folder.FullName, "run.safetensors");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Training_is_the_loop_over_the_named_methods_bit_for_bit()
    {
        WordStateNetwork expected = new(seed: 7);
        WordStateNetwork.Workspace pass = expected.CreateWorkspace(16);
        Adam adam = new(0.01f);
        List<(double Policy, double Value, double Loss)> epochs = [];

        for (int epoch = 1; epoch <= 3; epoch++)
        {
            double policy = 0;
            double value = 0;
            double loss = 0;

            for (int batch = 1, first = 0; first < _problem.Count; batch++, first += 16)
            {
                int count = Math.Min(16, _problem.Count - first);
                pass.DropoutSeed = DropoutSeed(seed: 5, epoch, batch);
                loss += count * (double)expected.ForwardBackward(
                    _problem.Words.AsSpan(first * 2, count * 2),
                    _problem.State.AsSpan(first * 3, count * 3),
                    _problem.Labels.AsSpan(first, count),
                    _problem.Targets.AsSpan(first * 2, count * 2),
                    pass);
                policy += count * (double)pass.PolicyLoss;
                value += count * (double)pass.ValueLoss;
                adam.Step(expected, pass);
            }

            epochs.Add((policy / _problem.Count, value / _problem.Count, loss / _problem.Count));
        }

        WordStateNetwork network = new(seed: 7);
        TrainingHistory history = network.Train(
            _problem.Dataset, new TrainingOptions { Epochs = 3, BatchSize = 16, Shuffle = false, Seed = 5, Optimizer = new Adam(0.01f) });

        Assert.Equal(expected.Parameters, network.Parameters);
        Assert.Equal(epochs.Select(static epoch => (float)epoch.Policy), history.Epochs.Select(static epoch => epoch.Outputs["policy"].Loss));
        Assert.Equal(epochs.Select(static epoch => (float)epoch.Value), history.Epochs.Select(static epoch => epoch.Outputs["value"].Loss));
        Assert.Equal(epochs.Select(static epoch => (float)epoch.Loss), history.Epochs.Select(static epoch => epoch.Loss));
        Assert.Equal(["policy", "value"], history.Epochs[0].Outputs.Select(static output => output.Name));
    }

    [Fact]
    public void Training_learns_all_outputs_and_threads_change_no_bit()
    {
        TrainingOptions options = new()
        {
            Epochs = 60,
            BatchSize = 8,
            Optimizer = new Adam(0.02f),
            ValidationData = new(new NamedProblem(20, seed: 2).Dataset),
        };
        WordStateNetwork network = new(seed: 7);
        TrainingHistory history = network.Train(_problem.Dataset, options);
        EpochReport first = history.Epochs[0];
        EpochReport last = history.Epochs[^1];

        Assert.InRange(last.Outputs["policy"].Loss, 0, 0.5f * first.Outputs["policy"].Loss);
        Assert.InRange(last.Outputs["value"].Loss, 0, 0.5f * first.Outputs["value"].Loss);
        Assert.InRange(last.Outputs["policy"].Accuracy, 0.9f, 1f);
        Assert.Equal(
            last.Outputs["policy"].ValidationLoss!.Value + (0.5f * last.Outputs["value"].ValidationLoss!.Value), last.ValidationLoss!.Value, 1e-6f);
        Assert.Equal((last.Outputs["policy"].Accuracy + last.Outputs["value"].Accuracy) / 2, last.Accuracy);

        WordStateNetwork other = new(seed: 7);
        other.Train(_problem.Dataset, options with { Threads = 2 });

        Assert.Equal(network.Parameters, other.Parameters);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(8)]
    public void Resume_gives_bits_and_reports_of_a_training_that_never_stopped(int batches)
    {
        TrainingOptions options = new() { Epochs = 4, BatchSize = 16, ValidationSplit = 0.2f, EarlyStopping = new() { Patience = 100 } };
        WordStateNetwork expected = new(seed: 7);
        TrainingHistory expectedHistory = expected.Train(_problem.Dataset, options);

        int done = 0;
        new WordStateNetwork(seed: 7).Train(_problem.Dataset, options with { Checkpoint = new(File), ContinueAfterBatch = _ => ++done < batches });
        WordStateNetwork network = new(seed: 8);
        TrainingHistory history = network.Resume(_problem.Dataset, options with { Checkpoint = new(File) });

        Assert.Equal(expected.Parameters, network.Parameters);
        Assert.Equal(
            expectedHistory.Epochs.Select(static epoch => epoch with { Duration = default }),
            history.Epochs.Select(static epoch => epoch with { Duration = default }));
    }

    [Fact]
    public void Evaluation_of_each_output_is_that_of_its_predictions()
    {
        WordStateNetwork network = new(seed: 7);
        network.Train(_problem.Dataset, new TrainingOptions { Epochs = 5 });
        NamedEvaluation evaluation = network.Evaluate(_problem.Dataset);

        float[] features = new float[_problem.Count * WordStateNetwork.FeaturesSize];
        float[] policy = new float[_problem.Count * WordStateNetwork.PolicySize];
        float[] value = new float[_problem.Count * WordStateNetwork.ValueSize];
        network.Predict(_problem.Words, _problem.State, features, policy, value);
        double[] losses = [.. _problem.Labels.Select((label, i) => -Math.Log(policy[(i * 3) + label]))];
        int right = _problem.Labels.Where((label, i) => policy.AsSpan(i * 3, 3).IndexOf(policy[(i * 3)..((i * 3) + 3)].Max()) == label).Count();
        double squares = value.Zip(_problem.Targets, static (y, t) => (double)(y - t) * (y - t)).Average();

        Assert.Equal(["policy", "value"], evaluation.Names);
        Assert.Equal(losses.Average(), evaluation.Classes("policy").Loss, 1e-5);
        Assert.Equal((float)right / _problem.Count, evaluation.Classes("policy").Accuracy);
        Assert.Equal(squares, evaluation.Regression("value").Loss, 1e-5);
        Assert.Equal(Math.Sqrt(squares), evaluation.Regression("value").RootMeanSquaredError, 1e-5);
        Assert.Equal(losses.Average() + (0.5 * squares), evaluation.Loss, 1e-5);
        Assert.Equal(_problem.Count, evaluation.Count);
        Assert.StartsWith($"loss {evaluation.Loss:0.000000}, 60 samples\n\noutput      loss  accuracy\npolicy", evaluation.ToString());
        Assert.Contains("\n\nvalue: loss ", evaluation.ToString());
        Assert.Equal(
            "Expected an output whose evaluation is of type RegressionEvaluation, but that of 'policy' is of type Evaluation. (Parameter 'output')",
            Assert.Throws<ArgumentException>(() => evaluation.Regression("policy")).Message);
        Assert.Equal(
            "Expected one of the names [policy, value], but it is 'features'. (Parameter 'output')",
            Assert.Throws<ArgumentException>(() => evaluation.Regression("features")).Message);
    }

    [Fact]
    public void Positions_that_are_left_out_do_not_count()
    {
        int[] tags = [0, 1, -1, 2, -1, -1, -1, 1, 2, 2, 0, -1];
        int[] flags = [0, 1, 1, 1, 0, 0];
        NamedDataset dataset = TaggingNetwork.CreateDataset(Numbers.Gaussians(36, seed: 3), tags, flags);
        TaggingNetwork network = new(seed: 7);
        TrainingHistory history = network.Train(dataset, new TrainingOptions { Epochs = 1, BatchSize = 2, Shuffle = false, Optimizer = new Sgd(1e-30f) });
        NamedEvaluation evaluation = network.Evaluate(dataset);

        // The step is too small to change a parameter, so that training and evaluation measure the same.
        Assert.Equal(7, evaluation.Classes("tags").Count);
        Assert.Equal(3, evaluation.Labels("flags").Count);
        Assert.Equal(evaluation.Classes("tags").Loss, history.Epochs[0].Outputs["tags"].Loss, 1e-6f);
        Assert.Equal(evaluation.Classes("tags").Accuracy, history.Epochs[0].Outputs["tags"].Accuracy);
        Assert.Equal(evaluation.Labels("flags").Loss, history.Epochs[0].Outputs["flags"].Loss, 1e-6f);
        Assert.Equal(evaluation.Labels("flags").Accuracy, history.Epochs[0].Outputs["flags"].Accuracy);
    }

    [Fact]
    public void One_output_of_two_inputs_has_the_accuracy_of_the_network()
    {
        NamedDataset dataset = TwoInputsNetwork.CreateDataset(Numbers.Gaussians(40, seed: 3), Numbers.Gaussians(20, seed: 4), [0, 1, 2, 0, 1, 2, 0, 1, 2, 0]);
        TwoInputsNetwork network = new(seed: 7);
        TrainingHistory history = network.Train(dataset, new TrainingOptions { Epochs = 2 });
        EpochReport report = history.Epochs[^1];

        Assert.Equal(report.Outputs["outputs"].Accuracy, report.Accuracy);
        Assert.Equal(report.Outputs["outputs"].Loss, report.Loss);
        Assert.Equal(10, network.Evaluate(dataset).Classes("outputs").Count);
    }

    [Fact]
    public void History_and_lines_tell_the_outputs_apart()
    {
        StringWriter text = new();
        WordStateNetwork network = new(seed: 7);
        TrainingHistory history = network.Train(
            _problem.Dataset, new TrainingOptions { Epochs = 1, Progress = new ProgressLines(text) { Interval = TimeSpan.Zero } });
        OutputReports outputs = history.Epochs[0].Outputs;
        string[] csv = history.ToCsv().Split('\n');

        Assert.EndsWith(
            ",seconds,policy_loss,policy_accuracy,policy_validation_loss,policy_validation_accuracy," +
            "value_loss,value_accuracy,value_validation_loss,value_validation_accuracy",
            csv[0]);
        Assert.EndsWith(
            FormattableString.Invariant($",{outputs[0].Loss},{outputs[0].Accuracy},,,{outputs[1].Loss},{outputs[1].Accuracy},,"), csv[1]);
        Assert.Contains(
            FormattableString.Invariant(
                $" (policy {outputs[0].Loss:G4}, accuracy {outputs[0].Accuracy:0.0000}; value {outputs[1].Loss:G4}, accuracy {outputs[1].Accuracy:0.0000})"),
            text.ToString());
    }

    [Fact]
    public void A_batch_allocates_nothing()
    {
        WordStateNetwork network = new(seed: 7);
        TrainingOptions options = new() { Epochs = 4, BatchSize = 16 };
        long before = 0;
        long after = 0;
        network.Train(_problem.Dataset, options with
        {
            ContinueAfterBatch = batch =>
            {
                if (batch is { Epoch: 2, Batch: 1 })
                {
                    before = GC.GetAllocatedBytesForCurrentThread();
                }
                else if (batch is { Epoch: 2, Batch: 3 })
                {
                    after = GC.GetAllocatedBytesForCurrentThread();
                }

                return true;
            },
        });

        Assert.Equal(0, after - before);
    }

    [Fact]
    public void Generic_code_sees_inputs_and_outputs()
    {
        AssertPorts<WordStateNetwork>(["word (2)", "state (3)"], ["features (16)", "policy (3)", "value (2)"], inputSize: 5, outputSize: 21);
        AssertPorts<TwoInputsWithoutLossNetwork>(["left (4)", "right (2)"], ["outputs (8)"], inputSize: 6, outputSize: 8);
        AssertPorts<SmallNetwork>(["inputs (4)"], ["outputs (3)"], inputSize: 4, outputSize: 3);

        TwoInputsWithoutLossNetwork network = new(seed: 7);
        float[] left = Numbers.Gaussians(12, seed: 1);
        float[] right = Numbers.Gaussians(6, seed: 2);
        float[] expected = new float[24];
        network.Predict(left, right, expected);
        float[] rows = [.. Enumerable.Range(0, 3).SelectMany(i => left.Skip(i * 4).Take(4).Concat(right.Skip(i * 2).Take(2)))];
        float[] outputs = new float[24];
        Predict(network, rows, outputs);

        Assert.Equal(expected, outputs);

        static void Predict<TNetwork>(TNetwork network, float[] inputs, float[] outputs)
            where TNetwork : INetwork<TNetwork> => network.Predict(inputs, outputs);

        static void AssertPorts<TNetwork>(string[] inputs, string[] outputs, int inputSize, int outputSize)
            where TNetwork : INetwork<TNetwork>
        {
            Assert.Equal(inputs, TNetwork.Inputs.Select(static input => input.ToString()));
            Assert.Equal(outputs, TNetwork.Outputs.Select(static output => output.ToString()));
            Assert.Equal((inputSize, outputSize), (TNetwork.InputSize, TNetwork.OutputSize));
        }
    }

    [Fact]
    public void What_does_not_fit_is_refused()
    {
        NamedDataset other = TwoInputsNetwork.CreateDataset(new float[4], new float[2], [0]);
        WordStateNetwork network = new(seed: 7);
        float[] before = network.Parameters.ToArray();

        Assert.Equal(
            "Expected a data set of 'Nnfs.Tests.Training.WordStateNetwork', made by its CreateDataset, but it is one of " +
            "'Nnfs.Tests.Training.TwoInputsNetwork'. (Parameter 'dataset')",
            Assert.Throws<ArgumentException>(() => network.Train(other)).Message);
        Assert.Throws<ArgumentException>("dataset", () => network.Evaluate(other));
        Assert.Throws<ArgumentException>("options", () => network.Train(_problem.Dataset, new TrainingOptions { ValidationData = new(other) }));
        Assert.Throws<ArgumentException>(() => network.Train(WordStateNetwork.CreateDataset([], [], [], [])));
        Assert.Throws<ArgumentException>(() => network.Evaluate(WordStateNetwork.CreateDataset([], [], [], [])));
        Assert.Equal(before, network.Parameters.ToArray());
    }

    /// <summary>As training draws it, which its documentation promises: from the seed and the numbers of epoch and batch.</summary>
    private static ulong DropoutSeed(long seed, int epoch, int batch) => RandomNumbers.SplitMix64.DropoutSeed(seed, epoch, batch);
}
