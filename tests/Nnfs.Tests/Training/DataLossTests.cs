namespace Nnfs.Tests.Training;

/// <summary>The loss of the data under a penalty that is ten million times as large: in float32 their sum has lost it.</summary>
public class DataLossTests
{
    // The penalty of the weights is more than 10; the loss of the data is less than half a unit in the last place of that.
    private const int Samples = 6;

    private readonly PenalizedCurveNetwork _network = new(seed: 3);
    private readonly float[] _features = Numbers.Gaussians(Samples * PenalizedCurveNetwork.InputSize, seed: 4, scale: 0.01f);
    private readonly float[] _targets;

    public DataLossTests()
    {
        _targets = new float[Samples];
        _network.Predict(_features, _targets);

        for (int i = 0; i < Samples; i++)
        {
            _targets[i] += 1e-4f * (i + 1);
        }
    }

    /// <summary>The mean of (y − t)² in float64.</summary>
    private double MeanSquaredError
    {
        get
        {
            float[] outputs = new float[Samples];
            _network.Predict(_features, outputs);

            return outputs.Zip(_targets, static (y, t) => ((double)y - t) * ((double)y - t)).Average();
        }
    }

    [Fact]
    public void Evaluate_keeps_a_loss_that_the_penalty_would_swallow()
    {
        double expected = MeanSquaredError;

        Assert.InRange(expected, 1e-8, 1e-6);
        Assert.Equal(expected, _network.Evaluate(_features, _targets).Loss, 1e-4 * expected);
    }

    [Fact]
    public void Reports_keep_a_loss_that_the_penalty_would_swallow()
    {
        double expected = MeanSquaredError;
        List<BatchReport> batches = [];
        EpochReport epoch = _network.Train(_features, _targets, new TrainingOptions
        {
            Epochs = 1,
            BatchSize = 0,
            Shuffle = false,
            Optimizer = new Sgd(0f),
            ValidationData = new(_features, _targets),
            ContinueAfterBatch = report =>
            {
                batches.Add(report);

                return true;
            },
        }).Epochs[0];

        Assert.InRange(epoch.RegularizationLoss, 10f, 100f);
        Assert.Equal(expected, batches[0].DataLoss, 1e-4 * expected);
        Assert.Equal(expected, epoch.DataLoss, 1e-4 * expected);
        Assert.Equal(expected, epoch.ValidationLoss!.Value, 1e-4 * expected);
        Assert.Equal(batches[0].Loss, batches[0].RegularizationLoss + batches[0].DataLoss);
    }

    [Fact]
    public void Early_stopping_sees_a_validation_loss_that_the_penalty_would_swallow()
    {
        // Each step takes the bias of the last layer nearer to the targets, 0.0001 to 0.0006 above the outputs, so that each epoch is an improvement.
        TrainingHistory history = _network.Train(_features, _targets, new TrainingOptions
        {
            Epochs = 10,
            BatchSize = 0,
            Optimizer = new Nudge(_network),
            ValidationData = new(_features, _targets),
            EarlyStopping = new() { Patience = 2 },
        });

        Assert.Equal((10, 10), (history.Epochs.Count, history.BestEpoch));
        Assert.All(history.Epochs, static epoch => Assert.InRange(epoch.ValidationLoss!.Value, 1e-8f, 1e-6f));
    }

    [Fact]
    public void Reports_of_the_users_own_subtract()
    {
        Assert.Equal(2f, new BatchReport(1, 1, 1, 1, Loss: 5f, RegularizationLoss: 3f).DataLoss);
        Assert.Equal(2f, new EpochReport(1, 5f, 3f, 0f, null, null, 0f, TimeSpan.Zero).DataLoss);
    }

    /// <summary>An optimizer that moves one bias alone.</summary>
    private sealed class Nudge(PenalizedCurveNetwork network) : Optimizer(1f)
    {
        protected override void Update(Span<float> parameters, ReadOnlySpan<float> gradients) => network.Dense2.Biases[0] += 2e-5f;
    }
}
