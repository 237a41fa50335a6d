namespace Nnfs.WebAssembly;

/// <summary>Random numbers that are the same bits on every machine: whole numbers divided by a power of two.</summary>
internal static class ExactNumbers
{
    /// <summary>Numbers from −<paramref name="most"/>, a power of two, to its opposite.</summary>
    public static float[] Around(int count, long seed, float most = 1f)
    {
        NumpyRandom random = new(seed);
        float[] numbers = new float[count];

        for (int i = 0; i < count; i++)
        {
            numbers[i] = most * (((int)(random.NextUInt32() >> 8) - (1 << 23)) / (float)(1 << 23));
        }

        return numbers;
    }

    /// <summary>Probabilities, from 0 to 1.</summary>
    public static float[] Probabilities(int count, long seed)
    {
        float[] numbers = Around(count, seed);

        for (int i = 0; i < count; i++)
        {
            numbers[i] = (numbers[i] + 1f) / 2f;
        }

        return numbers;
    }

    /// <summary>Whole numbers below a bound.</summary>
    public static int[] Below(int bound, int count, long seed)
    {
        NumpyRandom random = new(seed);
        int[] numbers = new int[count];

        for (int i = 0; i < count; i++)
        {
            numbers[i] = (int)(random.NextUInt32() % (uint)bound);
        }

        return numbers;
    }
}
