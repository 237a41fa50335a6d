using Nnfs;

namespace Forecast;

/// <summary>A network with the scale of what it has learnt from.</summary>
internal sealed class Forecaster
{
    private readonly DemandNet _net = new(seed: 0);
    private readonly Scale _scale;
    private readonly float[] _week = new float[DemandNet.InputSize];
    private readonly float[] _forecasts = new float[DemandNet.OutputSize];

    /// <summary>Learns from demands.</summary>
    /// <param name="demands">The demand of each hour.</param>
    /// <param name="epochs">How often it goes through them.</param>
    /// <param name="progress">Gets the loss after each epoch.</param>
    public Forecaster(ReadOnlySpan<float> demands, int epochs, IProgress<EpochReport> progress)
    {
        _scale = Scale.Of(demands);
        History = _net.Train(Weeks(demands), new TrainingOptions
        {
            Epochs = epochs,
            BatchSize = 16,
            Optimizer = new Adam(learningRate: 0.003f),
            Schedule = LearningRateSchedule.Cosine(),
            Progress = progress,
        });
    }

    /// <summary>How the training went.</summary>
    public TrainingHistory History { get; }

    /// <summary>The next 24 hours after an hour, from the week before.</summary>
    /// <param name="demands">The demand of each hour.</param>
    /// <param name="hour">The first hour of the forecast.</param>
    public float[] Forecast(ReadOnlySpan<float> demands, int hour)
    {
        ReadOnlySpan<float> week = demands.Slice(hour - _week.Length, _week.Length);

        for (int i = 0; i < _week.Length; i++)
        {
            _week[i] = _scale.ToNetwork(week[i]);
        }

        _net.Predict(_week, _forecasts);

        return Array.ConvertAll(_forecasts[^Demand.HoursPerDay..], _scale.FromNetwork);
    }

    /// <summary>A sample for each day: the week before it, and what came in the 24 hours after each of its hours.</summary>
    private RegressionDataset Weeks(ReadOnlySpan<float> demands)
    {
        int hours = DemandNet.InputShape[0];
        int ahead = DemandNet.OutputShape[1];
        int count = ((demands.Length - hours - ahead) / Demand.HoursPerDay) + 1;
        float[] inputs = new float[count * hours];
        float[] targets = new float[count * hours * ahead];

        for (int i = 0; i < inputs.Length; i++)
        {
            int hour = (i / hours * Demand.HoursPerDay) + (i % hours);
            inputs[i] = _scale.ToNetwork(demands[hour]);

            for (int k = 0; k < ahead; k++)
            {
                targets[(i * ahead) + k] = _scale.ToNetwork(demands[hour + 1 + k]);
            }
        }

        return new RegressionDataset(inputs, targets, hours, hours * ahead);
    }
}
