namespace Nnfs.Tests.Networks.Samples;

/// <summary>A trip between two stations, whose names are embedded; the second may be missing.</summary>
[Sample]
public partial record Trip(
    [Feature] float Length,
    [Feature(Embedding = 3)] Station Start,
    [Feature] bool IsHoliday,
    [Feature(Embedding = 2)] Station? End,
    [Label] Outcome Outcome)
{
    /// <summary>Some trips, drawn at random: where they start and end decides how they turn out.</summary>
    public static Trip[] Draw(int count, int seed)
    {
        Random random = new(seed);

        return [.. Enumerable.Range(0, count).Select(_ =>
        {
            Station start = (Station)random.Next(4);
            Station? end = random.Next(5) == 0 ? null : (Station)random.Next(4);

            return new Trip(
                random.NextSingle() * 30,
                start,
                random.Next(2) == 0,
                end,
                end is null ? Outcome.Lost : start is Station.North or Station.West ? Outcome.Late : Outcome.Returned);
        })];
    }
}
