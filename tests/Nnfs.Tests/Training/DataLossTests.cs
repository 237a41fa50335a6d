namespace Nnfs.Tests.Training;

/// <summary>The loss of the data under a penalty that is ten million times as large: in float32 their sum has lost it.</summary>
public class DataLossTests
{
    /// <summary>The penalty of the weights below, about 15; the loss of the data is some 1e-6 and less than half a unit in the last place of their sum.</summary>
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
        // Only the data teaches the bias of the last layer. Small steps take it to the targets, epoch by epoch; the rest of the network hardly moves.
        TrainingHistory history = _network.Train(_features, _targets, new TrainingOptions
        {
            Epochs = 12,
            BatchSize = 0,
            Optimizer = new Sgd(1e-7f),
            ValidationData = new(_features, _targets.Select(static target => target + 1f).ToArray()),
            EarlyStopping = new() { Patience = 2 },
        });

        Assert.True(history.BestEpoch > 0);
        Assert.All(history.Epochs, static epoch => Assert.True(epoch.ValidationLoss > 0f));
    }

    [Fact]
    public void Reports_of_the_users_own_subtract()
    {
        Assert.Equal(2f, new BatchReport(1, 1, 1, 1, Loss: 5f, RegularizationLoss: 3f).DataLoss);
        Assert.Equal(2f, new EpochReport(1, 5f, 3f, 0f, null, null, 0f, TimeSpan.Zero).DataLoss);
    }
}
