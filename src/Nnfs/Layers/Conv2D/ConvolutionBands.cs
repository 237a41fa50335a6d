using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Nnfs.Kernels.MatrixProducts;
using Nnfs.Simd;

namespace Nnfs.Kernels.Convolutions;

/// <summary>
/// <see cref="Conv2D"/> from few channels to few filters, which fill no vector: vectors go along the outputs as they lie in memory, pixel by pixel and filter
/// by filter, over an image whose pixels are repeated for each filter. Every vector of pixels that is read serves all rows of the window at once, for a band
/// of rows of outputs.
/// </summary>
internal static class ConvolutionBands
{
    /// <summary>The most floats of an image with repeated pixels.</summary>
    private const int MostFloats = 32768;

    /// <summary>With fewer terms it takes longer to repeat the pixels than to compute the outputs.</summary>
    private const int LeastTerms = 9;

    /// <summary>Where vectors have twice as many floats as there are filters, or about, and are mostly full.</summary>
    public static bool IsFor(Window2D window, int filters, int groups) =>
        Vector512.IsHardwareAccelerated
        && Avx512F.IsSupported
        && groups == 1
        && filters <= ConvolutionLayout.MostRepeats
        && window.Channels <= ConvolutionLayout.MostRepeatedChannels
        && window.Stride == 1
        && window.Dilation == 1
        && window.KernelHeight <= BandTiles.MostRowsOfWindow
        && window.Taps * window.Channels >= LeastTerms
        && window.OutputWidth * filters >= 3 * Simd512.Count
        && window.OutputHeight >= BandTiles.Rows / 2
        && new RepeatedImage(window, filters, RowsOfImage(window)).Length <= MostFloats;

    /// <summary>The forward pass.</summary>
    public static void Forward(
        Window2D window, int filters, ReadOnlySpan<float> x, ReadOnlySpan<float> w, ReadOnlySpan<float> b, Span<float> y, int samples, float least)
    {
        RepeatedImage layout = new(window, filters, RowsOfImage(window));
        int band = RowsOfBand(window);
        int steps = window.Channels * window.KernelWidth;
        int phase = steps * band * Simd512.Count;
        int period = layout.Period;
        int plain = PlainLength(window, filters);
        Span<float> rest = KernelScratch.Take(
            (int)(KernelLimits.Align(layout.SourceLength) + KernelLimits.Align(layout.Length) + KernelLimits.Align(plain))
            + (period * (phase + Simd512.Count)));
        Span<float> source = KernelScratch.Split(ref rest, layout.SourceLength);
        Span<float> image = KernelScratch.Split(ref rest, layout.Length);
        Span<float> weights = KernelScratch.Split(ref rest, period * phase);
        Span<float> biases = KernelScratch.Split(ref rest, period * Simd512.Count);
        Span<float> copy = KernelScratch.Split(ref rest, plain);

        Clear(window, source);
        Repeat(window, filters, layout, w, copy, weights);
        Repeat(filters, layout, b, copy, biases);

        // Rows that the window has not are multiplied by zeros.
        if (band > window.KernelHeight)
        {
            image.Clear();
        }

        int row = window.OutputWidth * filters;
        BandProduct product = new()
        {
            ImageRow = (nuint)layout.Row,
            ImagePlane = (nuint)layout.Plane,
            Pixel = (nuint)filters,
            Channels = window.Channels,
            KernelWidth = window.KernelWidth,
            OutputRow = (nuint)row,
            Least = least,
        };

        for (int sample = 0; sample < samples; sample++)
        {
            layout.Fill(x.Slice(sample * window.Size, window.Size), source, image);

            for (int i = 0; i < window.OutputHeight; i += BandTiles.Rows)
            {
                int rows = Math.Min(BandTiles.Rows, window.OutputHeight - i);
                Span<float> outputs = y.Slice(((sample * window.OutputHeight) + i) * row, rows * row);

                for (int j = 0; j < row; j += Simd512.Count)
                {
                    int inPeriod = j / Simd512.Count % period;
                    int floats = Math.Min(Simd512.Count, row - j);

                    if (band == 3)
                    {
                        BandTiles.Forward<TileSize.Three>(
                            in product,
                            in image[(i * layout.Row) + j],
                            in weights[inPeriod * phase],
                            in biases[inPeriod * Simd512.Count],
                            ref outputs[j],
                            rows,
                            floats);
                    }
                    else
                    {
                        BandTiles.Forward<TileSize.Five>(
                            in product,
                            in image[(i * layout.Row) + j],
                            in weights[inPeriod * phase],
                            in biases[inPeriod * Simd512.Count],
                            ref outputs[j],
                            rows,
                            floats);
                    }
                }
            }
        }
    }

