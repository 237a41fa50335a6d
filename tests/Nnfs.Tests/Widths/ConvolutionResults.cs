using Nnfs.Kernels;
using Nnfs.Tests.Kernels;

namespace Nnfs.Tests.Widths;

/// <summary>What the convolution gives for shapes of every form, with its gradients, to be compared between vector widths.</summary>
/// <param name="Values">Results whose terms are added up in the same order whatever the width.</param>
/// <param name="SumsOverLanes">Results that some widths add up in the lanes of a vector.</param>
internal sealed record ConvolutionResults(IReadOnlyList<float> Values, IReadOnlyList<float> SumsOverLanes)
{
    private const int Samples = 2;

    public static ConvolutionResults Compute()
    {
        List<float> values = [];
        List<float> sums = [];

        // Vectors along pixels and along filters; gradients that are gathered and scattered; groups.
        (Window2D Window, int Filters, int Groups)[] shapes =
        [
            (new Window2D(10, 18, 1, 5, 5), 6, 1),
            (new Window2D(8, 8, 3, 3, 3, isPadded: true), 7, 1),
            (new Window2D(6, 6, 8, 3, 3, isPadded: true), 40, 1),
            (new Window2D(7, 7, 6, 3, 3, stride: 2, isPadded: true), 18, 1),
            (new Window2D(7, 8, 12, 2, 2, dilation: 2), 20, 2),
        ];

        foreach ((Window2D window, int filters, int groups) in shapes)
        {
            int rows = window.Taps * (window.Channels / groups);
            float[] x = Numbers.Gaussians(Samples * window.Size, seed: 1);
            float[] w = DenseTests.Pad(Numbers.Gaussians(rows * filters, seed: 2), rows, filters);
            float[] b = DenseTests.Pad(Numbers.Gaussians(filters, seed: 3), 1, filters);
            AlignedBlock dy = new(Samples * window.Places * filters);
            Numbers.Gaussians(dy.Length, seed: 4).CopyTo(dy.Span);
            float[] y = new float[dy.Length];
            float[] dx = new float[x.Length];
            float[] dw = new float[w.Length];
            float[] db = new float[b.Length];
            float[] transposed =
                new float[ConvolutionLayout.TransposedLength(window.KernelHeight, window.KernelWidth, window.Channels, filters, groups)];

            Conv2D.Forward(window, filters, groups, x, w, b, y, Samples);
            Conv2D.Transpose(window, filters, groups, w, transposed, 0, window.Taps);
            Conv2D.BackwardInputs(window, filters, groups, dy.Span, transposed, dx, Samples);
            Conv2D.BackwardParameters(window, filters, groups, x, dy, 0, dw, db, Samples, 0, rows, adds: false);

            // The widest vectors take few filters of few channels another way than others do.
            (filters < 8 ? sums : values).AddRange([.. y, .. dx, .. dw, .. db]);
        }

        AddDepthwise(values);
        AddTransposed(values);

        return new ConvolutionResults(values, sums);
    }

    private static void AddDepthwise(List<float> values)
    {
        // Channels that all widths divide differently, in rows of whole tiles and others.
        foreach (Window2D window in (Window2D[])[new(6, 14, 31, 3, 3, isPadded: true), new(7, 9, 5, 2, 5, stride: 2, isPadded: true)])
        {
            float[] x = Numbers.Gaussians(Samples * window.Size, seed: 1);
            float[] w = DenseTests.Pad(Numbers.Gaussians(window.Taps * window.Channels, seed: 2), window.Taps, window.Channels);
            float[] b = Numbers.Gaussians(window.Channels, seed: 3);
            AlignedBlock dy = new(Samples * window.Places * window.Channels);
            Numbers.Gaussians(dy.Length, seed: 4).CopyTo(dy.Span);
            float[] y = new float[dy.Length];
            float[] dx = new float[x.Length];
            float[] dw = new float[w.Length];
            float[] db = new float[b.Length];

            DepthwiseConv2D.Forward(window, x, w, b, y, Samples);
            DepthwiseConv2D.BackwardInputs(window, dy.Span, w, dx, Samples);
            DepthwiseConv2D.BackwardParameters(window, x, dy, 0, dw, db, Samples, 0, window.Channels, adds: false);

            values.AddRange([.. y, .. dx, .. dw, .. db]);
        }
    }

    private static void AddTransposed(List<float> values)
    {
        foreach ((Window2D window, int channels) in ((Window2D, int)[])[(new(12, 12, 20, 3, 3, stride: 2, isPadded: true), 9), (new(7, 9, 3, 3, 2), 17)])
        {
            int rows = window.Taps * channels;
            float[] x = Numbers.Gaussians(Samples * window.Places * channels, seed: 1);
            float[] w = DenseTests.Pad(Numbers.Gaussians(rows * window.Channels, seed: 2), rows, window.Channels);
            float[] b = DenseTests.Pad(Numbers.Gaussians(window.Channels, seed: 3), 1, window.Channels);
            AlignedBlock dy = new(Samples * window.Size);
            Numbers.Gaussians(dy.Length, seed: 4).CopyTo(dy.Span);
            float[] y = new float[dy.Length];
            float[] dx = new float[x.Length];
            float[] dw = new float[w.Length];
            float[] db = new float[b.Length];
            float[] transposed = new float[window.Taps * window.Channels * MatrixLayout.RowStride(channels)];

            ConvTranspose2D.Forward(window, channels, x, w, b, y, Samples);
            ConvTranspose2D.Transpose(window, channels, w, transposed, 0, window.Taps);
            ConvTranspose2D.BackwardInputs(window, channels, dy.Span, transposed, dx, Samples);
            ConvTranspose2D.BackwardParameters(window, channels, x, dy, 0, dw, db, Samples, 0, rows, adds: false);

            values.AddRange([.. y, .. dx, .. dw, .. db]);
        }
    }
}
