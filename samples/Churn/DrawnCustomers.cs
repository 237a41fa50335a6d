using Nnfs;

namespace Churn;

/// <summary>Customers drawn at random, of whom about 5 % leave, each with a probability that is known: nothing can predict them better than it.</summary>
internal static class DrawnCustomers
{
    /// <summary>Draws customers; a part of their ages and incomes is not known.</summary>
    /// <param name="count">How many.</param>
    /// <param name="random">What they are drawn from; it advances.</param>
    public static Customer[] Draw(int count, NumpyRandom random) => [.. Enumerable.Range(0, count).Select(_ => Draw(random))];

    private static Customer Draw(NumpyRandom random)
    {
        double age = 18 + (60 * random.NextDouble());
        double income = Math.Exp(10.3 + (0.5 * random.NextGaussian()));
        Tariff tariff = (Tariff)(int)(3 * random.NextDouble());
        Region region = (Region)(int)(4 * random.NextDouble());
        bool isOnline = random.NextDouble() < 0.6;
        int months = (int)(120 * random.NextDouble() * random.NextDouble());
        int complaints = (int)(-1.2 * Math.Log(1 - random.NextDouble()));
        double megabytes = Math.Exp(6 + (1.2 * random.NextGaussian()));
        double hour = 24 * random.NextDouble();

        // Complaints count most for new customers, and the night is not between the evening and the morning for nothing.
        double score = -4.2
            + (tariff == Tariff.Prepaid ? 1.2 : tariff == Tariff.Yearly ? -1.5 : 0)
            + (region == Region.East ? 0.5 : 0)
            + (months < 12 ? 0.9 * complaints : 0.25 * complaints)
            + (0.9 * Math.Cos(2 * Math.PI * (hour - 2) / 24))
            + (Math.Abs(age - 40) < 10 ? -0.8 : 0.3)
            - (isOnline ? 0.4 : 0)
            - (0.6 * (Math.Log(megabytes) - 6))
            - (0.5 * (Math.Log(income) - 10.3));
        bool leaves = random.NextDouble() < 1 / (1 + Math.Exp(-score));

        return new Customer(
            random.NextDouble() < 0.1 ? null : (float)Math.Floor(age),
            random.NextDouble() < 0.2 ? null : Math.Round(income),
            tariff,
            region,
            isOnline,
            months,
            complaints,
            Math.Round(megabytes, 1),
            (float)Math.Round(hour, 1),
            leaves);
    }
}
