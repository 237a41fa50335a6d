using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Nnfs.Simd;

namespace Nnfs.Kernels;

/// <summary>
/// Moves a window over images and makes one pixel of those in it, or gives its gradient back to them. Vectors go along the channels; where these are not a
/// multiple of a vector, the last one overlaps the one before it.
/// </summary>
internal static class Pooling
{
    /// <summary>What the window makes of the pixels of an image at each place; zeros around the image do not count.</summary>
    /// <param name="window">The window, without dilation.</param>
    /// <param name="x">Images [samples × height × width × channels].</param>
    /// <param name="y">[samples × output height × output width × channels]; written.</param>
    /// <param name="samples">The number of images.</param>
    /// <exception cref="ArgumentException">A span is shorter than its shape, or the window has a dilation.</exception>
    public static void Reduce<TPooling>(Window2D window, ReadOnlySpan<float> x, Span<float> y, int samples)
        where TPooling : struct, IPooling
    {
        Check(window);
        ShapeGuard.AtLeast(x.Length, samples, window.Size);
        ShapeGuard.AtLeast(y.Length, samples, window.Places * window.Channels);

        ref float x0 = ref MemoryMarshal.GetReference(x);
        ref float y0 = ref MemoryMarshal.GetReference(y);

        if (PixelPairs.Serves(window))
        {
            PixelPairs.Reduce<TPooling>(window, ref x0, ref y0, samples);
        }
        else if (Vector512.IsHardwareAccelerated && window.Channels >= Simd512.Count)
        {
            Reduce<TPooling, Simd512, Vector512<float>>(window, ref x0, ref y0, samples);
        }
        else if (Vector256.IsHardwareAccelerated && window.Channels >= Simd256.Count)
        {
            Reduce<TPooling, Simd256, Vector256<float>>(window, ref x0, ref y0, samples);
        }
        else if (window.Channels >= Simd128.Count)
        {
            Reduce<TPooling, Simd128, Vector128<float>>(window, ref x0, ref y0, samples);
        }
        else
        {
            Reduce<TPooling, SimdScalar, float>(window, ref x0, ref y0, samples);
        }
    }

    /// <summary>The gradients of the pixels, from those of what the window made of them. A pixel that it never takes has the gradient 0.</summary>
    /// <param name="window">The window, without dilation.</param>
    /// <param name="x">Images [samples × height × width × channels]; empty where values are not taken.</param>
    /// <param name="y">What was made of them; empty where values are not taken.</param>
    /// <param name="dy">Gradients of that [samples × output height × output width × channels].</param>
    /// <param name="dx">Gradients of the images; written.</param>
    /// <param name="samples">The number of images.</param>
    /// <exception cref="ArgumentException">A span is shorter than its shape, or the window has a dilation.</exception>
    public static void Spread<TPooling>(
        Window2D window, ReadOnlySpan<float> x, ReadOnlySpan<float> y, ReadOnlySpan<float> dy, Span<float> dx, int samples)
        where TPooling : struct, IPooling
    {
        Check(window);
        ShapeGuard.AtLeast(dy.Length, samples, window.Places * window.Channels);
        ShapeGuard.AtLeast(dx.Length, samples, window.Size);

        if (TPooling.TakesValues)
        {
            ShapeGuard.AtLeast(x.Length, samples, window.Size);
            ShapeGuard.AtLeast(y.Length, samples, window.Places * window.Channels);
        }

        // Where each pixel is in exactly one place its gradient is written; elsewhere gradients add up from 0.
        bool adds = !IsTiling(window);

        if (adds)
        {
            dx.Slice(0, samples * window.Size).Clear();
        }

        ref float x0 = ref MemoryMarshal.GetReference(x);
        ref float y0 = ref MemoryMarshal.GetReference(y);
        ref float dy0 = ref MemoryMarshal.GetReference(dy);
        ref float dx0 = ref MemoryMarshal.GetReference(dx);

        if (!adds && PixelPairs.Serves(window))
        {
            PixelPairs.Spread<TPooling>(window, ref x0, ref y0, ref dy0, ref dx0, samples);
        }
        else if (Vector512.IsHardwareAccelerated && window.Channels >= Simd512.Count)
        {
            Spread<TPooling, Simd512, Vector512<float>>(window, ref x0, ref y0, ref dy0, ref dx0, samples, adds);
        }
        else if (Vector256.IsHardwareAccelerated && window.Channels >= Simd256.Count)
        {
            Spread<TPooling, Simd256, Vector256<float>>(window, ref x0, ref y0, ref dy0, ref dx0, samples, adds);
        }
        else if (window.Channels >= Simd128.Count)
        {
            Spread<TPooling, Simd128, Vector128<float>>(window, ref x0, ref y0, ref dy0, ref dx0, samples, adds);
        }
        else
        {
            Spread<TPooling, SimdScalar, float>(window, ref x0, ref y0, ref dy0, ref dx0, samples, adds);
        }
    }

