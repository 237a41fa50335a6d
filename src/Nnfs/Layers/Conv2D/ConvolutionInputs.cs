using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Nnfs.Kernels.MatrixProducts;
using Nnfs.Simd;

namespace Nnfs.Kernels.Convolutions;

/// <summary>
/// The gradients of the inputs of <see cref="Conv2D"/>, in one of three forms. Gathered, every pixel takes from all places that took it: that is a convolution
/// of the gradients of the outputs, by the reversed window. Scattered, a matrix product gives what a place gives to every pixel under the window, which is then
/// added to the pixels: for strides, few channels, and where places are far fewer than pixels. For few channels there are also <see cref="ConvolutionDots"/>.
/// </summary>
internal static class ConvolutionInputs
{
    /// <summary>About the most floats of what some places give before it is added, and the fewest places.</summary>
    private const int MostFloats = 8192;

    private const int LeastPlaces = 4 * GemmTiles.Rows;

    /// <summary>How many products take as long as to add a vector to the pixels.</summary>
    private const long ProductsPerSum = 6;

    public static void Transpose(Window2D window, int filters, int groups, ReadOnlySpan<float> w, Span<float> transposed, int start, int count)
    {
        int channels = window.Channels / groups;
        int columns = filters / groups;
        int wRow = MatrixLayout.RowStride(filters);

        if (ConvolutionDots.Serves(window, filters, groups))
        {
            w.Slice(start * channels * wRow, count * channels * wRow).CopyTo(transposed[(start * channels * wRow)..]);

            return;
        }

        bool isGathered = IsGathered(window, filters, groups);
        int row = isGathered ? MatrixLayout.RowStride(window.Channels) : ScatteredStride(window, groups);
        int windowRow = WindowRow(window, groups);

        for (int tap = start; tap < start + count; tap++)
        {
            ReadOnlySpan<float> weights = w.Slice(tap * channels * wRow, channels * wRow);
            (int ky, int kx) = int.DivRem(tap, window.KernelWidth);

            if (!isGathered)
            {
                Span<float> columnsOfTap = transposed[((ky * windowRow) + (kx * channels))..];
                Transposition.Run(in weights[0], (nuint)wRow, ref columnsOfTap[0], (nuint)row, channels, filters);

                // What is added beyond the window's row is zero.
                for (int f = 0; f < filters && kx == window.KernelWidth - 1; f++)
                {
                    columnsOfTap.Slice((f * row) + channels, windowRow - (window.KernelWidth * channels)).Clear();
                }

                continue;
            }

            for (int group = 0; group < groups; group++)
            {
                Transposition.Run(
                    in weights[group * columns],
                    (nuint)wRow,
                    ref transposed[((window.Taps - 1 - tap) * columns * row) + (group * channels)],
                    (nuint)row,
                    channels,
                    columns);
            }
        }
    }

    public static void Run(Window2D window, int filters, int groups, ReadOnlySpan<float> dy, ReadOnlySpan<float> transposed, Span<float> dx, int samples)
    {
        if (ConvolutionDots.Serves(window, filters, groups))
        {
            ConvolutionDots.Run(window, filters, dy, transposed, dx, samples);
        }
        else if (IsGathered(window, filters, groups))
        {
            ConvolutionForward.Run(window.Reversed(filters), window.Channels, groups, dy, transposed, [], dx, samples, float.NegativeInfinity);
        }
        else
        {
            Scatter(window, filters, groups, dy, transposed, dx, samples);
        }
    }

    private static bool IsGathered(Window2D window, int filters, int groups)
    {
        long channels = window.Channels / groups;
        long columns = filters / groups;
        long gathered = (long)window.Height * window.Width * window.Taps * columns * Lines(channels);
        long scattered = (long)window.Places
            * ((Lines(window.KernelHeight * (long)WindowRow(window, groups)) * columns)
                + (ProductsPerSum * window.KernelHeight * Lines(window.KernelWidth * channels)));

        return window.Stride == 1 && gathered <= scattered;
    }

    private static long Lines(long floats) => KernelLimits.Align(floats) / KernelLimits.FloatsPerLine;

    private static int ScatteredStride(Window2D window, int groups) =>
        (int)ConvolutionLayout.ScatteredStride(window.KernelHeight, window.KernelWidth, window.Channels / groups);

    /// <summary>The floats of what a place gives to the pixels in one row of the window.</summary>
    private static int WindowRow(Window2D window, int groups) => MatrixLayout.RowStride(window.KernelWidth * (window.Channels / groups));

