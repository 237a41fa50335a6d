namespace Forecast;

/// <summary>
/// The hourly demand for power of a town that does not exist: it grows, has seasons, other days at weekends, and weather that stays for a while.
/// </summary>
internal static class Demand
{
    public const int HoursPerDay = 24;
    public const int HoursPerWeek = 7 * HoursPerDay;

    private const int DaysPerYear = 365;

    /// <summary>The demand of each hour in megawatts, from a Monday at midnight on.</summary>
    /// <param name="days">The number of days.</param>
    /// <param name="seed">The seed of the weather.</param>
    public static float[] Draw(int days, int seed)
    {
        Random random = new(seed);
        float[] hours = new float[days * HoursPerDay];
        double weather = 0;

        for (int hour = 0; hour < hours.Length; hour++)
        {
            double day = hour / (double)HoursPerDay;
            double growth = 0.01 * day;
            double season = 8 * Math.Cos(2 * Math.PI * day / DaysPerYear);

            // What the weather does to the demand halves in about seven hours.
            weather = (0.9 * weather) + Gaussian(random);
            hours[hour] = (float)(90 + growth + season + OfDay(hour / HoursPerDay % 7 >= 5, hour % HoursPerDay) + weather);
        }

        return hours;
    }

    /// <summary>Working days have peaks in the morning and in the evening, weekends one at noon.</summary>
    private static double OfDay(bool isWeekend, int hour) => isWeekend
        ? Peak(hour, at: 13, height: 14, width: 4)
        : Peak(hour, at: 8, height: 20, width: 2) + Peak(hour, at: 19, height: 28, width: 3);

    private static double Peak(int hour, int at, double height, double width) => height * Math.Exp(-(hour - at) * (hour - at) / (2 * width * width));

    /// <summary>A number from the standard normal distribution.</summary>
    private static double Gaussian(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
