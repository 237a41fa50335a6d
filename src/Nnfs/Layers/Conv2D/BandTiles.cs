using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Nnfs.Simd;

namespace Nnfs.Kernels.Convolutions;

/// <summary>
/// The tiles of <see cref="ConvolutionBands"/>: a vector of eight rows of outputs. Every vector of pixels is read once for all rows of the window, and
/// multiplied for as many rows of outputs.
/// </summary>
internal static class BandTiles
{
    /// <summary>The rows of outputs of a tile.</summary>
    public const int Rows = 8;

    /// <summary>The most rows of the window.</summary>
    public const int MostRowsOfWindow = 5;

    /// <summary>The outputs of a tile; the sums stay in registers from the first tap to the last.</summary>
    /// <typeparam name="TRows">The rows of the window: 3 or 5.</typeparam>
    /// <param name="product">The distances.</param>
    /// <param name="x">The pixel of the first tap.</param>
    /// <param name="w">The weights: channel by channel, tap by tap of a row, and a vector for each row.</param>
    /// <param name="b">A vector of biases.</param>
    /// <param name="y">The outputs; written.</param>
    /// <param name="rows">The rows that are written.</param>
    /// <param name="floats">The lanes that are written.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void Forward<TRows>(
        in BandProduct product, ref readonly float x, ref readonly float w, ref readonly float b, ref float y, int rows, int floats)
        where TRows : struct, IDimension
    {
        nuint imageRow = product.ImageRow;
        ref float plane = ref Unsafe.AsRef(in x);
        ref float weights = ref Unsafe.AsRef(in w);
        Vector512<float> s0, s1, s2, s3, s4, s5, s6, s7;
        s0 = s1 = s2 = s3 = s4 = s5 = s6 = s7 = Simd512.Load(in b, 0);

        for (int channel = product.Channels; channel != 0; channel--)
        {
            ref float pixel = ref plane;

            for (int kx = product.KernelWidth; kx != 0; kx--)
            {
                Vector512<float> w0 = Simd512.Load(in weights, 0);
                Vector512<float> w1 = Simd512.Load(in weights, 16);
                Vector512<float> w2 = Simd512.Load(in weights, 32);
                Vector512<float> w3 = TRows.Value > 3 ? Simd512.Load(in weights, 48) : default;
                Vector512<float> w4 = TRows.Value > 3 ? Simd512.Load(in weights, 64) : default;
                ref float row = ref pixel;

                Vector512<float> pixels = Simd512.Load(in row, 0);
                s0 = Simd512.MultiplyAdd(pixels, w0, s0);

                row = ref Unsafe.Add(ref row, imageRow);
                pixels = Simd512.Load(in row, 0);
                s1 = Simd512.MultiplyAdd(pixels, w0, s1);
                s0 = Simd512.MultiplyAdd(pixels, w1, s0);

                row = ref Unsafe.Add(ref row, imageRow);
                pixels = Simd512.Load(in row, 0);
                s2 = Simd512.MultiplyAdd(pixels, w0, s2);
                s1 = Simd512.MultiplyAdd(pixels, w1, s1);
                s0 = Simd512.MultiplyAdd(pixels, w2, s0);

                row = ref Unsafe.Add(ref row, imageRow);
                pixels = Simd512.Load(in row, 0);
                s3 = Simd512.MultiplyAdd(pixels, w0, s3);
                s2 = Simd512.MultiplyAdd(pixels, w1, s2);
                s1 = Simd512.MultiplyAdd(pixels, w2, s1);
                s0 = TRows.Value > 3 ? Simd512.MultiplyAdd(pixels, w3, s0) : s0;

                row = ref Unsafe.Add(ref row, imageRow);
                pixels = Simd512.Load(in row, 0);
                s4 = Simd512.MultiplyAdd(pixels, w0, s4);
                s3 = Simd512.MultiplyAdd(pixels, w1, s3);
                s2 = Simd512.MultiplyAdd(pixels, w2, s2);
                s1 = TRows.Value > 3 ? Simd512.MultiplyAdd(pixels, w3, s1) : s1;
                s0 = TRows.Value > 3 ? Simd512.MultiplyAdd(pixels, w4, s0) : s0;

                row = ref Unsafe.Add(ref row, imageRow);
                pixels = Simd512.Load(in row, 0);
                s5 = Simd512.MultiplyAdd(pixels, w0, s5);
                s4 = Simd512.MultiplyAdd(pixels, w1, s4);
                s3 = Simd512.MultiplyAdd(pixels, w2, s3);
                s2 = TRows.Value > 3 ? Simd512.MultiplyAdd(pixels, w3, s2) : s2;
                s1 = TRows.Value > 3 ? Simd512.MultiplyAdd(pixels, w4, s1) : s1;

                row = ref Unsafe.Add(ref row, imageRow);
                pixels = Simd512.Load(in row, 0);
                s6 = Simd512.MultiplyAdd(pixels, w0, s6);
                s5 = Simd512.MultiplyAdd(pixels, w1, s5);
                s4 = Simd512.MultiplyAdd(pixels, w2, s4);
                s3 = TRows.Value > 3 ? Simd512.MultiplyAdd(pixels, w3, s3) : s3;
                s2 = TRows.Value > 3 ? Simd512.MultiplyAdd(pixels, w4, s2) : s2;

                row = ref Unsafe.Add(ref row, imageRow);
                pixels = Simd512.Load(in row, 0);
                s7 = Simd512.MultiplyAdd(pixels, w0, s7);
                s6 = Simd512.MultiplyAdd(pixels, w1, s6);
                s5 = Simd512.MultiplyAdd(pixels, w2, s5);
                s4 = TRows.Value > 3 ? Simd512.MultiplyAdd(pixels, w3, s4) : s4;
                s3 = TRows.Value > 3 ? Simd512.MultiplyAdd(pixels, w4, s3) : s3;

                row = ref Unsafe.Add(ref row, imageRow);
                pixels = Simd512.Load(in row, 0);
                s7 = Simd512.MultiplyAdd(pixels, w1, s7);
                s6 = Simd512.MultiplyAdd(pixels, w2, s6);
                s5 = TRows.Value > 3 ? Simd512.MultiplyAdd(pixels, w3, s5) : s5;
                s4 = TRows.Value > 3 ? Simd512.MultiplyAdd(pixels, w4, s4) : s4;

                row = ref Unsafe.Add(ref row, imageRow);
                pixels = Simd512.Load(in row, 0);
                s7 = Simd512.MultiplyAdd(pixels, w2, s7);
                s6 = TRows.Value > 3 ? Simd512.MultiplyAdd(pixels, w3, s6) : s6;
                s5 = TRows.Value > 3 ? Simd512.MultiplyAdd(pixels, w4, s5) : s5;

                if (TRows.Value > 3)
                {
                    row = ref Unsafe.Add(ref row, imageRow);
                    pixels = Simd512.Load(in row, 0);
                    s7 = Simd512.MultiplyAdd(pixels, w3, s7);
                    s6 = Simd512.MultiplyAdd(pixels, w4, s6);

                    row = ref Unsafe.Add(ref row, imageRow);
                    pixels = Simd512.Load(in row, 0);
                    s7 = Simd512.MultiplyAdd(pixels, w4, s7);
                }

                pixel = ref Unsafe.Add(ref pixel, product.Pixel);
                weights = ref Unsafe.Add(ref weights, TRows.Value * 16);
            }

            plane = ref Unsafe.Add(ref plane, product.ImagePlane);
        }

        Vector512<float> least = Simd512.Create(product.Least);
        nuint outputRow = product.OutputRow;
        s0 = Simd512.Max(least, s0);
        s1 = Simd512.Max(least, s1);
        s2 = Simd512.Max(least, s2);
        s3 = Simd512.Max(least, s3);
        s4 = Simd512.Max(least, s4);
        s5 = Simd512.Max(least, s5);
        s6 = Simd512.Max(least, s6);
        s7 = Simd512.Max(least, s7);

        if (rows == Rows && floats == Simd512.Count)
        {
            Simd512.Store(s0, ref y, 0);
            Simd512.Store(s1, ref y, outputRow);
            Simd512.Store(s2, ref y, 2 * outputRow);
            Simd512.Store(s3, ref y, 3 * outputRow);
            Simd512.Store(s4, ref y, 4 * outputRow);
            Simd512.Store(s5, ref y, 5 * outputRow);
            Simd512.Store(s6, ref y, 6 * outputRow);
            Simd512.Store(s7, ref y, 7 * outputRow);

            return;
        }

        Store(s0, ref y, outputRow, rows, 0, floats);
        Store(s1, ref y, outputRow, rows, 1, floats);
        Store(s2, ref y, outputRow, rows, 2, floats);
        Store(s3, ref y, outputRow, rows, 3, floats);
        Store(s4, ref y, outputRow, rows, 4, floats);
        Store(s5, ref y, outputRow, rows, 5, floats);
        Store(s6, ref y, outputRow, rows, 6, floats);
        Store(s7, ref y, outputRow, rows, 7, floats);
    }

    /// <summary>
    /// For each row of the window, the sums of the products of pixels and gradients, over all vectors that have the same place in their periods.
    /// </summary>
    /// <typeparam name="TRows">The rows of the window: 3 or 5.</typeparam>
    /// <param name="product">The distances.</param>
    /// <param name="x">The pixel of the first row of the window.</param>
    /// <param name="dy">The gradients of the outputs, of whole bands of rows.</param>
    /// <param name="sums">A vector for each row of the window; written.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void Backward<TRows>(in BandProduct product, ref readonly float x, ref readonly float dy, ref float sums)
        where TRows : struct, IDimension
    {
        nuint imageRow = product.ImageRow;
        nuint outputRow = product.OutputRow;
        nuint end = (nuint)product.Periods * product.PeriodStep;
        ref float image = ref Unsafe.AsRef(in x);
        ref float gradients = ref Unsafe.AsRef(in dy);
        Vector512<float> s0, s1, s2, s3, s4;
        s0 = s1 = s2 = s3 = s4 = Vector512<float>.Zero;

        for (int band = product.Bands; band != 0; band--)
        {
            for (nuint i = 0; i < end; i += product.PeriodStep)
            {
                ref float gradient = ref Unsafe.Add(ref gradients, i);
                Vector512<float> d0 = Simd512.Load(in gradient, 0);
                gradient = ref Unsafe.Add(ref gradient, outputRow);
                Vector512<float> d1 = Simd512.Load(in gradient, 0);
                gradient = ref Unsafe.Add(ref gradient, outputRow);
                Vector512<float> d2 = Simd512.Load(in gradient, 0);
                gradient = ref Unsafe.Add(ref gradient, outputRow);
                Vector512<float> d3 = Simd512.Load(in gradient, 0);
                gradient = ref Unsafe.Add(ref gradient, outputRow);
                Vector512<float> d4 = Simd512.Load(in gradient, 0);
                gradient = ref Unsafe.Add(ref gradient, outputRow);
                Vector512<float> d5 = Simd512.Load(in gradient, 0);
                gradient = ref Unsafe.Add(ref gradient, outputRow);
                Vector512<float> d6 = Simd512.Load(in gradient, 0);
                gradient = ref Unsafe.Add(ref gradient, outputRow);
                Vector512<float> d7 = Simd512.Load(in gradient, 0);

                ref float row = ref Unsafe.Add(ref image, i);
                Vector512<float> pixels = Simd512.Load(in row, 0);
                s0 = Simd512.MultiplyAdd(pixels, d0, s0);

                row = ref Unsafe.Add(ref row, imageRow);
                pixels = Simd512.Load(in row, 0);
                s0 = Simd512.MultiplyAdd(pixels, d1, s0);
                s1 = Simd512.MultiplyAdd(pixels, d0, s1);

                row = ref Unsafe.Add(ref row, imageRow);
                pixels = Simd512.Load(in row, 0);
                s0 = Simd512.MultiplyAdd(pixels, d2, s0);
                s1 = Simd512.MultiplyAdd(pixels, d1, s1);
                s2 = Simd512.MultiplyAdd(pixels, d0, s2);

                row = ref Unsafe.Add(ref row, imageRow);
                pixels = Simd512.Load(in row, 0);
                s0 = Simd512.MultiplyAdd(pixels, d3, s0);
                s1 = Simd512.MultiplyAdd(pixels, d2, s1);
                s2 = Simd512.MultiplyAdd(pixels, d1, s2);
                s3 = TRows.Value > 3 ? Simd512.MultiplyAdd(pixels, d0, s3) : s3;

                row = ref Unsafe.Add(ref row, imageRow);
                pixels = Simd512.Load(in row, 0);
                s0 = Simd512.MultiplyAdd(pixels, d4, s0);
                s1 = Simd512.MultiplyAdd(pixels, d3, s1);
                s2 = Simd512.MultiplyAdd(pixels, d2, s2);
                s3 = TRows.Value > 3 ? Simd512.MultiplyAdd(pixels, d1, s3) : s3;
                s4 = TRows.Value > 3 ? Simd512.MultiplyAdd(pixels, d0, s4) : s4;

                row = ref Unsafe.Add(ref row, imageRow);
                pixels = Simd512.Load(in row, 0);
                s0 = Simd512.MultiplyAdd(pixels, d5, s0);
                s1 = Simd512.MultiplyAdd(pixels, d4, s1);
                s2 = Simd512.MultiplyAdd(pixels, d3, s2);
                s3 = TRows.Value > 3 ? Simd512.MultiplyAdd(pixels, d2, s3) : s3;
                s4 = TRows.Value > 3 ? Simd512.MultiplyAdd(pixels, d1, s4) : s4;

                row = ref Unsafe.Add(ref row, imageRow);
                pixels = Simd512.Load(in row, 0);
                s0 = Simd512.MultiplyAdd(pixels, d6, s0);
                s1 = Simd512.MultiplyAdd(pixels, d5, s1);
                s2 = Simd512.MultiplyAdd(pixels, d4, s2);
                s3 = TRows.Value > 3 ? Simd512.MultiplyAdd(pixels, d3, s3) : s3;
                s4 = TRows.Value > 3 ? Simd512.MultiplyAdd(pixels, d2, s4) : s4;

                row = ref Unsafe.Add(ref row, imageRow);
                pixels = Simd512.Load(in row, 0);
                s0 = Simd512.MultiplyAdd(pixels, d7, s0);
                s1 = Simd512.MultiplyAdd(pixels, d6, s1);
                s2 = Simd512.MultiplyAdd(pixels, d5, s2);
                s3 = TRows.Value > 3 ? Simd512.MultiplyAdd(pixels, d4, s3) : s3;
                s4 = TRows.Value > 3 ? Simd512.MultiplyAdd(pixels, d3, s4) : s4;

                row = ref Unsafe.Add(ref row, imageRow);
                pixels = Simd512.Load(in row, 0);
                s1 = Simd512.MultiplyAdd(pixels, d7, s1);
                s2 = Simd512.MultiplyAdd(pixels, d6, s2);
                s3 = TRows.Value > 3 ? Simd512.MultiplyAdd(pixels, d5, s3) : s3;
                s4 = TRows.Value > 3 ? Simd512.MultiplyAdd(pixels, d4, s4) : s4;

                row = ref Unsafe.Add(ref row, imageRow);
                pixels = Simd512.Load(in row, 0);
                s2 = Simd512.MultiplyAdd(pixels, d7, s2);
                s3 = TRows.Value > 3 ? Simd512.MultiplyAdd(pixels, d6, s3) : s3;
                s4 = TRows.Value > 3 ? Simd512.MultiplyAdd(pixels, d5, s4) : s4;

                if (TRows.Value > 3)
                {
                    row = ref Unsafe.Add(ref row, imageRow);
                    pixels = Simd512.Load(in row, 0);
                    s3 = Simd512.MultiplyAdd(pixels, d7, s3);
                    s4 = Simd512.MultiplyAdd(pixels, d6, s4);

                    row = ref Unsafe.Add(ref row, imageRow);
                    pixels = Simd512.Load(in row, 0);
                    s4 = Simd512.MultiplyAdd(pixels, d7, s4);
                }
            }

            image = ref Unsafe.Add(ref image, Rows * imageRow);
            gradients = ref Unsafe.Add(ref gradients, Rows * outputRow);
        }

        Simd512.Store(s0, ref sums, 0);
        Simd512.Store(s1, ref sums, product.SumStep);
        Simd512.Store(s2, ref sums, 2 * product.SumStep);

        if (TRows.Value > 3)
        {
            Simd512.Store(s3, ref sums, 3 * product.SumStep);
            Simd512.Store(s4, ref sums, 4 * product.SumStep);
        }
    }

    /// <summary>The sums of all gradients that have the same place in their periods.</summary>
    /// <param name="product">The distances.</param>
    /// <param name="dy">The gradients of the outputs, of whole bands of rows.</param>
    /// <param name="sums">A vector; written.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Sum(in BandProduct product, ref readonly float dy, ref float sums)
    {
        nuint end = (nuint)product.Periods * product.PeriodStep;
        ref float row = ref Unsafe.AsRef(in dy);
        Vector512<float> s0, s1, s2, s3;
        s0 = s1 = s2 = s3 = Vector512<float>.Zero;

        for (int rows = product.Bands * Rows; rows != 0; rows -= 4)
        {
            for (nuint i = 0; i < end; i += product.PeriodStep)
            {
                s0 += Simd512.Load(in row, i);
                s1 += Simd512.Load(in row, i + product.OutputRow);
                s2 += Simd512.Load(in row, i + (2 * product.OutputRow));
                s3 += Simd512.Load(in row, i + (3 * product.OutputRow));
            }

            row = ref Unsafe.Add(ref row, 4 * product.OutputRow);
        }

        Simd512.Store((s0 + s1) + (s2 + s3), ref sums, 0);
    }

    private static void Store(Vector512<float> value, ref float y, nuint outputRow, int rows, int row, int floats)
    {
        if (row >= rows)
        {
            return;
        }

        if (floats == Simd512.Count)
        {
            Simd512.Store(value, ref y, (nuint)row * outputRow);
        }
        else
        {
            Simd512.StorePart(value, ref y, (nuint)row * outputRow, floats);
        }
    }
}
