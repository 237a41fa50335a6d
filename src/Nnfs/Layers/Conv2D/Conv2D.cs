using System.ComponentModel;
using System.Runtime.CompilerServices;
using Nnfs.Kernels.Convolutions;

namespace Nnfs.Kernels;

/// <summary>
/// The convolution of images, channels last. With <c>x</c> [samples × height × width × channels] and zeros around it, the window at the place
/// <c>(oy, ox)</c> takes the pixels <c>(oy·stride + ky·dilation − top, ox·stride + kx·dilation − left)</c>. The channels and the filters are divided into
/// as many groups; a filter takes only the channels of its own group. The weights are a matrix with a row for every tap <c>(ky, kx)</c> of the window and
/// channel <c>c</c> of a group, padded as those of <see cref="Dense"/>, and a column for every filter.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Conv2D
{
    /// <summary>About the most gradients of inputs that go back through a ReLU at a time.</summary>
    private const int MostFloatsToMask = 16384;

    /// <summary>
    /// Effectively computes <c>y[i, oy, ox, f] = b[f] + Σ x[i, oy·stride + ky·dilation − top, ox·stride + kx·dilation − left, c] · w[ky, kx, c, f]</c>.
    /// </summary>
    /// <param name="window">The window.</param>
    /// <param name="filters">The number of filters.</param>
    /// <param name="groups">The number of groups.</param>
    /// <param name="x">Images [samples × height × width × channels].</param>
    /// <param name="w">Weights [kernelHeight × kernelWidth × channels of a group × stride of the filters].</param>
    /// <param name="b">Biases [stride of the filters], or none.</param>
    /// <param name="y">Outputs [samples × places × filters]; written.</param>
    /// <param name="samples">The number of samples.</param>
    /// <exception cref="ArgumentException">A span is shorter than its shape, or the groups do not divide the channels and filters.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The filters or groups are fewer than 1.</exception>
    public static void Forward(
        Window2D window, int filters, int groups, ReadOnlySpan<float> x, ReadOnlySpan<float> w, ReadOnlySpan<float> b, Span<float> y, int samples)
    {
        CheckForward(window, filters, groups, x, w, b, y, samples);
        ConvolutionForward.Run(window, filters, groups, x, w, b, y, samples, float.NegativeInfinity);
    }

    /// <summary>Effectively computes the same as <see cref="Forward"/> and then <c>max(0, y)</c>; NaN stays NaN.</summary>
    /// <inheritdoc cref="Forward"/>
    public static void ForwardReLU(
        Window2D window, int filters, int groups, ReadOnlySpan<float> x, ReadOnlySpan<float> w, ReadOnlySpan<float> b, Span<float> y, int samples)
    {
        CheckForward(window, filters, groups, x, w, b, y, samples);
        ConvolutionForward.Run(window, filters, groups, x, w, b, y, samples, 0f);
    }

    /// <summary>Prepares the weights of some taps, which the gradients of the inputs are computed from.</summary>
    /// <param name="window">The window.</param>
    /// <param name="filters">The number of filters.</param>
    /// <param name="groups">The number of groups.</param>
    /// <param name="w">Weights [kernelHeight × kernelWidth × channels of a group × stride of the filters].</param>
    /// <param name="transposed">The prepared weights, as many as <c>ConvolutionLayout.TransposedLength</c> says; written.</param>
    /// <param name="start">The first of the taps.</param>
    /// <param name="count">Their number.</param>
    /// <exception cref="ArgumentException">A span is shorter than its shape, or the groups do not divide the channels and filters.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The filters or groups are fewer than 1, or the range of taps is not within the window's.</exception>
    public static void Transpose(Window2D window, int filters, int groups, ReadOnlySpan<float> w, Span<float> transposed, int start, int count)
    {
        Check(window, filters, groups);
        ShapeGuard.AtLeast(w.Length, window.Taps * (window.Channels / groups), MatrixLayout.RowStride(filters));
        ShapeGuard.AtLeast(transposed.Length, 1, TransposedLength(window, filters, groups));
        ShapeGuard.Part(start, count, window.Taps);

        ConvolutionInputs.Transpose(window, filters, groups, w, transposed, start, count);
    }

    /// <summary>Effectively computes the gradients of the inputs of <see cref="Forward"/>: every <c>x</c> that a place took gets <c>dy · w</c> of it.</summary>
    /// <param name="window">The window.</param>
    /// <param name="filters">The number of filters.</param>
    /// <param name="groups">The number of groups.</param>
    /// <param name="dy">Gradients of the outputs [samples × places × filters].</param>
    /// <param name="transposed">The weights, as <see cref="Transpose"/> prepares them.</param>
    /// <param name="dx">Gradients of the inputs [samples × height × width × channels]; written.</param>
    /// <param name="samples">The number of samples.</param>
    /// <exception cref="ArgumentException">A span is shorter than its shape, or the groups do not divide the channels and filters.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The filters or groups are fewer than 1.</exception>
    public static void BackwardInputs(
        Window2D window, int filters, int groups, ReadOnlySpan<float> dy, ReadOnlySpan<float> transposed, Span<float> dx, int samples)
    {
        CheckBackwardInputs(window, filters, groups, dy, transposed, dx, samples);
        ConvolutionInputs.Run(window, filters, groups, dy, transposed, dx, samples);
    }

    /// <summary>
    /// Effectively computes the same as <see cref="BackwardInputs"/> where <c>x &gt; 0</c> and zero elsewhere, back through the ReLU that gave <c>x</c>.
    /// </summary>
    /// <param name="window">The window.</param>
    /// <param name="filters">The number of filters.</param>
    /// <param name="groups">The number of groups.</param>
    /// <param name="dy">Gradients of the outputs [samples × places × filters].</param>
    /// <param name="transposed">The weights, as <see cref="Transpose"/> prepares them.</param>
    /// <param name="x">The inputs of the forward pass, outputs of a ReLU.</param>
    /// <param name="first">The first sample in <paramref name="x"/>.</param>
    /// <param name="dx">Gradients of what the ReLU took [samples × height × width × channels]; written.</param>
    /// <param name="samples">The number of samples.</param>
    /// <exception cref="ArgumentException">A span is shorter than its shape, or the groups do not divide the channels and filters.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The filters or groups are fewer than 1, or <paramref name="first"/> is negative.</exception>
    public static void BackwardInputsReLU(
        Window2D window,
        int filters,
        int groups,
        ReadOnlySpan<float> dy,
        ReadOnlySpan<float> transposed,
        AlignedBlock x,
        int first,
        Span<float> dx,
        int samples)
    {
        CheckBackwardInputs(window, filters, groups, dy, transposed, dx, samples);
        ArgumentNullException.ThrowIfNull(x);
        ArgumentOutOfRangeException.ThrowIfNegative(first);
        ShapeGuard.AtLeast(x.Length, first + samples, window.Size);

        // Some samples at a time, as long as their gradients are in the cache.
        int most = Math.Max(1, MostFloatsToMask / window.Size);

        for (int i = 0; i < samples; i += most)
        {
            int taken = Math.Min(most, samples - i);
            Span<float> gradients = dx.Slice(i * window.Size, taken * window.Size);
            ConvolutionInputs.Run(window, filters, groups, dy[(i * window.Places * filters)..], transposed, gradients, taken);
            ReLU.Backward(x.Slice((first + i) * window.Size, gradients.Length), gradients, gradients);
        }
    }

    /// <summary>
    /// Effectively computes <c>dw[ky, kx, c, f] = Σ x[i, oy·stride + ky·dilation − top, ox·stride + kx·dilation − left, c] · dy[i, oy, ox, f]</c> for some rows
    /// <c>(ky, kx, c)</c>, and with the first of them <c>db[f] = Σ dy[i, oy, ox, f]</c>, overwriting both or adding to them, and leaving their padding as
    /// it is.
    /// </summary>
    /// <param name="window">The window.</param>
    /// <param name="filters">The number of filters.</param>
    /// <param name="groups">The number of groups.</param>
    /// <param name="x">The images of the forward pass [samples × height × width × channels].</param>
    /// <param name="dy">Gradients of the outputs.</param>
    /// <param name="first">The first sample in <paramref name="dy"/>.</param>
    /// <param name="dw">Gradients of the weights [kernelHeight × kernelWidth × channels of a group × stride of the filters]; written.</param>
    /// <param name="db">Gradients of the biases [stride of the filters], or none; written.</param>
    /// <param name="samples">The number of samples.</param>
    /// <param name="start">The first of the rows whose weights' gradients are computed.</param>
    /// <param name="count">Their number; of none nothing is written.</param>
    /// <param name="adds">
    /// Whether the sums go on from what is there: the samples of a batch, taken part by part, then give the same bits as all at once.
    /// </param>
    /// <exception cref="ArgumentException">A span is shorter than its shape, or the groups do not divide the channels and filters.</exception>
    /// <exception cref="ArgumentOutOfRangeException">
    /// The filters or groups are fewer than 1, the range of rows is not within the weights', or <paramref name="first"/> is negative.
    /// </exception>
    public static void BackwardParameters(
        Window2D window,
        int filters,
        int groups,
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
        Check(window, filters, groups);
        ArgumentNullException.ThrowIfNull(dy);
        ArgumentOutOfRangeException.ThrowIfNegative(first);
        int stride = MatrixLayout.RowStride(filters);
        int rows = window.Taps * (window.Channels / groups);
        ShapeGuard.AtLeast(x.Length, samples, window.Size);
        ShapeGuard.AtLeast(dy.Length, first + samples, window.Places * filters);
        ShapeGuard.AtLeast(dw.Length, rows, stride);
        ShapeGuard.AtLeast(db.Length, db.IsEmpty ? 0 : 1, stride);
        ShapeGuard.Part(start, count, rows);

        if (count == 0)
        {
            return;
        }

        ReadOnlySpan<float> gradients = dy.Slice(first * window.Places * filters, samples * window.Places * filters);
        ConvolutionWeights.Run(window, filters, groups, x, gradients, dw, start == 0 ? db : default, samples, start, count, adds);
    }

    private static void CheckForward(
        Window2D window, int filters, int groups, ReadOnlySpan<float> x, ReadOnlySpan<float> w, ReadOnlySpan<float> b, ReadOnlySpan<float> y, int samples)
    {
        Check(window, filters, groups);
        int stride = MatrixLayout.RowStride(filters);
        ShapeGuard.AtLeast(x.Length, samples, window.Size);
        ShapeGuard.AtLeast(w.Length, window.Taps * (window.Channels / groups), stride);
        ShapeGuard.AtLeast(b.Length, b.IsEmpty ? 0 : 1, stride);
        ShapeGuard.AtLeast(y.Length, samples, window.Places * filters);
    }

    private static void CheckBackwardInputs(
        Window2D window, int filters, int groups, ReadOnlySpan<float> dy, ReadOnlySpan<float> transposed, ReadOnlySpan<float> dx, int samples)
    {
        Check(window, filters, groups);
        ShapeGuard.AtLeast(dy.Length, samples, window.Places * filters);
        ShapeGuard.AtLeast(transposed.Length, 1, TransposedLength(window, filters, groups));
        ShapeGuard.AtLeast(dx.Length, samples, window.Size);
    }

    /// <summary>Throws unless there can be a layer of such a window, filters and groups.</summary>
    internal static void Check(Window2D window, int filters, int groups, [CallerArgumentExpression(nameof(groups))] string name = "")
    {
        ArgumentNullException.ThrowIfNull(window);
        ArgumentOutOfRangeException.ThrowIfLessThan(filters, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(groups, 1);

        if (groups > 1 && (window.Channels % groups != 0 || filters % groups != 0))
        {
            throw new ArgumentException($"{groups} groups do not divide {window.Channels} channels and {filters} filters.", name);
        }

        if ((long)window.Places * filters > AlignedBlock.MaxLength)
        {
            throw new ArgumentException($"No array can hold {window.Places} places of {filters} filters.", nameof(filters));
        }
    }

    private static int TransposedLength(Window2D window, int filters, int groups) =>
        (int)ConvolutionLayout.TransposedLength(window.KernelHeight, window.KernelWidth, window.Channels, filters, groups);
}
