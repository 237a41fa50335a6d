namespace Nnfs.Sweeps.Parameters;

/// <summary>
/// The random numbers of a trial: SplitMix64 (Steele, Lea and Flood 2014, "Fast splittable pseudorandom number generators"), started at
/// <c>mix(mix(seed) + trial)</c>, so that a trial's numbers don't depend on how many trials there are.
/// </summary>
/// <param name="seed">The seed of the sweep.</param>
/// <param name="trial">The number of the trial.</param>
internal struct TrialRandom(int seed, int trial)
{
    private ulong _state = Mix(Mix((ulong)seed) + (ulong)trial);

    /// <summary>A number from 0 to 1, a multiple of 2⁻⁵³ less than 1.</summary>
    public double NextDouble() => (Next() >> 11) * (1.0 / (1UL << 53));

    /// <summary>A seed for what a trial draws itself, not negative.</summary>
    public int NextSeed() => (int)(Next() >> 33);

    private ulong Next() => Mix(_state += 0x9E3779B97F4A7C15);

    private static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;

        return z ^ (z >> 31);
    }
}