    private static void Scatter(
        Window2D window, int filters, int groups, ReadOnlySpan<float> dy, ReadOnlySpan<float> transposed, Span<float> dx, int samples)
    {
        int channels = window.Channels / groups;
        int columns = filters / groups;
        int row = ScatteredStride(window, groups);
        int windowRow = WindowRow(window, groups);
        int wholeVectors = Math.Min(row, (int)KernelLimits.Align(window.KernelHeight * windowRow));
        int most = Math.Min(Math.Max(MostFloats / row / GemmTiles.Rows * GemmTiles.Rows, LeastPlaces), window.Places);

        // Whole vectors may reach beyond the last pixel.
        int imageLength = (PaddedImage.Height(window) * PaddedImage.Width(window) * window.Channels) + windowRow;
        Span<float> rest = KernelScratch.Take((int)(KernelLimits.Align(imageLength) + KernelLimits.Align(most * row)));
        Span<float> image = KernelScratch.Split(ref rest, imageLength);
        Span<float> gradients = KernelScratch.Split(ref rest, most * row);

        for (int sample = 0; sample < samples; sample++)
        {
            ReadOnlySpan<float> outputs = dy.Slice(sample * window.Places * filters, window.Places * filters);
            image.Clear();

            for (int place = 0; place < window.Places; place += most)
            {
                int taken = Math.Min(most, window.Places - place);

                for (int group = 0; group < groups; group++)
                {
                    GemmMatrices matrices = new()
                    {
                        A = ref outputs[(place * filters) + (group * columns)],
                        ARow = (nuint)filters,
                        ATerm = 1,
                        B = ref transposed[group * columns * row],
                        BRow = (nuint)row,
                        C = ref MemoryMarshal.GetReference(gradients),
                        CRow = (nuint)row,
                        Terms = (nuint)columns,
                    };

                    Dense.Multiply<GemmForm.Product>(in matrices, taken, wholeVectors, row);
                    Add(window, channels, gradients, row, windowRow, place, taken, image[(group * channels)..]);
                }
            }

            PaddedImage.Inner(window, image, dx.Slice(sample * window.Size, window.Size));
        }
    }

    /// <summary>Adds what some places give to the pixels that they took.</summary>
    private static void Add(
        Window2D window, int channels, ReadOnlySpan<float> gradients, int row, int windowRow, int place, int count, Span<float> image)
    {
        int imageRow = PaddedImage.Width(window) * window.Channels;
        bool isContiguous = window.Dilation == 1 && channels == window.Channels;

        for (int i = 0; i < count; i++)
        {
            (int oy, int ox) = int.DivRem(place + i, window.OutputWidth);

            for (int ky = 0; ky < window.KernelHeight; ky++)
            {
                ReadOnlySpan<float> from = gradients.Slice((i * row) + (ky * windowRow), windowRow);
                Span<float> to = image[((((oy * window.Stride) + (ky * window.Dilation)) * imageRow) + (ox * window.Stride * window.Channels))..];

                if (isContiguous)
                {
                    Add(from, to);
                    continue;
                }

                for (int kx = 0; kx < window.KernelWidth; kx++)
                {
                    Span<float> pixel = to.Slice(kx * window.Dilation * window.Channels, channels);
                    ReadOnlySpan<float> added = from.Slice(kx * channels, channels);

                    for (int c = 0; c < added.Length; c++)
                    {
                        pixel[c] += added[c];
                    }
                }
            }
        }
    }

    /// <summary>Adds whole vectors.</summary>
    private static void Add(ReadOnlySpan<float> from, Span<float> to)
    {
        ref float from0 = ref MemoryMarshal.GetReference(from);
        ref float to0 = ref MemoryMarshal.GetReference(to[..from.Length]);

        if (Vector512.IsHardwareAccelerated && from.Length >= Simd512.Count)
        {
            for (nuint i = 0; i < (nuint)from.Length; i += (nuint)Simd512.Count)
            {
                Simd512.Store(Simd512.Load(in to0, i) + Simd512.Load(in from0, i), ref to0, i);
            }
        }
        else if (Vector256.IsHardwareAccelerated && from.Length >= Simd256.Count)
        {
            for (nuint i = 0; i < (nuint)from.Length; i += (nuint)Simd256.Count)
            {
                Simd256.Store(Simd256.Load(in to0, i) + Simd256.Load(in from0, i), ref to0, i);
            }
        }
        else
        {
            for (nuint i = 0; i < (nuint)from.Length; i += (nuint)Simd128.Count)
            {
                Simd128.Store(Simd128.Load(in to0, i) + Simd128.Load(in from0, i), ref to0, i);
            }
        }
    }
}
