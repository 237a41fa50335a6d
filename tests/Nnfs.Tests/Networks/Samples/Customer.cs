namespace Nnfs.Tests.Networks.Samples;

/// <summary>A customer with every kind of feature, and a label of three classes.</summary>
[Sample]
public partial record Customer(
    [Feature] float Age,
    [Feature(Scaling = FeatureScaling.Log)] double? Income,
    [Feature] Plan Plan,
    [Feature] bool IsActive,
    [Feature(Cyclic = 24)] float Hour,
    [Feature(2, Scaling = FeatureScaling.MinMax)] float[] Readings,
    [Feature(Scaling = FeatureScaling.None)] int? Calls,
    [Label] Reaction? Reaction)
{
    /// <summary>Some customers, drawn at random.</summary>
    public static Customer[] Draw(int count, int seed)
    {
        Random random = new(seed);

        return [.. Enumerable.Range(0, count).Select(_ =>
        {
            float age = 20 + (random.NextSingle() * 60);
            double? income = random.Next(4) == 0 ? null : Math.Round(Math.Exp(8 + (3 * random.NextDouble())));
            Plan plan = (Plan)(10 * random.Next(3));
            double score = (age / 40) + (plan == Plan.Gold ? 1 : 0) + (random.NextDouble() * 0.5) - 1.7;

            return new Customer(
                age,
                income,
                plan,
                random.Next(2) == 0,
                random.NextSingle() * 24,
                [random.NextSingle() * 5, 100 + (random.NextSingle() * 50)],
                random.Next(3) == 0 ? null : random.Next(20),
                score < -0.5 ? Samples.Reaction.None : score < 0.2 ? Samples.Reaction.Calls : Samples.Reaction.Leaves);
        })];
    }

    /// <summary>The values as a network should read them, by the definition of each scaling, from all customers that are measured.</summary>
    public static float[] Scale(IReadOnlyList<Customer> customers, IReadOnlyList<Customer> measured)
    {
        double[] incomes = [.. measured.Where(static customer => customer.Income is not null).Select(static customer => Math.Log(1 + customer.Income!.Value))];
        double[] calls = [.. measured.Where(static customer => customer.Calls is not null).Select(static customer => (double)customer.Calls!.Value)];
        double[] ages = [.. measured.Select(static customer => (double)customer.Age)];
        (double Least, double Greatest)[] readings = [.. Enumerable.Range(0, 2).Select(i =>
            ((double)measured.Min(customer => customer.Readings[i]), (double)measured.Max(customer => customer.Readings[i])))];

        return [.. customers.SelectMany(customer => (double[])
        [
            (customer.Age - ages.Average()) / Deviation(ages),
            customer.Income is { } income ? (Math.Log(1 + income) - incomes.Average()) / Deviation(incomes) : 0,
            customer.Income is null ? 1 : 0,
            customer.Plan == Plan.Basic ? 1 : 0,
            customer.Plan == Plan.Silver ? 1 : 0,
            customer.Plan == Plan.Gold ? 1 : 0,
            customer.IsActive ? 1 : 0,
            Math.Sin(2 * Math.PI * customer.Hour / 24),
            Math.Cos(2 * Math.PI * customer.Hour / 24),
            (customer.Readings[0] - readings[0].Least) / (readings[0].Greatest - readings[0].Least),
            (customer.Readings[1] - readings[1].Least) / (readings[1].Greatest - readings[1].Least),
            customer.Calls ?? calls.Average(),
            customer.Calls is null ? 1 : 0,
        ]).Select(static value => (float)value)];
    }

    private static double Deviation(double[] values)
    {
        double mean = values.Average();

        return Math.Sqrt(values.Sum(value => (value - mean) * (value - mean)) / values.Length);
    }
}