    private static void Check(Window2D window)
    {
        ArgumentNullException.ThrowIfNull(window);

        if (window.Dilation != 1)
        {
            throw new ArgumentException("Expected a window without dilation.", nameof(window));
        }
    }

    /// <summary>Whether the places are side by side and leave no pixel out.</summary>
    private static bool IsTiling(Window2D window) =>
        (window.Stride == window.KernelHeight || window.Height == 1)
        && window.Stride == window.KernelWidth
        && (long)window.OutputHeight * window.Stride >= window.Height + (long)window.PadTop
        && (long)window.OutputWidth * window.Stride >= window.Width + (long)window.PadLeft;

    /// <summary>The rows, or the pixels of a row, that the window takes at a place.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (int First, int Count) Taken(int place, int stride, int padding, int kernel, int size)
    {
        long start = ((long)place * stride) - padding;
        int first = (int)Math.Max(start, 0);

        return (first, (int)Math.Min(start + kernel, size) - first);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Reduce<TPooling, TSimd, TVector>(Window2D window, ref float x, ref float y, int samples)
        where TPooling : struct, IPooling
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        nuint channels = (nuint)window.Channels;
        nuint last = channels - (nuint)TSimd.Count;
        nuint rowStep = (nuint)window.Width * channels;

        for (int i = 0; i < samples; i++)
        {
            for (int row = 0; row < window.OutputHeight; row++)
            {
                (int firstRow, int rows) = Taken(row, window.Stride, window.PadTop, window.KernelHeight, window.Height);
                ref float x0 = ref Unsafe.Add(ref x, (nuint)firstRow * rowStep);

                for (int column = 0; column < window.OutputWidth; column++)
                {
                    (int firstColumn, int columns) = Taken(column, window.Stride, window.PadLeft, window.KernelWidth, window.Width);
                    ref float pixel = ref Unsafe.Add(ref x0, (nuint)firstColumn * channels);

                    for (nuint channel = 0; channel < channels; channel += (nuint)TSimd.Count)
                    {
                        nuint start = Math.Min(channel, last);
                        TVector value = Combine<TPooling, TSimd, TVector>(ref Unsafe.Add(ref pixel, start), rows, columns, rowStep, channels);
                        TSimd.Store(TPooling.Scale<TSimd, TVector>(value, rows * columns), ref y, start);
                    }

                    y = ref Unsafe.Add(ref y, channels);
                }
            }

            x = ref Unsafe.Add(ref x, window.Size);
        }
    }

    /// <summary>What is made of the pixels at one place: of each row first, and then of the rows.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Combine<TPooling, TSimd, TVector>(ref float x, int rows, int columns, nuint rowStep, nuint pixelStep)
        where TPooling : struct, IPooling
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        // By far the most usual window.
        if (rows == 2 && columns == 2)
        {
            return TPooling.Combine<TSimd, TVector>(
                TPooling.Combine<TSimd, TVector>(TSimd.Load(in x, 0), TSimd.Load(in x, pixelStep)),
                TPooling.Combine<TSimd, TVector>(TSimd.Load(in x, rowStep), TSimd.Load(in x, rowStep + pixelStep)));
        }

        TVector total = CombineRow<TPooling, TSimd, TVector>(ref x, columns, pixelStep);

        for (int row = 1; row < rows; row++)
        {
            x = ref Unsafe.Add(ref x, rowStep);
            total = TPooling.Combine<TSimd, TVector>(total, CombineRow<TPooling, TSimd, TVector>(ref x, columns, pixelStep));
        }

