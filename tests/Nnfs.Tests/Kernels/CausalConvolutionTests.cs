using Nnfs.Catalogue;
using Nnfs.Catalogue.Layers;
using Nnfs.Kernels;
using static Nnfs.Tests.Numbers;

namespace Nnfs.Tests.Kernels;

/// <summary>Kernels of convolutions over sequences with zeros only before them, against a reference in float64. Other windows are those of images.</summary>
public class CausalConvolutionTests
{
    private const int Samples = 2;

    /// <summary>Steps, channels, kernel, stride, dilation, filters, groups.</summary>
    public static TheoryData<int, int, int, int, int, int, int> Shapes =>
    [
        // Gradients that are gathered and scattered, vectors along filters and along steps, with every stride.
        (13, 4, 3, 1, 2, 8, 1), (13, 16, 3, 1, 4, 16, 1), (29, 3, 5, 1, 1, 6, 1), (64, 1, 16, 1, 1, 3, 1), (12, 40, 2, 1, 1, 70, 1),
        (12, 5, 3, 2, 1, 7, 1), (12, 5, 3, 3, 2, 17, 1), (13, 2, 4, 5, 1, 33, 1), (10, 6, 3, 1, 1, 12, 3), (11, 8, 2, 2, 3, 8, 8),

        // Windows that reach back further than the sequence, one step, and one of each.
        (5, 3, 4, 1, 7, 9, 1), (3, 2, 9, 2, 1, 4, 1), (1, 4, 3, 1, 2, 5, 1), (7, 5, 1, 1, 3, 6, 1), (1, 1, 1, 1, 1, 1, 1),
    ];

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Convolution_and_its_gradients_agree_with_the_reference(
        int steps, int channels, int kernel, int stride, int dilation, int filters, int groups)
    {
        Conv1DLayer layer = new(filters, new(kernel) { Stride = stride, Dilation = dilation, IsCausal = true }) { Groups = groups };
        Window2D window = new(1, steps, channels, 1, kernel, stride, dilation, isCausal: true);
        int rows = kernel * (channels / groups);
        Operands operands = new(window, rows, filters);
        float[] dx = new float[operands.X.Length];
        float[] y = new float[Samples * window.Places * filters];
        float[] dw = new float[operands.W.Length];
        float[] db = new float[operands.B.Length];
        float[] transposed = new float[ConvolutionLayout.TransposedLength(1, kernel, channels, filters, groups)];

        Conv2D.Forward(window, filters, groups, operands.X, operands.W, operands.B, y, Samples);
        Conv2D.Transpose(window, filters, groups, operands.W, transposed, 0, window.Taps);
        Conv2D.BackwardInputs(window, filters, groups, operands.Dy.Span, transposed, dx, Samples);
        Conv2D.BackwardParameters(window, filters, groups, operands.X, operands.Dy, 0, dw, db, Samples, 0, rows, adds: false);

        AssertAgree(layer, window, operands, y, dx, dw, db);
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Convolution_of_each_channel_and_its_gradients_agree_with_the_reference(
        int steps, int channels, int kernel, int stride, int dilation, int filters, int groups)
    {
        DepthwiseConv1DLayer layer = new(new ImageWindow(kernel) { Stride = stride, Dilation = dilation, IsCausal = true });
        int width = (channels * groups) + filters;
        Window2D window = new(1, steps, width, 1, kernel, stride, dilation, isCausal: true);
        Operands operands = new(window, kernel, width);
        float[] dx = new float[operands.X.Length];
        float[] y = new float[Samples * window.Places * width];
        float[] dw = new float[operands.W.Length];
        float[] db = new float[width];

        DepthwiseConv2D.Forward(window, operands.X, operands.W, operands.B, y, Samples);
        DepthwiseConv2D.BackwardInputs(window, operands.Dy.Span, operands.W, dx, Samples);
        DepthwiseConv2D.BackwardParameters(window, operands.X, operands.Dy, 0, dw, db, Samples, 0, width, adds: false);

        AssertAgree(layer, window, operands, y, dx, dw, db);
    }

    /// <summary>An output does not change with what comes after its step.</summary>
    [Fact]
    public void Output_depends_on_no_later_step()
    {
        Window2D window = new(1, 9, 2, 1, 3, dilation: 2, isCausal: true);
        float[] w = Gaussians(6 * 4, seed: 1);
        float[] x = Gaussians(18, seed: 2);
        float[] before = new float[9 * 3];
        float[] after = new float[9 * 3];

        Conv2D.Forward(window, 3, 1, x, w, [], before, 1);
        x.AsSpan(10).Fill(float.NaN);
        Conv2D.Forward(window, 3, 1, x, w, [], after, 1);

        AssertSameBits(before.AsSpan(0, 5 * 3), after.AsSpan(0, 5 * 3), "the first five steps");
        Assert.All(after[(5 * 3)..], static value => Assert.True(float.IsNaN(value)));
    }

    private static void AssertAgree(ConvolutionLayer layer, Window2D window, Operands operands, float[] y, float[] dx, float[] dw, float[] db)
    {
        LayerPass pass = Pass(static value => value);
        LayerPass sizes = Pass(Math.Abs);
        double[] dy = ToDoubles(operands.Dy.Span);
        LayerGradients gradients = layer.Backward(pass, dy);
        LayerGradients magnitudes = layer.Backward(sizes, Array.ConvertAll(dy, Math.Abs));
        double[] outputs = layer.Forward(sizes);
        int terms = operands.Rows * operands.Columns;
        int places = Samples * window.Places;

        AssertClose(layer.Forward(pass), y, i => DenseTests.RoundingOfSum(operands.Rows + 1, outputs[i]), "y");
        AssertClose(gradients.Inputs[0], dx, i => DenseTests.RoundingOfSum(terms, magnitudes.Inputs[0][i]), "dx");
        AssertClose(
            gradients.Tensors[0],
            DenseTests.Unpad(dw, operands.Rows, operands.Columns),
            i => DenseTests.RoundingOfSum(places, magnitudes.Tensors[0][i]),
            "dw");
        AssertClose(gradients.Tensors[1], db.AsSpan(0, operands.Columns), i => DenseTests.RoundingOfSum(places, magnitudes.Tensors[1][i]), "db");

        LayerPass Pass(Func<double, double> change) => new()
        {
            Inputs = [Array.ConvertAll(ToDoubles(operands.X), value => change(value))],
            Shapes = [new SampleShape(window.Width, window.Channels)],
            Samples = Samples,
            Tensors =
            [
                Array.ConvertAll(ToDoubles(DenseTests.Unpad(operands.W, operands.Rows, operands.Columns)), value => change(value)),
                Array.ConvertAll(ToDoubles(operands.B.AsSpan(0, operands.Columns)), value => change(value)),
            ],
        };
    }

    /// <summary>The operands of the kernels, the weights and biases with their padding.</summary>
    private sealed class Operands
    {
        public Operands(Window2D window, int rows, int columns)
        {
            Rows = rows;
            Columns = columns;
            X = Gaussians(Samples * window.Size, seed: 1);
            W = DenseTests.Pad(Gaussians(rows * columns, seed: 2), rows, columns);
            B = DenseTests.Pad(Gaussians(columns, seed: 3), 1, columns);
            Dy = new AlignedBlock(Samples * window.Places * columns);
            Gaussians(Dy.Length, seed: 4).CopyTo(Dy.Span);
        }

        public int Rows { get; }

        public int Columns { get; }

        public float[] X { get; }

        public float[] W { get; }

        public float[] B { get; }

        public AlignedBlock Dy { get; }
    }
}
