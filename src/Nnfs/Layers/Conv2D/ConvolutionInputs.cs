using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Nnfs.Kernels.MatrixProducts;

namespace Nnfs.Kernels.Convolutions;

/// <summary>
/// The gradients of the inputs of <see cref="Conv2D"/>. Place by place a matrix product gives what every pixel under the window gets from there, which is then
/// added to the pixels.
/// </summary>
internal static class ConvolutionInputs
{
    /// <summary>About the most floats of what some places give, which stay in the level-1 cache.</summary>
    private const int MostFloats = 6144;

    /// <summary>The floats of what one place gives for a group.</summary>
    public static int RowStride(Window2D window, int groups) => MatrixLayout.RowStride(window.Taps * (window.Channels / groups));

    public static void Transpose(Window2D window, int filters, int groups, ReadOnlySpan<float> w, Span<float> transposed, int start, int count)
    {
        int channels = window.Channels / groups;
        int stride = MatrixLayout.RowStride(filters);

        if (count > 0)
        {
            Transposition.Run(
                in w[start * channels * stride],
                (nuint)stride,
                ref transposed[start * channels],
                (nuint)RowStride(window, groups),
                count * channels,
                filters);
        }
    }

    public static void Run(Window2D window, int filters, int groups, ReadOnlySpan<float> dy, ReadOnlySpan<float> transposed, Span<float> dx, int sample)
    {
        int channels = window.Channels / groups;
        int columns = filters / groups;
        int row = RowStride(window, groups);
        int most = Math.Clamp(MostFloats / row / GemmTiles.Rows, 1, int.MaxValue / GemmTiles.Rows) * GemmTiles.Rows;
        most = Math.Min(most, window.Places);
        Span<float> gradients = KernelScratch.Take(most * row);
        ReadOnlySpan<float> outputs = dy.Slice(sample * window.Places * filters, window.Places * filters);
        Span<float> inputs = dx.Slice(sample * window.Size, window.Size);
        inputs.Clear();

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

                Dense.Multiply<GemmForm.Product>(in matrices, taken, window.Taps * channels, row);
                Add(window, group * channels, channels, gradients, row, place, taken, inputs);
            }
        }
    }

    /// <summary>Adds what some places give to the pixels that they took.</summary>
    private static void Add(Window2D window, int firstChannel, int channels, ReadOnlySpan<float> gradients, int row, int place, int count, Span<float> inputs)
    {
        bool isContiguous = window.Dilation == 1 && channels == window.Channels;

        for (int i = 0; i < count; i++)
        {
            (int oy, int ox) = int.DivRem(place + i, window.OutputWidth);
            int top = (oy * window.Stride) - window.PadTop;
            int left = (ox * window.Stride) - window.PadLeft;

            for (int ky = 0; ky < window.KernelHeight; ky++)
            {
                int y = top + (ky * window.Dilation);

                if ((uint)y >= (uint)window.Height)
                {
                    continue;
                }

                int source = (i * row) + (ky * window.KernelWidth * channels);

                if (isContiguous)
                {
                    int first = Math.Max(0, -left);
                    int last = Math.Min(window.KernelWidth, window.Width - left);

                    if (first < last)
                    {
                        Add(
                            gradients.Slice(source + (first * channels), (last - first) * channels),
                            inputs[(((y * window.Width) + left + first) * channels)..]);
                    }

                    continue;
                }

                for (int kx = 0; kx < window.KernelWidth; kx++)
                {
                    int x = left + (kx * window.Dilation);

                    if ((uint)x < (uint)window.Width)
                    {
                        Add(
                            gradients.Slice(source + (kx * channels), channels),
                            inputs[((((y * window.Width) + x) * window.Channels) + firstChannel)..]);
                    }
                }
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add(ReadOnlySpan<float> from, Span<float> to) => System.Numerics.Tensors.TensorPrimitives.Add(to[..from.Length], from, to);
}
