using System.Runtime.InteropServices;
using Nnfs.Kernels.MatrixProducts;

namespace Nnfs.Kernels.Convolutions;

/// <summary>The gradients of the parameters of <see cref="Conv2D"/>: a product whose rows are those of the weights, and whose terms are the places.</summary>
internal static class ConvolutionWeights
{
    /// <summary>About the most gradients of outputs that are taken at a time, while they are in the level-1 cache.</summary>
    private const int MostFloats = 4096;

    public static void Run(
        Window2D window,
        int filters,
        int groups,
        ReadOnlySpan<float> x,
        ReadOnlySpan<float> dy,
        Span<float> dw,
        Span<float> db,
        int samples,
        int start,
        int count,
        bool adds)
    {
        int channels = window.Channels / groups;
        int columns = filters / groups;
        int stride = MatrixLayout.RowStride(filters);

        if (samples == 0)
        {
            if (!db.IsEmpty && !adds)
            {
                db[..filters].Clear();
            }

            for (int i = start; i < start + count && !adds; i++)
            {
                dw.Slice(i * stride, filters).Clear();
            }

            return;
        }

        if (ConvolutionBands.IsFor(window, filters, groups))
        {
            ConvolutionBands.BackwardParameters(window, filters, x, dy, dw, db, samples, start, count, adds);

            return;
        }

        // The rows of a group are whole vectors; those of all groups are, where there is one.
        int cRow = groups == 1 ? stride : MatrixLayout.RowStride(columns);
        int padded = PaddedImage.Length(window);
        int table = WindowProduct.TableLength(count);
        int apart = groups == 1 ? 0 : count * cRow * groups;
        int zeros = (int)KernelLimits.Align(cRow);
        Span<float> rest = KernelScratch.Take(
            (int)(KernelLimits.Align(padded) + KernelLimits.Align(apart) + KernelLimits.Align(zeros) + (2 * KernelLimits.Align(table))));
        Span<float> copy = KernelScratch.Split(ref rest, padded);
        Span<float> sums = KernelScratch.Split(ref rest, apart);
        Span<float> zero = KernelScratch.Split(ref rest, zeros);
        Span<int> aOffsets = KernelScratch.SplitNumbers(ref rest, table);
        Span<int> cOffsets = KernelScratch.SplitNumbers(ref rest, table);

        copy.Clear();
        zero.Clear();
        Locate(window, channels, cRow, start, aOffsets, cOffsets, count);

        if (groups == 1)
        {
            sums = dw[(start * stride)..];
        }
        else if (adds)
        {
            Move(dw[(start * stride)..], sums, filters, groups, count, isBack: false);
        }

        int pixel = window.Stride * window.Channels;
        int row = window.Stride * PaddedImage.Width(window) * window.Channels;
        int most = (int)Math.Clamp(MostFloats / ((long)window.OutputWidth * Math.Min(columns, 64)), 1, window.OutputHeight);
        scoped WindowProduct product = new()
        {
            ATerm = (nuint)pixel,
            Terms = (nuint)window.OutputWidth,
            Segments = 1,
            ARowGap = WindowProduct.Bytes(row - (window.OutputWidth * pixel)),
            BRow = (nuint)filters,
            Least = float.NegativeInfinity,
        };

        for (int sample = 0; sample < samples; sample++)
        {
            ReadOnlySpan<float> image = PaddedImage.Of(window, x, sample, copy);
            ReadOnlySpan<float> outputs = dy.Slice(sample * window.Places * filters, window.Places * filters);

            if (!db.IsEmpty)
            {
                AddBiases(filters, outputs, db, window.Places, adds || sample > 0);
            }

            for (int oy = 0; oy < window.OutputHeight; oy += most)
            {
                product.SegmentRows = (nuint)Math.Min(most, window.OutputHeight - oy);
                product.GoesOn = adds || sample + oy > 0;

                for (int group = 0; group < groups; group++)
                {
                    product.A = ref image[(oy * row) + (group * channels)];
                    product.B = ref outputs[(oy * window.OutputWidth * filters) + (group * columns)];
                    product.C = ref sums[groups == 1 ? 0 : group * count * cRow];
                    product.Start = ref product.GoesOn ? ref product.C : ref MemoryMarshal.GetReference(zero);
                    product.Compute(aOffsets, cOffsets, count, columns, cRow);
                }
            }
        }

        if (groups > 1)
        {
            Move(dw[(start * stride)..], sums, filters, groups, count, isBack: true);
        }
    }

    /// <summary>The sums over the places: a product with a row of ones, which is read with a stride of zero.</summary>
    private static void AddBiases(int filters, ReadOnlySpan<float> dy, Span<float> db, int places, bool adds)
    {
        int stride = MatrixLayout.RowStride(filters);
        GemmMatrices matrices = new()
        {
            A = ref GemmMatrices.One,
            B = ref MemoryMarshal.GetReference(dy),
            BRow = (nuint)filters,
            IsBUnpadded = true,
            C = ref MemoryMarshal.GetReference(db),
            CRow = (nuint)stride,
            Terms = (nuint)places,
        };

        if (adds)
        {
            Dense.Multiply<GemmForm.Sum>(in matrices, 1, filters, stride);
        }
        else
        {
            Dense.Multiply<GemmForm.Product>(in matrices, 1, filters, stride);
        }
    }

    /// <summary>
    /// Where what the rows of the weights are multiplied by is in an image with its zeros, at the first place, and where the rows themselves are.
    /// </summary>
    private static void Locate(Window2D window, int channels, int cRow, int start, Span<int> aOffsets, Span<int> cOffsets, int count)
    {
        for (int i = 0; i < count; i++)
        {
            (int tap, int channel) = int.DivRem(start + i, channels);
            (int ky, int kx) = int.DivRem(tap, window.KernelWidth);
            aOffsets[i] = (window.Dilation * ((ky * PaddedImage.Width(window)) + kx) * window.Channels) + channel;
            cOffsets[i] = i * cRow;
        }

        if (count == 0)
        {
            return;
        }

        WindowProduct.Repeat(aOffsets, count);
        WindowProduct.Repeat(cOffsets, count);
    }

    /// <summary>Copies the gradients group by group, or back.</summary>
    private static void Move(Span<float> dw, Span<float> sums, int filters, int groups, int count, bool isBack)
    {
        int columns = filters / groups;

        for (int i = 0; i < groups * count; i++)
        {
            (int group, int row) = int.DivRem(i, count);
            Span<float> together = dw.Slice((row * MatrixLayout.RowStride(filters)) + (group * columns), columns);
            Span<float> apart = sums.Slice(i * MatrixLayout.RowStride(columns), columns);

            if (isBack)
            {
                apart.CopyTo(together);
            }
            else
            {
                together.CopyTo(apart);
            }
        }
    }
}
