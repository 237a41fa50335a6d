namespace Forecast;

/// <summary>Brings demands about 0 and to a size of about 1, as a network likes its numbers.</summary>
/// <param name="Mean">The mean of the demands.</param>
/// <param name="Deviation">Their standard deviation.</param>
internal readonly record struct Scale(float Mean, float Deviation)
{
    /// <summary>The scale of these demands.</summary>
    public static Scale Of(ReadOnlySpan<float> demands)
    {
        double sum = 0, squares = 0;

        foreach (float demand in demands)
        {
            sum += demand;
            squares += (double)demand * demand;
        }

        double mean = sum / demands.Length;

        return new Scale((float)mean, (float)Math.Sqrt((squares / demands.Length) - (mean * mean)));
    }

    public float ToNetwork(float demand) => (demand - Mean) / Deviation;

    public float FromNetwork(float value) => (value * Deviation) + Mean;
}
