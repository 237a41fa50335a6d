namespace Nnfs.Data;

/// <summary>Random orders.</summary>
internal static class Permutation
{
    /// <summary>Puts the values into a random order: the one of NumPy's legacy <c>shuffle</c>, draw for draw.</summary>
    /// <param name="values">The values.</param>
    /// <param name="random">The generator that the order is drawn from; it advances.</param>
    public static void Shuffle(Span<int> values, NumpyRandom random)
    {
        for (int last = values.Length - 1; last > 0; last--)
        {
            int other = Below(last, random);
            (values[last], values[other]) = (values[other], values[last]);
        }
    }

    /// <summary>A number from 0 to <paramref name="most"/>: of as many bits as that has, and drawn again where it is more.</summary>
    private static int Below(int most, NumpyRandom random)
    {
        uint mask = uint.MaxValue >> System.Numerics.BitOperations.LeadingZeroCount((uint)most);
        uint value;

        do
        {
            value = random.NextUInt32() & mask;
        }
        while (value > most);

        return (int)value;
    }
}
