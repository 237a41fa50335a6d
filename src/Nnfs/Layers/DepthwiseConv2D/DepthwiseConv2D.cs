using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Nnfs.Kernels.Columnwise;

namespace Nnfs.Kernels;

/// <summary>
/// The convolution of each channel of images by itself, channels last. With <c>x</c> [samples × height × width × channels] and zeros around it, the window at
/// the place <c>(oy, ox)</c> takes the pixels <c>(oy·stride + ky·dilation − top, ox·stride + kx·dilation − left)</c>. The weights are a matrix with a row for
/// every tap <c>(ky, kx)</c> of the window, padded as those of <see cref="Dense"/>, and a column for every channel.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class DepthwiseConv2D
{
    /// <summary>About the most floats of the rows that all channels are made of before the next rows, so that they stay in the level-1 cache.</summary>
    private const int MostFloats = 4096;

    /// <summary>
    /// Effectively computes <c>y[i, oy, ox, c] = b[c] + Σ x[i, oy·stride + ky·dilation − top, ox·stride + kx·dilation − left, c] · w[ky, kx, c]</c>.
    /// </summary>
    /// <param name="window">The window.</param>
    /// <param name="x">Images [samples × height × width × channels].</param>
    /// <param name="w">Weights [kernelHeight × kernelWidth × stride of the channels].</param>
    /// <param name="b">Biases [channels], or none.</param>
    /// <param name="y">Outputs [samples × places × channels]; written.</param>
    /// <param name="samples">The number of samples.</param>
    /// <exception cref="ArgumentException">A span is shorter than its shape.</exception>
    public static void Forward(Window2D window, ReadOnlySpan<float> x, ReadOnlySpan<float> w, ReadOnlySpan<float> b, Span<float> y, int samples) =>
        MakeOutputs(window, x, w, b, y, samples, rectifies: false);

    /// <summary>Effectively computes the same as <see cref="Forward"/> and then <c>max(0, y)</c>; NaN stays NaN.</summary>
    /// <inheritdoc cref="Forward"/>
    public static void ForwardReLU(Window2D window, ReadOnlySpan<float> x, ReadOnlySpan<float> w, ReadOnlySpan<float> b, Span<float> y, int samples) =>
        MakeOutputs(window, x, w, b, y, samples, rectifies: true);

    /// <summary>Effectively computes the gradients of the inputs of the forward pass: every <c>x</c> that a place took gets <c>dy · w</c> of it.</summary>
    /// <param name="window">The window.</param>
    /// <param name="dy">Gradients of the outputs [samples × places × channels].</param>
    /// <param name="w">Weights [kernelHeight × kernelWidth × stride of the channels].</param>
    /// <param name="dx">Gradients of the inputs [samples × height × width × channels]; written.</param>
    /// <param name="samples">The number of samples.</param>
    /// <exception cref="ArgumentException">A span is shorter than its shape.</exception>
    public static void BackwardInputs(Window2D window, ReadOnlySpan<float> dy, ReadOnlySpan<float> w, Span<float> dx, int samples) =>
        MakeGradients(window, dy, w, mask: [], hasMask: false, dx, samples);

    /// <summary>
    /// Effectively computes the same as <see cref="BackwardInputs"/> where <c>x &gt; 0</c> and zero elsewhere, back through the ReLU that gave <c>x</c>.
    /// </summary>
    /// <param name="window">The window.</param>
    /// <param name="dy">Gradients of the outputs [samples × places × channels].</param>
    /// <param name="w">Weights [kernelHeight × kernelWidth × stride of the channels].</param>
    /// <param name="x">The inputs of the forward pass, outputs of a ReLU.</param>
    /// <param name="first">The first sample in <paramref name="x"/>.</param>
    /// <param name="dx">Gradients of what the ReLU took [samples × height × width × channels]; written.</param>
    /// <param name="samples">The number of samples.</param>
    /// <exception cref="ArgumentException">A span is shorter than its shape.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="first"/> is negative.</exception>
    public static void BackwardInputsReLU(
        Window2D window, ReadOnlySpan<float> dy, ReadOnlySpan<float> w, AlignedBlock x, int first, Span<float> dx, int samples)
    {
        ArgumentNullException.ThrowIfNull(window);
        ArgumentNullException.ThrowIfNull(x);
        ArgumentOutOfRangeException.ThrowIfNegative(first);
        ShapeGuard.AtLeast(x.Length, first + samples, window.Size);
        MakeGradients(window, dy, w, x.Slice(first * window.Size, samples * window.Size), hasMask: true, dx, samples);
    }

    /// <summary>
    /// Effectively computes <c>dw[ky, kx, c] = Σ x[i, oy·stride + ky·dilation − top, ox·stride + kx·dilation − left, c] · dy[i, oy, ox, c]</c> and
    /// <c>db[c] = Σ dy[i, oy, ox, c]</c> for some channels <c>c</c>, overwriting both or adding to them, and leaving their padding as it is.
    /// </summary>
    /// <param name="window">The window.</param>
    /// <param name="x">The images of the forward pass [samples × height × width × channels].</param>
    /// <param name="dy">Gradients of the outputs.</param>
    /// <param name="first">The first sample in <paramref name="dy"/>.</param>
    /// <param name="dw">Gradients of the weights [kernelHeight × kernelWidth × stride of the channels]; written.</param>
    /// <param name="db">Gradients of the biases [channels], or none; written.</param>
    /// <param name="samples">The number of samples.</param>
    /// <param name="start">The first of the channels whose gradients are computed.</param>
    /// <param name="count">Their number.</param>
    /// <param name="adds">
    /// Whether the sums go on from what is there: the samples of a batch, taken part by part, then give the same bits as all at once.
    /// </param>
    /// <exception cref="ArgumentException">A span is shorter than its shape.</exception>
    /// <exception cref="ArgumentOutOfRangeException">
    /// The range of channels is not within the image's, or <paramref name="first"/> is negative.
    /// </exception>
    public static void BackwardParameters(
        Window2D window,
        ReadOnlySpan<float> x,
        AlignedBlock dy,
        int first,
        Span<float> dw,
        Span<float> db,
        int samples,
        int start,
        int count,
        bool adds)
    {
        ArgumentNullException.ThrowIfNull(window);
        ArgumentNullException.ThrowIfNull(dy);
        ArgumentOutOfRangeException.ThrowIfNegative(first);
        int stride = MatrixLayout.RowStride(window.Channels);
        int outputs = window.Places * window.Channels;
        ShapeGuard.AtLeast(x.Length, samples, window.Size);
        ShapeGuard.AtLeast(dy.Length, first + samples, outputs);
        ShapeGuard.AtLeast(dw.Length, window.Taps, stride);
        ShapeGuard.AtLeast(db.Length, db.IsEmpty ? 0 : 1, window.Channels);
        ShapeGuard.Part(start, count, window.Channels);

        if (samples == 0 && !adds)
        {
            for (int tap = 0; tap < window.Taps; tap++)
            {
                dw.Slice((tap * stride) + start, count).Clear();
            }

            if (!db.IsEmpty)
            {
                db.Slice(start, count).Clear();
            }
        }

        scoped WeightColumns columns = new()
        {
            Dw = ref MemoryMarshal.GetReference(dw),
            Db = ref MemoryMarshal.GetReference(db),
            HasBiases = !db.IsEmpty,
            Rows = RowsOf(window),
            Columns = ColumnsOf(window),
            Channels = (nuint)window.Channels,
            WeightRow = (nuint)stride,
        };

        for (int i = 0; i < samples; i++)
        {
            columns.X = ref Unsafe.Add(ref MemoryMarshal.GetReference(x), (nint)i * window.Size);
            columns.Dy = ref Unsafe.Add(ref MemoryMarshal.GetReference(dy.Span), (nint)(first + i) * outputs);
            columns.GoesOn = adds || i > 0;
            ColumnSweep.Run(in columns, start, count);
        }
    }

    private static void MakeOutputs(
        Window2D window, ReadOnlySpan<float> x, ReadOnlySpan<float> w, ReadOnlySpan<float> b, Span<float> y, int samples, bool rectifies)
    {
        ArgumentNullException.ThrowIfNull(window);
        int stride = MatrixLayout.RowStride(window.Channels);
        ShapeGuard.AtLeast(x.Length, samples, window.Size);
        ShapeGuard.AtLeast(w.Length, window.Taps, stride);
        ShapeGuard.AtLeast(b.Length, b.IsEmpty ? 0 : 1, window.Channels);
        ShapeGuard.AtLeast(y.Length, samples, window.Places * window.Channels);

        scoped WindowColumns columns = new()
        {
            Weights = ref MemoryMarshal.GetReference(w),
            Biases = ref MemoryMarshal.GetReference(b),
            HasBiases = !b.IsEmpty,
            Rectifies = rectifies,
            Rows = RowsOf(window),
            Columns = ColumnsOf(window),
            Channels = (nuint)window.Channels,
            WeightRow = (nuint)stride,
            KernelWidth = (nuint)window.KernelWidth,
            SourceWidth = (nuint)window.Width,
            TargetWidth = (nuint)window.OutputWidth,
        };

        for (int i = 0; i < samples; i++)
        {
            columns.Source = ref Unsafe.Add(ref MemoryMarshal.GetReference(x), (nint)i * window.Size);
            columns.Target = ref Unsafe.Add(ref MemoryMarshal.GetReference(y), (nint)i * window.Places * window.Channels);
            Run(ref columns);
        }
    }

    private static void MakeGradients(
        Window2D window, ReadOnlySpan<float> dy, ReadOnlySpan<float> w, ReadOnlySpan<float> mask, bool hasMask, Span<float> dx, int samples)
    {
        ArgumentNullException.ThrowIfNull(window);
        int stride = MatrixLayout.RowStride(window.Channels);
        ShapeGuard.AtLeast(dy.Length, samples, window.Places * window.Channels);
        ShapeGuard.AtLeast(w.Length, window.Taps, stride);
        ShapeGuard.AtLeast(dx.Length, samples, window.Size);

        scoped WindowColumns columns = new()
        {
            Weights = ref MemoryMarshal.GetReference(w),
            HasMask = hasMask,
            Channels = (nuint)window.Channels,
            WeightRow = (nuint)stride,
            KernelWidth = (nuint)window.KernelWidth,
            SourceWidth = (nuint)window.OutputWidth,
            TargetWidth = (nuint)window.Width,
        };

        for (int i = 0; i < samples; i++)
        {
            columns.Source = ref Unsafe.Add(ref MemoryMarshal.GetReference(dy), (nint)i * window.Places * window.Channels);
            columns.Target = ref Unsafe.Add(ref MemoryMarshal.GetReference(dx), (nint)i * window.Size);
            columns.Mask = ref hasMask ? ref Unsafe.Add(ref MemoryMarshal.GetReference(mask), (nint)i * window.Size) : ref columns.Target;

            for (int row = 0; row < Math.Min(window.Stride, window.Height); row++)
            {
                columns.Rows = TapAxis.OfInputs(
                    window.Height, window.OutputHeight, window.KernelHeight, window.Stride, window.Dilation, window.PadTop, row);

                for (int column = 0; column < Math.Min(window.Stride, window.Width); column++)
                {
                    columns.Columns = TapAxis.OfInputs(
                        window.Width, window.OutputWidth, window.KernelWidth, window.Stride, window.Dilation, window.PadLeft, column);
                    Run(ref columns);
                }
            }
        }
    }

    /// <summary>All channels of some rows, then those of the next.</summary>
    private static void Run(scoped ref WindowColumns columns)
    {
        int channels = (int)columns.Channels;
        int rows = Math.Max(1, MostFloats / (columns.Columns.Count + 1) / channels);

        for (int row = 0; row < columns.Rows.Count; row += rows)
        {
            columns.Start = row;
            columns.End = Math.Min(row + rows, columns.Rows.Count);
            ColumnSweep.Run(in columns, channels);
        }
    }

    private static TapAxis RowsOf(Window2D window) =>
        TapAxis.OfPlaces(window.Height, window.OutputHeight, window.KernelHeight, window.Stride, window.Dilation, window.PadTop);

    private static TapAxis ColumnsOf(Window2D window) =>
        TapAxis.OfPlaces(window.Width, window.OutputWidth, window.KernelWidth, window.Stride, window.Dilation, window.PadLeft);
}
