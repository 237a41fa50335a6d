using System.Runtime.InteropServices;

namespace Nnfs.Kernels.Convolutions;

/// <summary>The forward pass of <see cref="Conv2D"/>: a product whose rows are the places of the window.</summary>
internal static class ConvolutionForward
{
    public static void Run(
        Window2D window,
        int filters,
        int groups,
        ReadOnlySpan<float> x,
        ReadOnlySpan<float> w,
        ReadOnlySpan<float> b,
        Span<float> y,
        int samples,
        float least)
    {
        if (ConvolutionBands.IsFor(window, filters, groups))
        {
            ConvolutionBands.Forward(window, filters, x, w, b, y, samples, least);

            return;
        }

        int channels = window.Channels / groups;
        int columns = filters / groups;
        int rows = window.Taps * channels;
        int bRow = MatrixLayout.RowStride(columns);
        int table = WindowProduct.TableLength(window.Places);

        int padded = PaddedImage.Length(window);
        int packed = groups == 1 ? 0 : rows * bRow * groups;
        Span<float> rest = KernelScratch.Take(
            (int)(KernelLimits.Align(padded) + KernelLimits.Align(packed) + (2 * KernelLimits.Align(table)) + KernelLimits.Align(bRow * groups)));
        Span<float> copy = KernelScratch.Split(ref rest, padded);
        Span<float> weights = KernelScratch.Split(ref rest, packed);
        Span<float> biases = KernelScratch.Split(ref rest, bRow * groups);
        Span<int> aOffsets = KernelScratch.SplitNumbers(ref rest, table);
        Span<int> cOffsets = KernelScratch.SplitNumbers(ref rest, table);

        copy.Clear();
        Locate(window, filters, aOffsets, cOffsets);
        Pack(filters, groups, rows, w, weights);
        biases.Clear();

        for (int group = 0; group < groups && !b.IsEmpty; group++)
        {
            b.Slice(group * columns, columns).CopyTo(biases[(group * bRow)..]);
        }

        scoped WindowProduct product = ForPlaces(window, groups);
        product.BRow = (nuint)bRow;
        product.Least = least;

        for (int sample = 0; sample < samples; sample++)
        {
            ReadOnlySpan<float> image = PaddedImage.Of(window, x, sample, copy);
            Span<float> outputs = y.Slice(sample * window.Places * filters, window.Places * filters);

            for (int group = 0; group < groups; group++)
            {
                product.A = ref image[group * channels];
                product.B = ref groups == 1 ? ref MemoryMarshal.GetReference(w) : ref weights[group * rows * bRow];
                product.Start = ref biases[group * bRow];
                product.C = ref outputs[group * columns];
                product.Compute(aOffsets, cOffsets, window.Places, columns, bRow);
            }
        }
    }

    /// <summary>A product whose rows are the places, and whose terms are what the window takes at each: as few segments as possible.</summary>
    private static WindowProduct ForPlaces(Window2D window, int groups)
    {
        int channels = window.Channels / groups;
        int row = PaddedImage.Width(window) * window.Channels;
        bool isContiguous = window.Dilation == 1 && groups == 1;
        int terms = isContiguous ? window.KernelWidth * channels : channels;
        int segments = isContiguous ? 1 : window.KernelWidth;
        int segment = isContiguous ? terms : window.Dilation * window.Channels;

        return new WindowProduct
        {
            ATerm = 1,
            Terms = (nuint)terms,
            Segments = (nuint)segments,
            SegmentRows = (nuint)window.KernelHeight,
            ASegmentGap = WindowProduct.Bytes(segment - terms),
            ARowGap = WindowProduct.Bytes((window.Dilation * row) - (segments * segment)),
        };
    }

    /// <summary>Where the places are in an image with its zeros, and in the outputs.</summary>
    private static void Locate(Window2D window, int filters, Span<int> aOffsets, Span<int> cOffsets)
    {
        int pixel = window.Stride * window.Channels;
        int row = PaddedImage.Width(window) * pixel;

        for (int i = 0; i < window.OutputHeight; i++)
        {
            for (int j = 0; j < window.OutputWidth; j++)
            {
                aOffsets[(i * window.OutputWidth) + j] = (i * row) + (j * pixel);
            }
        }

        for (int i = 0; i < window.Places; i++)
        {
            cOffsets[i] = i * filters;
        }

        WindowProduct.Repeat(aOffsets, window.Places);
        WindowProduct.Repeat(cOffsets, window.Places);
    }

    /// <summary>Copies the weights group by group, so that the rows of each are whole vectors.</summary>
    private static void Pack(int filters, int groups, int rows, ReadOnlySpan<float> w, Span<float> weights)
    {
        int columns = filters / groups;
        int bRow = MatrixLayout.RowStride(columns);

        for (int i = 0; i < groups * rows && groups > 1; i++)
        {
            (int group, int row) = int.DivRem(i, rows);
            w.Slice((row * MatrixLayout.RowStride(filters)) + (group * columns), columns).CopyTo(weights[(i * bRow)..]);
        }
    }
}
