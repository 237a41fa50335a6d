namespace Nnfs;

/// <summary>
/// NumPy's legacy random generator, bit for bit: what <c>numpy.random.seed(seed)</c> and <c>numpy.random.RandomState(seed)</c>
/// draw. It starts networks and data sets from the same numbers as a program in Python.
/// </summary>
/// <remarks>
/// The bits come from the Mersenne Twister MT19937 (Matsumoto and Nishimura 1998, "Mersenne Twister: A 623-Dimensionally
/// Equidistributed Uniform Pseudo-Random Number Generator"), seeded by the authors' <c>init_genrand</c>. Normal numbers come
/// from Marsaglia's polar method, as in <c>RandomState.randn</c>. The generator is neither cryptographic nor safe to share
/// between threads.
/// </remarks>
public sealed class NumpyRandom
{
    private const int StateSize = 624;
    private const int Shift = 397;
    private const uint UpperBit = 0x8000_0000;
    private const uint LowerBits = 0x7fff_ffff;
    private const uint TwistMatrix = 0x9908_b0df;

    private readonly uint[] _state = new uint[StateSize];
    private int _next = StateSize;
    private double _storedGaussian;
    private bool _hasStoredGaussian;

    /// <summary>Starts the sequence of a seed.</summary>
    /// <param name="seed">0 … 2³² − 1, as NumPy takes it.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="seed"/> is negative or greater than 2³² − 1.</exception>
    public NumpyRandom(long seed)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(seed);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(seed, uint.MaxValue);

        uint previous = (uint)seed;
        _state[0] = previous;

        for (int i = 1; i < StateSize; i++)
        {
            previous = (1_812_433_253 * (previous ^ (previous >> 30))) + (uint)i;
            _state[i] = previous;
        }
    }

    /// <summary>
    /// Whether <see cref="WeightInitialization"/> draws weights from this generator. It leaves them as they are where others are about to take their place.
    /// </summary>
    internal bool DrawsWeights { get; private init; } = true;

    /// <summary>A generator for <see cref="INetworkModel{TSelf}.CreateUninitialized"/>, which alone makes networks without drawing their weights.</summary>
    internal static NumpyRandom WithoutWeights() => new(seed: 0) { DrawsWeights = false };

    /// <summary>The next 32 bits of the Mersenne Twister: every value of <see cref="uint"/> is equally likely.</summary>
    public uint NextUInt32()
    {
        if (_next == StateSize)
        {
            Twist();
        }

        uint bits = _state[_next++];
        bits ^= bits >> 11;
        bits ^= (bits << 7) & 0x9d2c_5680;
        bits ^= (bits << 15) & 0xefc6_0000;

        return bits ^ (bits >> 18);
    }

    /// <summary>The next number of NumPy's <c>random_sample</c>: uniform in 0 ≤ x &lt; 1, a multiple of 2⁻⁵³. It takes two draws of 32 bits.</summary>
    /// <remarks><c>(a · 2²⁶ + b) / 2⁵³</c>, where <c>a</c> is the upper 27 bits of the first draw and <c>b</c> the upper 26 of the second.</remarks>
    public double NextDouble()
    {
        uint a = NextUInt32() >> 5;
        uint b = NextUInt32() >> 6;

        return ((a * 67_108_864.0) + b) / 9_007_199_254_740_992.0;
    }

    /// <summary>The next number of NumPy's <c>randn</c>: normally distributed with mean 0 and variance 1.</summary>
    /// <remarks>
    /// Marsaglia's polar method: of a point <c>(x, y)</c> drawn uniformly in the unit disc, with <c>s = x² + y²</c>, the numbers
    /// <c>y·√(−2 ln s / s)</c> and <c>x·√(−2 ln s / s)</c> are normal and independent. The first is returned and the second is
    /// kept for the next call, whatever other draws lie between the two, as NumPy keeps it.
    /// </remarks>
    public double NextGaussian()
    {
        if (_hasStoredGaussian)
        {
            _hasStoredGaussian = false;

            return _storedGaussian;
        }

        double x;
        double y;
        double s;

        do
        {
            x = (2.0 * NextDouble()) - 1.0;
            y = (2.0 * NextDouble()) - 1.0;
            s = (x * x) + (y * y);
        }
        while (s is >= 1.0 or 0.0);

        double scale = Math.Sqrt(-2.0 * Math.Log(s) / s);
        _storedGaussian = scale * x;
        _hasStoredGaussian = true;

        return scale * y;
    }

    /// <summary>Replaces the state by the next 624 words of the recurrence.</summary>
    private void Twist()
    {
        uint[] state = _state;

        for (int i = 0; i < StateSize; i++)
        {
            uint joined = (state[i] & UpperBit) | (state[(i + 1) % StateSize] & LowerBits);
            uint twist = (joined & 1) != 0 ? TwistMatrix : 0;
            state[i] = state[(i + Shift) % StateSize] ^ (joined >> 1) ^ twist;
        }

        _next = 0;
    }
}
