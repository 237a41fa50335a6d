using Nnfs.Kernels;
using Nnfs.Tests.Kernels;

namespace Nnfs.Tests.Widths;

/// <summary>What the convolution gives for shapes of every form, with its gradients, to be compared between vector widths.</summary>
internal static class ConvolutionResults
{
    private const int Samples = 2;

    public static IEnumerable<float> Compute()
    {
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

            foreach (float value in (float[])[.. y, .. dx, .. dw, .. db])
            {
                yield return value;
            }
        }
    }
}
