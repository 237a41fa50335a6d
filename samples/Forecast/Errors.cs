namespace Forecast;

/// <summary>The mean absolute errors of a way to forecast, hour by hour.</summary>
/// <param name="Name">What it does.</param>
internal sealed record Errors(string Name)
{
    private readonly double[] _sums = new double[Demand.HoursPerDay];
    private int _days;

    /// <summary>The mean over all hours.</summary>
    public double Mean => _sums.Sum() / _days / _sums.Length;

    /// <summary>The mean over the days of those so many hours ahead, from 1.</summary>
    public double Ahead(int hours) => _sums[hours - 1] / _days;

    /// <summary>Adds a day.</summary>
    public void Add(ReadOnlySpan<float> forecast, ReadOnlySpan<float> truth)
    {
        for (int i = 0; i < _sums.Length; i++)
        {
            _sums[i] += Math.Abs(forecast[i] - truth[i]);
        }

        _days++;
    }
}
