using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Nnfs.Kernels;

/// <summary>
/// The convolution of each channel of a sequence by itself, where it arrives step by step. A whole sequence is an image of one row, which
/// <see cref="DepthwiseConv2D"/> takes.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class DepthwiseConv1D
{
    /// <summary>
    /// Effectively computes <c>y[c] = g(b[c] + Σ x[t − (kernel − 1 − p)·dilation, c] · w[p, c])</c> at the next step <c>t</c> of a sequence, over the taps
    /// <c>p</c> of the window, and keeps the step.
    /// </summary>
    /// <param name="window">The window over the whole sequence, causal and with stride 1.</param>
    /// <param name="x">The step that arrives, [channels].</param>
    /// <param name="state">
    /// The steps before, as many floats as <c>ConvolutionLayout.HistoryLength</c> says, and zeros before the first step; written.
    /// </param>
    /// <param name="w">Weights [kernel × stride of the channels].</param>
    /// <param name="b">Biases [channels], or none.</param>
    /// <param name="activation">The function <c>g</c>.</param>
    /// <param name="y">Outputs [channels], not the memory of <paramref name="x"/>; written.</param>
    /// <typeparam name="TActivation">The type of the function, <see cref="Linear"/> where there is none.</typeparam>
    /// <exception cref="ArgumentException">A span is shorter than its shape, the window is another one, or the state is none.</exception>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void Step<TActivation>(
        Window2D window,
        ReadOnlySpan<float> x,
        Span<float> state,
        ReadOnlySpan<float> w,
        ReadOnlySpan<float> b,
        TActivation activation,
        Span<float> y)
        where TActivation : struct, IActivation
    {
        ArgumentNullException.ThrowIfNull(window);
        StepHistory steps = new(window, x, state, window.Channels);
        int stride = MatrixLayout.RowStride(window.Channels);
        ShapeGuard.AtLeast(w.Length, window.KernelWidth, stride);
        ShapeGuard.AtLeast(b.Length, b.IsEmpty ? 0 : 1, window.Channels);
        ShapeGuard.AtLeast(y.Length, 1, window.Channels);

        scoped ChannelStep step = new()
        {
            Steps = steps,
            X = ref MemoryMarshal.GetReference(x),
            W = ref MemoryMarshal.GetReference(w),
            B = ref MemoryMarshal.GetReference(b),
            Y = ref MemoryMarshal.GetReference(y),
            HasBiases = !b.IsEmpty,
            Taps = window.KernelWidth,
            Dilation = window.Dilation,
            Channels = (nuint)window.Channels,
            Stride = (nuint)stride,
        };

        step.Compute(activation);
        steps.Keep(in step.X, window.Channels);
    }

    /// <summary>The same step of each of several sequences, with the same bits.</summary>
    /// <param name="window">The window over the whole sequence, causal and with stride 1.</param>
    /// <param name="x">The step that arrives of each, [samples × channels].</param>
    /// <param name="state">The steps before of each sequence, every <paramref name="stateStride"/> floats; written.</param>
    /// <param name="stateStride">The distance between the states.</param>
    /// <param name="w">Weights [kernel × stride of the channels].</param>
    /// <param name="b">Biases [channels], or none.</param>
    /// <param name="activation">The function <c>g</c>.</param>
    /// <param name="y">Outputs [samples × channels]; written.</param>
    /// <param name="samples">The number of sequences.</param>
    /// <typeparam name="TActivation">The type of the function, <see cref="Linear"/> where there is none.</typeparam>
    /// <exception cref="ArgumentException">As <c>Step</c> throws it.</exception>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void StepAll<TActivation>(
        Window2D window,
        ReadOnlySpan<float> x,
        Span<float> state,
        int stateStride,
        ReadOnlySpan<float> w,
        ReadOnlySpan<float> b,
        TActivation activation,
        Span<float> y,
        int samples)
        where TActivation : struct, IActivation
    {
        ArgumentNullException.ThrowIfNull(window);
        int channels = window.Channels;

        for (int i = 0; i < samples; i++)
        {
            Step(window, x.Slice(i * channels, channels), state[(i * stateStride)..], w, b, activation, y.Slice(i * channels, channels));
        }
    }
}