    /// <summary>The gradients of the parameters: for each tap the products of pixels and gradients, added up in the lanes of a period.</summary>
    public static void BackwardParameters(
        Window2D window,
        int filters,
        ReadOnlySpan<float> x,
        ReadOnlySpan<float> dy,
        Span<float> dw,
        Span<float> db,
        int samples,
        int start,
        int count,
        bool adds)
    {
        RepeatedImage layout = new(window, filters, RowsOfImage(window));
        int period = layout.Period;
        int row = window.OutputWidth * filters;
        int vectors = (row + Simd512.Count - 1) / Simd512.Count;
        int wholeRow = vectors * Simd512.Count;
        int wholeRows = WholeRows(window);
        bool isWhole = row == wholeRow && window.OutputHeight == wholeRows;
        int gradientLength = isWhole ? 0 : wholeRow * wholeRows;
        int lanes = period * Simd512.Count;
        int sumLength = (BandTiles.MostRowsOfWindow * lanes) + KernelLimits.FloatsPerLine;
        Span<float> rest = KernelScratch.Take(
            (int)(KernelLimits.Align(layout.SourceLength) + KernelLimits.Align(layout.Length) + KernelLimits.Align(gradientLength)) + sumLength);
        Span<float> source = KernelScratch.Split(ref rest, layout.SourceLength);
        Span<float> image = KernelScratch.Split(ref rest, layout.Length);
        Span<float> copy = KernelScratch.Split(ref rest, gradientLength);
        Span<float> sums = KernelScratch.Split(ref rest, sumLength);
        int stride = MatrixLayout.RowStride(filters);
        int windowRow = window.KernelWidth * window.Channels;

        Clear(window, source);
        image.Clear();
        copy.Clear();
        sums.Clear();

        for (int i = start; i < start + count && !adds; i++)
        {
            dw.Slice(i * stride, filters).Clear();
        }

        if (!db.IsEmpty && !adds)
        {
            db[..filters].Clear();
        }

        // The rows of the window that have weights in the range.
        int firstRow = start / windowRow;
        int windowRows = ((start + count - 1) / windowRow) - firstRow + 1;
        BandProduct product = new()
        {
            ImageRow = (nuint)layout.Row,
            OutputRow = (nuint)wholeRow,
            Bands = wholeRows / BandTiles.Rows,
            PeriodStep = (nuint)lanes,
            SumStep = (nuint)lanes,
        };

        for (int sample = 0; sample < samples; sample++)
        {
            layout.Fill(x.Slice(sample * window.Size, window.Size), source, image);
            scoped ReadOnlySpan<float> gradients = dy.Slice(sample * window.Places * filters, window.Places * filters);

            if (!isWhole)
            {
                for (int i = 0; i < window.OutputHeight; i++)
                {
                    gradients.Slice(i * row, row).CopyTo(copy[(i * wholeRow)..]);
                }

                gradients = copy;
            }

            for (int phase = 0; phase < Math.Min(period, vectors) && !db.IsEmpty; phase++)
            {
                product.Periods = (vectors - phase + period - 1) / period;
                BandTiles.Sum(in product, in gradients[phase * Simd512.Count], ref sums[phase * Simd512.Count]);
            }

            if (!db.IsEmpty)
            {
                AddLanes(sums[..lanes], filters, db);
            }

            for (int i = 0; i < windowRow; i++)
            {
                (int kx, int channel) = int.DivRem(i, window.Channels);

                for (int phase = 0; phase < Math.Min(period, vectors); phase++)
                {
                    int j = phase * Simd512.Count;
                    product.Periods = (vectors - phase + period - 1) / period;
                    ref readonly float pixels = ref image[(channel * layout.Plane) + (firstRow * layout.Row) + (kx * filters) + j];

                    if (windowRows <= 3)
                    {
                        BandTiles.Backward<TileSize.Three>(in product, in pixels, in gradients[j], ref sums[j]);
                    }
                    else
                    {
                        BandTiles.Backward<TileSize.Five>(in product, in pixels, in gradients[j], ref sums[j]);
                    }
                }

                for (int ky = 0; ky < windowRows; ky++)
                {
                    int weight = ((firstRow + ky) * windowRow) + i;

                    if (weight >= start && weight < start + count)
                    {
                        AddLanes(sums.Slice(ky * lanes, lanes), filters, dw[(weight * stride)..]);
                    }
                }
            }
        }
    }

