using System.Runtime.CompilerServices;

namespace Nnfs.RandomNumbers;

/// <summary>
/// The generator SplitMix64 (Steele, Lea and Flood 2014, "Fast splittable pseudorandom number generators"): its whole state is one number,
/// so that any epoch's order can be drawn without those before it.
/// </summary>
internal struct SplitMix64(ulong state)
{
    private ulong _state = state;

    /// <summary>The generator of an epoch's order: it starts at <c>mix(mix(seed) + epoch)</c>.</summary>
    public static SplitMix64 ForEpoch(long seed, int epoch) => ForStream((ulong)seed, (ulong)epoch);

    /// <summary>The generator of one of the streams that a seed has: it starts at <c>mix(mix(seed) + stream)</c>.</summary>
    public static SplitMix64 ForStream(ulong seed, ulong stream) => new(Mix(Mix(seed) + stream));

    /// <summary>
    /// What the masks of dropout of a batch are drawn from: of the stream of the epoch the batch's own, so that it depends on no batch before.
    /// </summary>
    /// <param name="seed">The seed of the training.</param>
    /// <param name="epoch">The epoch, from 1.</param>
    /// <param name="batch">The batch, from 1.</param>
    public static ulong DropoutSeed(long seed, int epoch, int batch) => ForStream(ForEpoch(seed, epoch)._state, (ulong)batch).Next();

    /// <summary>
    /// The generator of what changes an image: of the stream of the epoch's first number the image's own, so that it depends on no other image, and not on the
    /// order in which they are taken.
    /// </summary>
    /// <param name="seed">The seed of the training.</param>
    /// <param name="epoch">The epoch, from 1.</param>
    /// <param name="sample">The image, as it lies in the data, from 0.</param>
    public static SplitMix64 ForImage(long seed, int epoch, int sample) => ForStream(ForEpoch(seed, epoch).Next(), (ulong)sample);

    /// <summary>The next 64 random bits.</summary>
    public ulong Next() => Mix(_state += 0x9E3779B97F4A7C15);

    /// <summary>A number from 0 to 1, a multiple of 2⁻⁵³ less than 1.</summary>
    public double NextDouble() => (Next() >> 11) * (1.0 / (1UL << 53));

    /// <summary>A number from 0 to <paramref name="bound"/> − 1, each as likely (Lemire 2019, "Fast random integer generation in an interval").</summary>
    public int Next(int bound)
    {
        uint range = (uint)bound;
        ulong product = (Next() >> 32) * range;

        if ((uint)product < range)
        {
            uint threshold = (0u - range) % range;

            while ((uint)product < threshold)
            {
                product = (Next() >> 32) * range;
            }
        }

        return (int)(product >> 32);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;

        return z ^ (z >> 31);
    }
}
