using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Nnfs.Kernels.MatrixProducts;
using Nnfs.Simd;

namespace Nnfs.Kernels.Convolutions;

/// <summary>
/// <see cref="Conv2D"/> with few filters, which fill no vector: vectors go along the pixels of a channel. The window moves over whole rows of the image with
/// its zeros, so that there are places between the rows that are none: what it gives there is left out, and what comes back from there is zero.
/// </summary>
internal static class ConvolutionPlanes
{
    private const int MostFilters = 8;

    /// <summary>With fewer terms it takes longer to put the outputs in order than to compute them.</summary>
    private const int LeastTerms = 12;

    /// <summary>Where vectors have twice as many floats as there are filters, and more of them than fill the gaps between the rows of places.</summary>
    public static bool IsFor(Window2D window, int filters, int groups) =>
        Vector512.IsHardwareAccelerated
        && filters <= MostFilters
        && groups == 1
        && window.Stride == 1
        && window.Taps * window.Channels >= LeastTerms
        && 4 * window.OutputWidth >= 3 * PaddedImage.Width(window);

    /// <summary>
    /// The forward pass: a product whose rows are the filters. The terms of every output are added up in the same order as by
    /// <see cref="ConvolutionForward"/>, to the same bits.
    /// </summary>
    public static void Forward(
        Window2D window, int filters, ReadOnlySpan<float> x, ReadOnlySpan<float> w, ReadOnlySpan<float> b, Span<float> y, int samples, float least)
    {
        int width = PaddedImage.Width(window);
        int plane = Plane(window);
        int places = Places(window);
        int planes = Planes(window);
        int table = WindowProduct.TableLength(filters);
        int tableLength = (int)KernelLimits.Align(table);
        Span<float> rest = KernelScratch.Take((int)KernelLimits.Align(planes) + (filters * places) + (2 * tableLength));
        Span<float> image = KernelScratch.Split(ref rest, planes);
        Span<float> outputs = KernelScratch.Split(ref rest, filters * places);
        Span<int> aOffsets = KernelScratch.SplitNumbers(ref rest, table);
        Span<int> cOffsets = KernelScratch.SplitNumbers(ref rest, table);

        image.Clear();

        for (int f = 0; f < filters; f++)
        {
            aOffsets[f] = f;
            cOffsets[f] = f * places;
        }

        WindowProduct.Repeat(aOffsets, filters);
        WindowProduct.Repeat(cOffsets, filters);

        // One segment takes a row of the window from one channel, or one pixel from all.
        bool isGrey = window.Channels == 1 && window.Dilation == 1;
        int step = isGrey ? 1 : plane;
        int terms = isGrey ? window.KernelWidth : window.Channels;
        int segments = isGrey ? 1 : window.KernelWidth;
        int segment = isGrey ? terms : window.Dilation;
        scoped WindowProduct product = new()
        {
            A = ref MemoryMarshal.GetReference(w),
            ATerm = (nuint)MatrixLayout.RowStride(filters),
            B = ref MemoryMarshal.GetReference(image),
            BRow = (nuint)step,
            C = ref MemoryMarshal.GetReference(outputs),
            Start = ref MemoryMarshal.GetReference(outputs),
            GoesOn = true,
            Terms = (nuint)terms,
            Segments = (nuint)segments,
            SegmentRows = (nuint)window.KernelHeight,
            BSegmentGap = WindowProduct.Bytes(segment - (terms * step)),
            BRowGap = WindowProduct.Bytes((window.Dilation * width) - (segments * segment)),
            Least = least,
        };

        for (int sample = 0; sample < samples; sample++)
        {
            Spread(window, x.Slice(sample * window.Size, window.Size), image, plane);

            for (int f = 0; f < filters; f++)
            {
                outputs.Slice(f * places, places).Fill(b.IsEmpty ? 0f : b[f]);
            }

            product.Compute(aOffsets, cOffsets, filters, places, places);

            for (int i = 0; i < window.OutputHeight; i++)
            {
                Transposition.Run(
                    in outputs[i * width],
                    (nuint)places,
                    ref y[((sample * window.Places) + (i * window.OutputWidth)) * filters],
                    (nuint)filters,
                    filters,
                    window.OutputWidth);
            }
        }
    }

