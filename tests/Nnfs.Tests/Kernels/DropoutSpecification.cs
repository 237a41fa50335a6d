namespace Nnfs.Tests.Kernels;

/// <summary>The masks of dropout, one element at a time in plain integers.</summary>
internal static class DropoutSpecification
{
    /// <summary>The number that elements multiply by when they are kept: <c>1 / (1 − rate)</c>, rounded once.</summary>
    public static float Scale(float rate) => (float)(1 / (1 - (double)rate));

    /// <summary>Whether the element of a number is kept.</summary>
    public static bool IsKept(ulong seed, ulong number, float rate)
    {
        ulong keys = Mix64(Mix64(Mix64(seed) + (number >> 32)) + 0x9E3779B97F4A7C15);
        uint bits = Mix32(Mix32((uint)number ^ (uint)keys) + (uint)(keys >> 32));

        // From the lowest number with a sign on, so zero counts as the middle.
        return (long)(int)bits + (1L << 31) >= Math.Round((double)rate * (1L << 32));
    }

    /// <summary>The mask of consecutive elements: 1 where kept, else 0.</summary>
    public static float[] Mask(ulong seed, long first, float rate, int count)
    {
        float[] mask = new float[count];

        for (int i = 0; i < count; i++)
        {
            mask[i] = IsKept(seed, (ulong)first + (ulong)i, rate) ? 1f : 0f;
        }

        return mask;
    }

    /// <summary>
    /// The inverse of <c>lowbias32</c>, as it was published with it: the products of its factors with those of the function are 1 modulo 2³².
    /// </summary>
    public static uint InverseOfMix32(uint x)
    {
        x ^= x >> 16;
        x *= 0x43021123;
        x ^= (x >> 15) ^ (x >> 30);
        x *= 0x1D69E2A5;

        return x ^ (x >> 16);
    }

    private static uint Mix32(uint x)
    {
        x = (x ^ (x >> 16)) * 0x7FEB352D;
        x = (x ^ (x >> 15)) * 0x846CA68B;

        return x ^ (x >> 16);
    }

    private static ulong Mix64(ulong x)
    {
        x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9;
        x = (x ^ (x >> 27)) * 0x94D049BB133111EB;

        return x ^ (x >> 31);
    }
}
