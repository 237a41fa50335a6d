namespace Nnfs.Tests.Networks.Samples;

/// <summary>A house whose price and age are to be predicted.</summary>
[Sample]
public readonly partial record struct House(
    [Feature] double Area, [Feature] bool HasGarden, [Label] double Price, [Label(Scaling = FeatureScaling.None)] float? Age)
{
    /// <summary>Some houses, drawn at random.</summary>
    public static House[] Draw(int count, int seed)
    {
        Random random = new(seed);

        return [.. Enumerable.Range(0, count).Select(_ =>
        {
            double area = 40 + (random.NextDouble() * 160);
            bool hasGarden = random.Next(2) == 0;

            return new House(area, hasGarden, 50_000 + (area * 3000) + (hasGarden ? 40_000 : 0), (float)(area / 100));
        })];
    }
}