        return total;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector CombineRow<TPooling, TSimd, TVector>(ref float x, int columns, nuint pixelStep)
        where TPooling : struct, IPooling
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        TVector total = TSimd.Load(in x, 0);

        for (nuint offset = pixelStep; offset < (nuint)columns * pixelStep; offset += pixelStep)
        {
            total = TPooling.Combine<TSimd, TVector>(total, TSimd.Load(in x, offset));
        }

        return total;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Spread<TPooling, TSimd, TVector>(
        Window2D window, ref float x, ref float y, ref float dy, ref float dx, int samples, bool adds)
        where TPooling : struct, IPooling
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        nuint channels = (nuint)window.Channels;
        nuint last = channels - (nuint)TSimd.Count;
        nuint rowStep = (nuint)window.Width * channels;
        nuint image = 0;
        nuint place = 0;

        for (int i = 0; i < samples; i++)
        {
            for (int row = 0; row < window.OutputHeight; row++)
            {
                (int firstRow, int rows) = Taken(row, window.Stride, window.PadTop, window.KernelHeight, window.Height);
                nuint rowStart = image + ((nuint)firstRow * rowStep);

                for (int column = 0; column < window.OutputWidth; column++)
                {
                    (int firstColumn, int columns) = Taken(column, window.Stride, window.PadLeft, window.KernelWidth, window.Width);
                    nuint pixel = rowStart + ((nuint)firstColumn * channels);

                    for (nuint channel = 0; channel < channels; channel += (nuint)TSimd.Count)
                    {
                        nuint start = Math.Min(channel, last);
                        TVector rest = TPooling.Scale<TSimd, TVector>(TSimd.Load(in dy, place + start), rows * columns);

                        // Lanes that the vector before has taken add nothing.
                        rest = adds && start < channel
                            ? TSimd.WhereGreater(TSimd.Sequence, TSimd.Create((int)(channel - start) - 1), rest)
                            : rest;

                        TVector value = TPooling.TakesValues ? TSimd.Load(in y, place + start) : rest;
                        rest = TPooling.Admit<TSimd, TVector>(value, rest);
                        Spread<TPooling, TSimd, TVector>(ref x, value, rest, ref dx, pixel + start, rows, columns, rowStep, channels, adds);
                    }

                    place += channels;
                }
            }

            image += (nuint)window.Size;
        }
    }

    /// <summary>Gives the gradient of one place to its pixels.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Spread<TPooling, TSimd, TVector>(
        ref float x, TVector value, TVector rest, ref float dx, nuint start, int rows, int columns, nuint rowStep, nuint pixelStep, bool adds)
        where TPooling : struct, IPooling
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        if (rows == 2 && columns == 2)
        {
            Give<TPooling, TSimd, TVector>(ref x, value, ref rest, ref dx, start, adds);
            Give<TPooling, TSimd, TVector>(ref x, value, ref rest, ref dx, start + pixelStep, adds);
            Give<TPooling, TSimd, TVector>(ref x, value, ref rest, ref dx, start + rowStep, adds);
            Give<TPooling, TSimd, TVector>(ref x, value, ref rest, ref dx, start + rowStep + pixelStep, adds);

            return;
        }

        for (int row = 0; row < rows; row++)
        {
            nuint end = start + ((nuint)columns * pixelStep);

            for (nuint offset = start; offset < end; offset += pixelStep)
            {
                Give<TPooling, TSimd, TVector>(ref x, value, ref rest, ref dx, offset, adds);
            }

            start += rowStep;
        }
    }

    /// <summary>Gives a pixel its share of the gradient.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Give<TPooling, TSimd, TVector>(ref float x, TVector value, ref TVector rest, ref float dx, nuint offset, bool adds)
        where TPooling : struct, IPooling
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        TVector share = TPooling.Share<TSimd, TVector>(TPooling.TakesValues ? TSimd.Load(in x, offset) : rest, value, ref rest);
        TSimd.Store(adds ? TSimd.Add(TSimd.Load(in dx, offset), share) : share, ref dx, offset);
    }
}