    /// <summary>
    /// The gradients of the parameters: for each row of the window and each channel the products of shifted pixels and gradients, added up in the lanes of
    /// vectors.
    /// </summary>
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
        int width = PaddedImage.Width(window);
        int plane = Plane(window);
        int places = Places(window);
        int planes = Planes(window);
        int stride = MatrixLayout.RowStride(filters);
        int sumLength = (int)KernelLimits.Align(window.KernelWidth * filters);
        Span<float> rest = KernelScratch.Take((int)KernelLimits.Align(planes) + (filters * places) + sumLength);
        Span<float> image = KernelScratch.Split(ref rest, planes);
        Span<float> gradients = KernelScratch.Split(ref rest, filters * places);
        Span<float> sums = KernelScratch.Split(ref rest, sumLength);

        image.Clear();
        gradients.Clear();

        for (int row = start; row < start + count && !adds; row++)
        {
            dw.Slice(row * stride, filters).Clear();
        }

        for (int sample = 0; sample < samples; sample++)
        {
            Spread(window, x.Slice(sample * window.Size, window.Size), image, plane);

            for (int i = 0; i < window.OutputHeight; i++)
            {
                Transposition.Run(
                    in dy[((sample * window.Places) + (i * window.OutputWidth)) * filters],
                    (nuint)filters,
                    ref gradients[i * width],
                    (nuint)places,
                    window.OutputWidth,
                    filters);
            }

            if (!db.IsEmpty)
            {
                DotProducts.SumRows<Simd512, Vector512<float>>(in gradients[0], (nuint)places, ref db[0], filters, (nuint)places, adds || sample > 0);
            }

            for (int i = 0; i < window.KernelHeight * window.Channels; i++)
            {
                (int ky, int channel) = int.DivRem(i, window.Channels);
                int first = (ky * window.KernelWidth * window.Channels) + channel;

                // Whoever takes a part of these rows computes all of them, to the same bits.
                if (first >= start + count || first + ((window.KernelWidth - 1) * window.Channels) < start)
                {
                    continue;
                }

                DotProducts.Multiply<Simd512, Vector512<float>>(
                    in image[(channel * plane) + (ky * window.Dilation * width)],
                    (nuint)window.Dilation,
                    in gradients[0],
                    (nuint)places,
                    ref sums[0],
                    (nuint)filters,
                    window.KernelWidth,
                    filters,
                    (nuint)places,
                    adds: false);

                for (int kx = 0; kx < window.KernelWidth; kx++)
                {
                    int row = first + (kx * window.Channels);

                    for (int f = 0; f < filters && row >= start && row < start + count; f++)
                    {
                        dw[(row * stride) + f] += sums[(kx * filters) + f];
                    }
                }
            }
        }
    }

    /// <summary>The floats of a channel.</summary>
    private static int Plane(Window2D window) => (int)KernelLimits.Align(PaddedImage.Height(window) * PaddedImage.Width(window));

    /// <summary>The floats of all channels, and a vector that reaches beyond the last place.</summary>
    private static int Planes(Window2D window) => (Plane(window) * window.Channels) + KernelLimits.FloatsPerLine;

    /// <summary>The places of the window, with those between the rows, in whole vectors.</summary>
    private static int Places(Window2D window) =>
        (int)KernelLimits.Align(((window.OutputHeight - 1) * PaddedImage.Width(window)) + window.OutputWidth);

    /// <summary>Copies an image channel by channel to where zeros are already around it.</summary>
    private static void Spread(Window2D window, ReadOnlySpan<float> x, Span<float> image, int plane)
    {
        int width = PaddedImage.Width(window);

        for (int i = 0; i < window.Height; i++)
        {
            ReadOnlySpan<float> from = x.Slice(i * window.Width * window.Channels, window.Width * window.Channels);
            Span<float> to = image[(((window.PadTop + i) * width) + window.PadLeft)..];

            if (window.Channels == 1)
            {
                from.CopyTo(to);
            }
            else
            {
                Transposition.Run(in from[0], (nuint)window.Channels, ref to[0], (nuint)plane, window.Width, window.Channels);
            }
        }
    }
}
