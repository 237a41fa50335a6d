using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Nnfs.Simd;

namespace Nnfs.Kernels;

/// <summary>
/// Windows of 2 × 2 pixels side by side, whose pixels have few channels: a vector of 512 bits holds as many places as fit into it, and permutations over
/// pairs of vectors bring the left and the right pixels of their windows together.
/// </summary>
internal readonly struct PixelPairs
{
    private const int MostChannels = 8;

    /// <summary>A division by as few channels, of as few lanes, is a multiplication and a shift.</summary>
    private const int DivisionShift = 16;

    /// <summary>The values of a pixel.</summary>
    private readonly int _channels;

    /// <summary>The places of a vector.</summary>
    private readonly int _places;

    /// <summary>Where the second vector of pixels begins, so that it ends with the last of them.</summary>
    private readonly int _second;

    private PixelPairs(int channels)
    {
        _channels = channels;
        _places = Simd512.Count / channels;
        _second = (2 * _places * channels) - Simd512.Count;
    }

    /// <summary>Whether the windows are such, and this machine has the permutations.</summary>
    public static bool Serves(Window2D window) =>
        Avx512F.IsSupported
        && Vector512.IsHardwareAccelerated
        && window is { KernelHeight: 2, KernelWidth: 2, Stride: 2, IsPadded: false }
        && window.Channels <= MostChannels
        && window.OutputWidth >= Simd512.Count / window.Channels;

    /// <summary>What the window makes of the pixels at each place: see <see cref="Pooling"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Reduce<TPooling>(Window2D window, ref float x, ref float y, int samples)
        where TPooling : struct, IPooling
    {
        PixelPairs pairs = new(window.Channels);
        Vector512<int> left = pairs.Join(0);
        Vector512<int> right = pairs.Join(pairs._channels);
        nuint rowStep = (nuint)(window.Width * window.Channels);
        nuint second = (nuint)pairs._second;
        nuint end = (nuint)(samples * window.Places * window.Channels);
        nuint image = 0;
        nuint place = 0;

        for (int i = 0; i < samples; i++)
        {
            for (int row = 0; row < window.OutputHeight; row++)
            {
                ref float x0 = ref Unsafe.Add(ref x, image + (2 * (nuint)row * rowStep));

                for (int column = 0; column < window.OutputWidth; column += pairs._places)
                {
                    nuint start = (nuint)(Math.Min(column, window.OutputWidth - pairs._places) * window.Channels);
                    ref float upper = ref Unsafe.Add(ref x0, 2 * start);
                    ref float lower = ref Unsafe.Add(ref upper, rowStep);
                    Vector512<float> upper0 = Simd512.Load(in upper, 0);
                    Vector512<float> upper1 = Simd512.Load(in upper, second);
                    Vector512<float> lower0 = Simd512.Load(in lower, 0);
                    Vector512<float> lower1 = Simd512.Load(in lower, second);

                    Vector512<float> value = TPooling.Combine<Simd512, Vector512<float>>(
                        TPooling.Combine<Simd512, Vector512<float>>(
                            Avx512F.PermuteVar16x32x2(upper0, left, upper1), Avx512F.PermuteVar16x32x2(upper0, right, upper1)),
                        TPooling.Combine<Simd512, Vector512<float>>(
                            Avx512F.PermuteVar16x32x2(lower0, left, lower1), Avx512F.PermuteVar16x32x2(lower0, right, lower1)));
                    value = TPooling.Scale<Simd512, Vector512<float>>(value, 4);

                    // What is written beyond these places is written again, but not beyond the last one.
                    nuint first = place + start;

                    if (first + (nuint)Simd512.Count <= end)
                    {
                        Simd512.Store(value, ref y, first);
                    }
                    else
                    {
                        Simd512.StorePart(value, ref y, first, (int)(end - first));
                    }
                }

                place += (nuint)(window.OutputWidth * window.Channels);
            }

            image += (nuint)window.Size;
        }
    }

    /// <summary>The gradients of the pixels, of which the windows leave none out: see <see cref="Pooling"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Spread<TPooling>(Window2D window, ref float x, ref float y, ref float dy, ref float dx, int samples)
        where TPooling : struct, IPooling
    {
        PixelPairs pairs = new(window.Channels);
        Vector512<int> left = pairs.Join(0);
        Vector512<int> right = pairs.Join(pairs._channels);
        Vector512<int> front = pairs.Part(0);
        Vector512<int> back = pairs.Part(pairs._second);
        nuint rowStep = (nuint)(window.Width * window.Channels);
        nuint second = (nuint)pairs._second;
        nuint end = (nuint)(samples * window.Places * window.Channels);
        nuint image = 0;
        nuint place = 0;

        for (int i = 0; i < samples; i++)
        {
            for (int row = 0; row < window.OutputHeight; row++)
            {
                nuint rowStart = image + (2 * (nuint)row * rowStep);

                for (int column = 0; column < window.OutputWidth; column += pairs._places)
                {
                    nuint start = (nuint)(Math.Min(column, window.OutputWidth - pairs._places) * window.Channels);
                    nuint upper = rowStart + (2 * start);
                    nuint lower = upper + rowStep;
                    Vector512<float> rest = TPooling.Scale<Simd512, Vector512<float>>(Load(ref dy, place + start, end), 4);
                    Vector512<float> upperLeft, upperRight, lowerLeft, lowerRight, value;
                    upperLeft = upperRight = lowerLeft = lowerRight = value = rest;

                    if (TPooling.TakesValues)
                    {
                        value = Load(ref y, place + start, end);
                        Vector512<float> upper0 = Simd512.Load(in x, upper);
                        Vector512<float> upper1 = Simd512.Load(in x, upper + second);
                        Vector512<float> lower0 = Simd512.Load(in x, lower);
                        Vector512<float> lower1 = Simd512.Load(in x, lower + second);
                        upperLeft = Avx512F.PermuteVar16x32x2(upper0, left, upper1);
                        upperRight = Avx512F.PermuteVar16x32x2(upper0, right, upper1);
                        lowerLeft = Avx512F.PermuteVar16x32x2(lower0, left, lower1);
                        lowerRight = Avx512F.PermuteVar16x32x2(lower0, right, lower1);
                    }

                    rest = TPooling.Admit<Simd512, Vector512<float>>(value, rest);
                    upperLeft = TPooling.Share<Simd512, Vector512<float>>(upperLeft, value, ref rest);
                    upperRight = TPooling.Share<Simd512, Vector512<float>>(upperRight, value, ref rest);
                    lowerLeft = TPooling.Share<Simd512, Vector512<float>>(lowerLeft, value, ref rest);
                    lowerRight = TPooling.Share<Simd512, Vector512<float>>(lowerRight, value, ref rest);

                    Simd512.Store(Avx512F.PermuteVar16x32x2(upperLeft, front, upperRight), ref dx, upper);
                    Simd512.Store(Avx512F.PermuteVar16x32x2(upperLeft, back, upperRight), ref dx, upper + second);
                    Simd512.Store(Avx512F.PermuteVar16x32x2(lowerLeft, front, lowerRight), ref dx, lower);
                    Simd512.Store(Avx512F.PermuteVar16x32x2(lowerLeft, back, lowerRight), ref dx, lower + second);
                }

                place += (nuint)(window.OutputWidth * window.Channels);
            }

            image += (nuint)window.Size;
        }
    }

    /// <summary>Reads a vector, but nothing from the end on.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Load(ref float source, nuint offset, nuint end) =>
        offset + (nuint)Simd512.Count <= end ? Simd512.Load(in source, offset) : LoadPart(ref source, offset, (int)(end - offset));

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Vector512<float> LoadPart(ref float source, nuint offset, int count)
    {
        Span<float> part = stackalloc float[Simd512.Count];

        for (int i = 0; i < count; i++)
        {
            part[i] = Unsafe.Add(ref source, offset + (nuint)i);
        }

        return Simd512.Load(in part[0], 0);
    }

    /// <summary>Where the left pixels of the windows are in two vectors of pixels, or those <paramref name="offset"/> floats after them.</summary>
    private Vector512<int> Join(int offset)
    {
        Vector512<int> lanes = Vector512<int>.Indices;
        Vector512<int> position = lanes + (Divide(lanes) * _channels) + Vector512.Create(offset);

        // Numbers from 16 on mean the second vector.
        Vector512<int> inSecond = position + Vector512.Create(Simd512.Count - _second);

        return Vector512.ConditionalSelect(Vector512.LessThan(position, Vector512.Create(Simd512.Count)), position, inSecond);
    }

    /// <summary>Where the pixels from some float of a row on are, in a vector of left ones and one of right ones.</summary>
    private Vector512<int> Part(int start)
    {
        Vector512<int> positions = Vector512<int>.Indices + Vector512.Create(start);
        Vector512<int> pixels = Divide(positions);
        Vector512<int> channels = positions - (pixels * _channels);

        return ((pixels >> 1) * _channels) + channels + ((pixels & Vector512<int>.One) * Simd512.Count);
    }

    private Vector512<int> Divide(Vector512<int> lanes) => (lanes * ((1 << DivisionShift) / _channels + 1)) >> DivisionShift;
}
