using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Nnfs.Kernels;

/// <summary>
/// The convolution of a sequence that arrives step by step. A whole sequence is an image of one row, which <see cref="Conv2D"/> takes. Several sums run side
/// by side, as many as hide the latency of multiply-add, so that the last bits of a step may differ from those of a whole sequence.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Conv1D
{
    /// <summary>
    /// Effectively computes <c>y[f] = g(b[f] + Σ x[t − (kernel − 1 − p)·dilation, c] · w[p, c, f])</c> at the next step <c>t</c> of a sequence, over the taps
    /// <c>p</c> of the window and the channels <c>c</c> of a group, and keeps the step.
    /// </summary>
    /// <param name="window">The window over the whole sequence, causal and with stride 1.</param>
    /// <param name="filters">The number of filters.</param>
    /// <param name="groups">The number of groups.</param>
    /// <param name="x">The step that arrives, [channels].</param>
    /// <param name="state">
    /// The steps before, as many floats as <c>ConvolutionLayout.HistoryLength</c> says, and zeros before the first step; written.
    /// </param>
    /// <param name="w">Weights [kernel × channels of a group × stride of the filters].</param>
    /// <param name="b">Biases [stride of the filters], or none.</param>
    /// <param name="activation">The function <c>g</c>.</param>
    /// <param name="y">Outputs [stride of the filters]; written with their padding.</param>
    /// <typeparam name="TActivation">The type of the function, <see cref="Linear"/> where there is none.</typeparam>
    /// <exception cref="ArgumentException">
    /// A span is shorter than its shape, the groups do not divide the channels and filters, the window is another one, or the state is none.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException">The filters or groups are fewer than 1.</exception>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void Step<TActivation>(
        Window2D window,
        int filters,
        int groups,
        ReadOnlySpan<float> x,
        Span<float> state,
        ReadOnlySpan<float> w,
        ReadOnlySpan<float> b,
        TActivation activation,
        Span<float> y)
        where TActivation : struct, IActivation
    {
        Conv2D.Check(window, filters, groups);
        StepHistory steps = new(window, x, state, window.Channels);
        int stride = MatrixLayout.RowStride(filters);
        int channels = groups == 1 ? window.Channels : window.Channels / groups;
        ShapeGuard.AtLeast(w.Length, window.KernelWidth * channels, stride);
        ShapeGuard.AtLeast(b.Length, b.IsEmpty ? 0 : 1, stride);
        ShapeGuard.AtLeast(y.Length, 1, stride);

        scoped WindowStep step = new()
        {
            Steps = steps,
            X = ref MemoryMarshal.GetReference(x),
            W = ref MemoryMarshal.GetReference(w),
            B = ref MemoryMarshal.GetReference(b),
            Y = ref MemoryMarshal.GetReference(y),
            HasBiases = !b.IsEmpty,
            Taps = window.KernelWidth,
            Dilation = window.Dilation,
            Channels = channels,
            Stride = (nuint)stride,
        };

        if (groups == 1)
        {
            step.Compute(activation, filters);
        }
        else
        {
            step.Compute(activation, filters, groups);
        }

        steps.Keep(in step.X, window.Channels);
    }

    /// <summary>The step of a convolution of one group, compiled for its sizes, with the same bits.</summary>
    /// <param name="window">The window over the whole sequence, causal and with stride 1.</param>
    /// <param name="x">The step that arrives, [channels].</param>
    /// <param name="state">The steps before; written.</param>
    /// <param name="w">Weights [kernel × channels × stride of the filters].</param>
    /// <param name="b">Biases [stride of the filters], or none.</param>
    /// <param name="activation">The function <c>g</c>.</param>
    /// <param name="y">Outputs [stride of the filters]; written with their padding.</param>
    /// <typeparam name="TChannels">The number of channels.</typeparam>
    /// <typeparam name="TFilters">The number of filters.</typeparam>
    /// <typeparam name="TActivation">The type of the function, <see cref="Linear"/> where there is none.</typeparam>
    /// <exception cref="ArgumentException">A span is shorter than its shape, the window is another one, or the state is none.</exception>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void Step<TChannels, TFilters, TActivation>(
        Window2D window,
        ReadOnlySpan<float> x,
        Span<float> state,
        ReadOnlySpan<float> w,
        ReadOnlySpan<float> b,
        TActivation activation,
        Span<float> y)
        where TChannels : struct, IDimension
        where TFilters : struct, IDimension
        where TActivation : struct, IActivation
    {
        StepHistory steps = new(window, x, state, TChannels.Value);
        int stride = MatrixLayout.RowStride(TFilters.Value);
        ShapeGuard.AtLeast(w.Length, window.KernelWidth * TChannels.Value, stride);
        ShapeGuard.AtLeast(b.Length, b.IsEmpty ? 0 : 1, stride);
        ShapeGuard.AtLeast(y.Length, 1, stride);

        scoped WindowStep step = new()
        {
            Steps = steps,
            X = ref MemoryMarshal.GetReference(x),
            W = ref MemoryMarshal.GetReference(w),
            B = ref MemoryMarshal.GetReference(b),
            Y = ref MemoryMarshal.GetReference(y),
            HasBiases = !b.IsEmpty,
            Taps = window.KernelWidth,
            Dilation = window.Dilation,
            Channels = TChannels.Value,
            Stride = (nuint)stride,
        };

        // Of constant sizes the compiler reads one branch of each choice.
        step.Compute(activation, TFilters.Value);
        steps.Keep(in step.X, TChannels.Value);
    }

    /// <summary>The same step of each of several sequences, with the same bits.</summary>
    /// <param name="window">The window over the whole sequence, causal and with stride 1.</param>
    /// <param name="filters">The number of filters.</param>
    /// <param name="groups">The number of groups.</param>
    /// <param name="x">The step that arrives of each, [samples × channels].</param>
    /// <param name="state">The steps before of each sequence, every <paramref name="stateStride"/> floats; written.</param>
    /// <param name="stateStride">The distance between the states.</param>
    /// <param name="w">Weights [kernel × channels of a group × stride of the filters].</param>
    /// <param name="b">Biases [stride of the filters], or none.</param>
    /// <param name="activation">The function <c>g</c>.</param>
    /// <param name="y">Outputs [samples × filters]; written.</param>
    /// <param name="samples">The number of sequences.</param>
    /// <typeparam name="TActivation">The type of the function, <see cref="Linear"/> where there is none.</typeparam>
    /// <exception cref="ArgumentException">As <c>Step</c> throws it.</exception>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void StepAll<TActivation>(
        Window2D window,
        int filters,
        int groups,
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
        Conv2D.Check(window, filters, groups);
        int stride = MatrixLayout.RowStride(filters);
        Span<float> last = filters == stride ? [] : KernelScratch.Take(stride);

        for (int i = 0; i < samples; i++)
        {
            ReadOnlySpan<float> step = x.Slice(i * window.Channels, window.Channels);
            Span<float> row = y.Slice(i * filters, Math.Min(stride, (samples - i) * filters));

            // The padding of a row is overwritten by the next, but that of the last ones would be beyond the outputs.
            if (row.Length == stride)
            {
                Step(window, filters, groups, step, state[(i * stateStride)..], w, b, activation, row);
            }
            else
            {
                Step(window, filters, groups, step, state[(i * stateStride)..], w, b, activation, last);
                last[..filters].CopyTo(row);
            }
        }
    }
}
