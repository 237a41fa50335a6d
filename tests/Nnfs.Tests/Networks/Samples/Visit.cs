namespace Nnfs.Tests.Networks.Samples;

/// <summary>A visit that ends in a purchase or does not.</summary>
[Sample]
public partial record Visit([Feature] float Minutes, [Feature] int Pages, [Label] bool Buys)
{
    /// <summary>Some visits, drawn at random.</summary>
    public static Visit[] Draw(int count, int seed)
    {
        Random random = new(seed);

        return [.. Enumerable.Range(0, count).Select(_ =>
        {
            float minutes = random.NextSingle() * 30;
            int pages = random.Next(1, 20);

            return new Visit(minutes, pages, minutes + (pages * 2) + (random.NextSingle() * 6) > 40);
        })];
    }
}