    /// <summary>The rows of a band that the window takes, of which there are two kinds.</summary>
    private static int RowsOfBand(Window2D window) => window.KernelHeight <= 3 ? 3 : BandTiles.MostRowsOfWindow;

    private static int WholeRows(Window2D window) => (window.OutputHeight + BandTiles.Rows - 1) / BandTiles.Rows * BandTiles.Rows;

    private static int RowsOfImage(Window2D window) => WholeRows(window) + BandTiles.MostRowsOfWindow + 1;

    private static int PlainLength(Window2D window, int filters) =>
        (window.Taps * window.Channels * MatrixLayout.RowStride(filters)) + KernelLimits.FloatsPerLine;

    private static void Clear(Window2D window, Span<float> source)
    {
        if (window.IsPadded)
        {
            source.Clear();
        }
        else
        {
            source[^(2 * KernelLimits.FloatsPerLine)..].Clear();
        }
    }

    /// <summary>Repeats the weights for each vector of a period: channel by channel, tap by tap of a row, and all rows side by side.</summary>
    private static void Repeat(Window2D window, int filters, RepeatedImage layout, ReadOnlySpan<float> w, Span<float> copy, Span<float> weights)
    {
        int stride = MatrixLayout.RowStride(filters);
        int band = RowsOfBand(window);
        int index = 0;
        w[..(copy.Length - KernelLimits.FloatsPerLine)].CopyTo(copy);

        for (int phase = 0; phase < layout.Period; phase++)
        {
            Vector512<int> lanes = layout.FiltersOf(phase);

            for (int channel = 0; channel < window.Channels; channel++)
            {
                for (int kx = 0; kx < window.KernelWidth; kx++)
                {
                    for (int ky = 0; ky < band; ky++)
                    {
                        int row = (((ky * window.KernelWidth) + kx) * window.Channels) + channel;
                        Vector512<float> repeated = ky < window.KernelHeight
                            ? Avx512F.PermuteVar16x32(Simd512.Load(in copy[row * stride], 0), lanes)
                            : Vector512<float>.Zero;

                        Simd512.Store(repeated, ref weights[index], 0);
                        index += Simd512.Count;
                    }
                }
            }
        }
    }

    /// <summary>Repeats the biases for each vector of a period.</summary>
    private static void Repeat(int filters, RepeatedImage layout, ReadOnlySpan<float> b, Span<float> copy, Span<float> biases)
    {
        copy[..Simd512.Count].Clear();

        if (!b.IsEmpty)
        {
            b[..filters].CopyTo(copy);
        }

        for (int phase = 0; phase < layout.Period; phase++)
        {
            Simd512.Store(Avx512F.PermuteVar16x32(Simd512.Load(in copy[0], 0), layout.FiltersOf(phase)), ref biases[phase * Simd512.Count], 0);
        }
    }

    /// <summary>Adds the lanes of a period to the filters that they belong to.</summary>
    private static void AddLanes(Span<float> lanes, int filters, Span<float> sums)
    {
        for (int f = 0; f < filters; f += Simd128.Count)
        {
            Vector128<float> sum = Vector128<float>.Zero;

            // What comes after the last filters is not stored.
            for (int i = f; i < lanes.Length; i += filters)
            {
                sum += Simd128.Load(in lanes[i], 0);
            }

            if (filters - f >= Simd128.Count)
            {
                Simd128.Store(Simd128.Load(in sums[f], 0) + sum, ref sums[f], 0);

                continue;
            }

            for (int i = f; i < filters; i++)
            {
                sums[i] += sum[i - f];
            }
        }
    }
}
