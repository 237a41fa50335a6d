using System.ComponentModel;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Nnfs.Simd;

namespace Nnfs.Kernels;

/// <summary>
/// The last two fully connected layers of a small network in one, with samples in the lanes, see <see cref="Lanes"/>: a layer with
/// an activation and maybe a dropout, and an output of at most 4 neurons. What the first gives stays in registers until the second has taken it. Every sum is
/// the same chain of multiply-adds as in <see cref="DenseLanes"/>, so that the bits are the same.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class DenseTailLanes
{
    /// <summary>Effectively computes <c>y[j, i] = b₂[j] + Σₗ f(b₁[l] + Σₖ x[k, i] · w₁[k, l]) · w₂[l, j]</c>.</summary>
    /// <param name="activation">The function <c>f</c> between the layers.</param>
    /// <param name="x">Inputs [inputs × stride].</param>
    /// <param name="parameters">
    /// Weights <c>w₁</c>, <see cref="ByInput"/>; biases <c>b₁</c>; weights <c>w₂</c>, <see cref="ByNeuron"/>; biases <c>b₂</c>. Each starts at a multiple of 16
    /// floats.
    /// </param>
    /// <param name="y">Outputs [neurons × stride]; written.</param>
    /// <param name="stride">The distance between the features of inputs and outputs.</param>
    /// <param name="samples">The number of samples.</param>
    /// <typeparam name="TInputs">The number of inputs.</typeparam>
    /// <typeparam name="THidden">The number of values between the layers, more than 8.</typeparam>
    /// <typeparam name="TNeurons">The number of outputs, at most 4.</typeparam>
    /// <typeparam name="TActivation">The activation between the layers.</typeparam>
    /// <exception cref="ArgumentException">A span is shorter than its shape.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A size is out of its range.</exception>
    public static void Forward<TInputs, THidden, TNeurons, TActivation>(
        TActivation activation, ReadOnlySpan<float> x, ReadOnlySpan<float> parameters, Span<float> y, int stride, int samples)
        where TInputs : struct, IDimension
        where THidden : struct, IDimension
        where TNeurons : struct, IDimension
        where TActivation : struct, IActivation =>
        Forward<TInputs, THidden, TNeurons, TActivation, Keeping.Nothing>(activation, x, parameters, default, default, default, default, y, stride, samples);

    /// <summary>
    /// The same, and keeps what is between the layers: with <c>z[l, i] = b₁[l] + Σₖ x[k, i] · w₁[k, l]</c> the outputs <c>h[l, i] = f(z[l, i])</c>, and the
    /// derivatives where these do not tell them.
    /// </summary>
    /// <param name="activation">The function <c>f</c> between the layers.</param>
    /// <param name="x">Inputs [inputs × stride].</param>
    /// <param name="parameters">
    /// Weights <c>w₁</c>, <see cref="ByInput"/>; biases <c>b₁</c>; weights <c>w₂</c>, <see cref="ByNeuron"/>; biases <c>b₂</c>. Each starts at a multiple of 16
    /// floats.
    /// </param>
    /// <param name="derivatives">
    /// The derivatives <c>f′(z[l, i])</c> [hidden × stride]; written, but only for an activation whose outputs do not tell them.
    /// </param>
    /// <param name="h">Outputs of the activation [hidden × stride]; written.</param>
    /// <param name="y">Outputs [neurons × stride]; written.</param>
    /// <param name="stride">The distance between the features of inputs and outputs.</param>
    /// <param name="samples">The number of samples.</param>
    /// <typeparam name="TInputs">The number of inputs.</typeparam>
    /// <typeparam name="THidden">The number of values between the layers, more than 8.</typeparam>
    /// <typeparam name="TNeurons">The number of outputs, at most 4.</typeparam>
    /// <typeparam name="TActivation">The activation between the layers.</typeparam>
    /// <exception cref="ArgumentException">A span is shorter than its shape.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A size is out of its range.</exception>
    public static void Forward<TInputs, THidden, TNeurons, TActivation>(
        TActivation activation,
        ReadOnlySpan<float> x,
        ReadOnlySpan<float> parameters,
        Span<float> derivatives,
        Span<float> h,
        Span<float> y,
        int stride,
        int samples)
        where TInputs : struct, IDimension
        where THidden : struct, IDimension
        where TNeurons : struct, IDimension
        where TActivation : struct, IActivation =>
        Forward<TInputs, THidden, TNeurons, TActivation, Keeping.Activations>(
            activation, x, parameters, default, derivatives, h, default, y, stride, samples);

    /// <summary>
    /// The same with a dropout after the activation: effectively computes <c>y[j, i] = b₂[j] + Σₗ m[l, i] · h[l, i] · w₂[l, j]</c>.
    /// </summary>
    /// <param name="activation">The function <c>f</c> between the layers.</param>
    /// <param name="x">Inputs [inputs × stride].</param>
    /// <param name="parameters">
    /// Weights <c>w₁</c>, <see cref="ByInput"/>; biases <c>b₁</c>; weights <c>w₂</c>, <see cref="ByNeuron"/>; biases <c>b₂</c>. Each starts at a multiple of 16
    /// floats.
    /// </param>
    /// <param name="scales">What the dropout multiplies by, <c>m</c>, see <see cref="DropoutLanes.Draw"/> [hidden × stride].</param>
    /// <param name="derivatives">
    /// The derivatives <c>f′(z[l, i])</c> [hidden × stride]; written, but only for an activation whose outputs do not tell them.
    /// </param>
    /// <param name="h">Outputs of the activation [hidden × stride]; written.</param>
    /// <param name="dropped">What the dropout leaves, <c>m[l, i] · h[l, i]</c>, and exactly zero where <c>m</c> is [hidden × stride]; written.</param>
    /// <param name="y">Outputs [neurons × stride]; written.</param>
    /// <param name="stride">The distance between the features of inputs and outputs.</param>
    /// <param name="samples">The number of samples.</param>
    /// <typeparam name="TInputs">The number of inputs.</typeparam>
    /// <typeparam name="THidden">The number of values between the layers, more than 8.</typeparam>
    /// <typeparam name="TNeurons">The number of outputs, at most 4.</typeparam>
    /// <typeparam name="TActivation">The activation between the layers.</typeparam>
    /// <exception cref="ArgumentException">A span is shorter than its shape.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A size is out of its range.</exception>
    public static void ForwardDropout<TInputs, THidden, TNeurons, TActivation>(
        TActivation activation,
        ReadOnlySpan<float> x,
        ReadOnlySpan<float> parameters,
        ReadOnlySpan<float> scales,
        Span<float> derivatives,
        Span<float> h,
        Span<float> dropped,
        Span<float> y,
        int stride,
        int samples)
        where TInputs : struct, IDimension
        where THidden : struct, IDimension
        where TNeurons : struct, IDimension
        where TActivation : struct, IActivation =>
        Forward<TInputs, THidden, TNeurons, TActivation, Keeping.Dropped>(
            activation, x, parameters, scales, derivatives, h, dropped, y, stride, samples);

    /// <summary>
    /// The gradients of the parameters of both layers in one, without those between, for some of the values <c>l</c> between: effectively computes
    /// <c>dw₂[l, j] = Σᵢ h[l, i] · dy[j, i]</c>, with the first of them <c>db₂[j] = Σᵢ dy[j, i]</c>, and with <c>dz[l, i] = f′(z[l, i]) · Σⱼ dy[j, i] ·
    /// w₂[l, j]</c> <c>dw₁[k, l] = Σᵢ x[k, i] · dz[l, i]</c> and <c>db₁[l] = Σᵢ dz[l, i]</c>, and leaves the padding as it is. The samples that fill up the
    /// last group count: their <c>dy</c> must be zero.
    /// </summary>
    /// <param name="activation">The function <c>f</c> between the layers.</param>
    /// <param name="x">The inputs of the forward pass [inputs × stride].</param>
    /// <param name="derivatives">The derivatives that the forward pass kept [hidden × stride]; not read where the activation's outputs tell them.</param>
    /// <param name="h">What the forward pass kept of the activation's outputs [hidden × stride].</param>
    /// <param name="dy">Gradients of the outputs [neurons × stride].</param>
    /// <param name="parameters">The parameters, as the forward pass takes them.</param>
    /// <param name="gradients">Gradients of the parameters, laid out as they are; written.</param>
    /// <param name="stride">The distance between the features.</param>
    /// <param name="samples">The number of samples.</param>
    /// <param name="start">The first of the values between whose parameters' gradients are computed.</param>
    /// <param name="count">Their number; of none nothing is written.</param>
    /// <param name="adds">Whether the sums are added to what is there, the sums over other samples.</param>
    /// <typeparam name="TInputs">The number of inputs, at most 4.</typeparam>
    /// <typeparam name="THidden">The number of values between the layers, more than 8.</typeparam>
    /// <typeparam name="TNeurons">The number of outputs, at most 4.</typeparam>
    /// <typeparam name="TActivation">The activation between the layers.</typeparam>
    /// <exception cref="ArgumentException">A span is shorter than its shape.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A size is out of its range, or the range of values is not within those between.</exception>
    public static void BackwardParameters<TInputs, THidden, TNeurons, TActivation>(
        TActivation activation,
        ReadOnlySpan<float> x,
        ReadOnlySpan<float> derivatives,
        ReadOnlySpan<float> h,
        ReadOnlySpan<float> dy,
        ReadOnlySpan<float> parameters,
        Span<float> gradients,
        int stride,
        int samples,
        int start,
        int count,
        bool adds)
        where TInputs : struct, IDimension
        where THidden : struct, IDimension
        where TNeurons : struct, IDimension
        where TActivation : struct, IActivation =>
        BackwardParameters<TInputs, THidden, TNeurons, TActivation, Keeping.Activations>(
            activation, x, default, derivatives, h, default, dy, parameters, gradients, stride, samples, start, count, adds);

    /// <summary>
    /// The same with a dropout after the activation: effectively computes <c>dw₂[l, j] = Σᵢ m[l, i] · h[l, i] · dy[j, i]</c>, and the others with
    /// <c>dz[l, i] = f′(z[l, i]) · m[l, i] · Σⱼ dy[j, i] · w₂[l, j]</c>.
    /// </summary>
    /// <param name="activation">The function <c>f</c> between the layers.</param>
    /// <param name="x">The inputs of the forward pass [inputs × stride].</param>
    /// <param name="scales">What the dropout of the forward pass multiplied by, <c>m</c> [hidden × stride].</param>
    /// <param name="derivatives">The derivatives that the forward pass kept [hidden × stride]; not read where the activation's outputs tell them.</param>
    /// <param name="h">What the forward pass kept of the activation's outputs [hidden × stride].</param>
    /// <param name="dropped">What it left of them [hidden × stride].</param>
    /// <param name="dy">Gradients of the outputs [neurons × stride].</param>
    /// <param name="parameters">The parameters, as the forward pass takes them.</param>
    /// <param name="gradients">Gradients of the parameters, laid out as they are; written.</param>
    /// <param name="stride">The distance between the features.</param>
    /// <param name="samples">The number of samples.</param>
    /// <param name="start">The first of the values between whose parameters' gradients are computed.</param>
    /// <param name="count">Their number; of none nothing is written.</param>
    /// <param name="adds">Whether the sums are added to what is there, the sums over other samples.</param>
    /// <typeparam name="TInputs">The number of inputs, at most 4.</typeparam>
    /// <typeparam name="THidden">The number of values between the layers, more than 8.</typeparam>
    /// <typeparam name="TNeurons">The number of outputs, at most 4.</typeparam>
    /// <typeparam name="TActivation">The activation between the layers.</typeparam>
    /// <exception cref="ArgumentException">A span is shorter than its shape.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A size is out of its range, or the range of values is not within those between.</exception>
    public static void BackwardParametersDropout<TInputs, THidden, TNeurons, TActivation>(
        TActivation activation,
        ReadOnlySpan<float> x,
        ReadOnlySpan<float> scales,
        ReadOnlySpan<float> derivatives,
        ReadOnlySpan<float> h,
        ReadOnlySpan<float> dropped,
        ReadOnlySpan<float> dy,
        ReadOnlySpan<float> parameters,
        Span<float> gradients,
        int stride,
        int samples,
        int start,
        int count,
        bool adds)
        where TInputs : struct, IDimension
        where THidden : struct, IDimension
        where TNeurons : struct, IDimension
        where TActivation : struct, IActivation =>
        BackwardParameters<TInputs, THidden, TNeurons, TActivation, Keeping.Dropped>(
            activation, x, scales, derivatives, h, dropped, dy, parameters, gradients, stride, samples, start, count, adds);

    private static void Forward<TInputs, THidden, TNeurons, TActivation, TKeeping>(
        TActivation activation,
        ReadOnlySpan<float> x,
        ReadOnlySpan<float> parameters,
        ReadOnlySpan<float> scales,
        Span<float> derivatives,
        Span<float> h,
        Span<float> dropped,
        Span<float> y,
        int stride,
        int samples)
        where TInputs : struct, IDimension
        where THidden : struct, IDimension
        where TNeurons : struct, IDimension
        where TActivation : struct, IActivation
        where TKeeping : struct, IKeeping
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(THidden.Value, KernelLimits.LeastTailHidden);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(TNeurons.Value, KernelLimits.MostTailNeurons);
        Lanes.Check(x.Length, TInputs.Value, stride, samples);
        ShapeGuard.AtLeast(parameters.Length, 1, ((TInputs.Value + 1 + TNeurons.Value) * MatrixLayout.RowStride(THidden.Value)) + TNeurons.Value);
        CheckBetween<THidden, TActivation, TKeeping>(scales, derivatives, h, dropped, stride, samples);
        Lanes.Check(y.Length, TNeurons.Value, stride, samples);

        ref float x0 = ref MemoryMarshal.GetReference(x);
        ref float parameters0 = ref MemoryMarshal.GetReference(parameters);
        ref float scales0 = ref MemoryMarshal.GetReference(scales);
        ref float derivatives0 = ref MemoryMarshal.GetReference(derivatives);
        ref float h0 = ref MemoryMarshal.GetReference(h);
        ref float dropped0 = ref MemoryMarshal.GetReference(dropped);
        ref float y0 = ref MemoryMarshal.GetReference(y);
        nuint padded = (nuint)Lanes.Padded(samples);

        if (Vector512.IsHardwareAccelerated)
        {
            DenseTailLanesForward.Forward<TInputs, THidden, TNeurons, TActivation, TKeeping, Simd512, Vector512<float>>(
                activation, ref x0, ref parameters0, ref scales0, ref derivatives0, ref h0, ref dropped0, ref y0, (nuint)stride, padded);
        }
        else if (Vector256.IsHardwareAccelerated)
        {
            DenseTailLanesForward.Forward<TInputs, THidden, TNeurons, TActivation, TKeeping, Simd256, Vector256<float>>(
                activation, ref x0, ref parameters0, ref scales0, ref derivatives0, ref h0, ref dropped0, ref y0, (nuint)stride, padded);
        }
        else
        {
            DenseTailLanesForward.Forward<TInputs, THidden, TNeurons, TActivation, TKeeping, Simd128, Vector128<float>>(
                activation, ref x0, ref parameters0, ref scales0, ref derivatives0, ref h0, ref dropped0, ref y0, (nuint)stride, padded);
        }
    }

    private static void BackwardParameters<TInputs, THidden, TNeurons, TActivation, TKeeping>(
        TActivation activation,
        ReadOnlySpan<float> x,
        ReadOnlySpan<float> scales,
        ReadOnlySpan<float> derivatives,
        ReadOnlySpan<float> h,
        ReadOnlySpan<float> dropped,
        ReadOnlySpan<float> dy,
        ReadOnlySpan<float> parameters,
        Span<float> gradients,
        int stride,
        int samples,
        int start,
        int count,
        bool adds)
        where TInputs : struct, IDimension
        where THidden : struct, IDimension
        where TNeurons : struct, IDimension
        where TActivation : struct, IActivation
        where TKeeping : struct, IKeeping
    {
        int length = ((TInputs.Value + 1 + TNeurons.Value) * MatrixLayout.RowStride(THidden.Value)) + TNeurons.Value;

        ArgumentOutOfRangeException.ThrowIfGreaterThan(TInputs.Value, KernelLimits.MostTailInputs);
        ArgumentOutOfRangeException.ThrowIfLessThan(THidden.Value, KernelLimits.LeastTailHidden);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(TNeurons.Value, KernelLimits.MostTailNeurons);
        Lanes.Check(x.Length, TInputs.Value, stride, samples);
        CheckBetween<THidden, TActivation, TKeeping>(scales, derivatives, h, dropped, stride, samples);
        Lanes.Check(dy.Length, TNeurons.Value, stride, samples);
        ShapeGuard.AtLeast(parameters.Length, 1, length);
        ShapeGuard.AtLeast(gradients.Length, 1, length);
        ShapeGuard.Part(start, count, THidden.Value);

        if (count == 0)
        {
            return;
        }

        ref float x0 = ref MemoryMarshal.GetReference(x);
        ref float scales0 = ref MemoryMarshal.GetReference(scales);
        ref float derivatives0 = ref MemoryMarshal.GetReference(derivatives);
        ref float h0 = ref MemoryMarshal.GetReference(h);
        ref float dropped0 = ref MemoryMarshal.GetReference(dropped);
        ref float dy0 = ref MemoryMarshal.GetReference(dy);
        ref float parameters0 = ref MemoryMarshal.GetReference(parameters);
        ref float gradients0 = ref MemoryMarshal.GetReference(gradients);

        if (Vector512.IsHardwareAccelerated)
        {
            DenseTailLanesBackward.BackwardParameters<TInputs, THidden, TNeurons, TActivation, TKeeping, Simd512, Vector512<float>>(
                activation,
                ref x0,
                ref scales0,
                ref derivatives0,
                ref h0,
                ref dropped0,
                ref dy0,
                ref parameters0,
                ref gradients0,
                (nuint)stride,
                (nuint)samples,
                (nuint)start,
                (nuint)count,
                adds);
        }
        else if (Vector256.IsHardwareAccelerated)
        {
            DenseTailLanesBackward.BackwardParameters<TInputs, THidden, TNeurons, TActivation, TKeeping, Simd256, Vector256<float>>(
                activation,
                ref x0,
                ref scales0,
                ref derivatives0,
                ref h0,
                ref dropped0,
                ref dy0,
                ref parameters0,
                ref gradients0,
                (nuint)stride,
                (nuint)samples,
                (nuint)start,
                (nuint)count,
                adds);
        }
        else
        {
            DenseTailLanesBackward.BackwardParameters<TInputs, THidden, TNeurons, TActivation, TKeeping, Simd128, Vector128<float>>(
                activation,
                ref x0,
                ref scales0,
                ref derivatives0,
                ref h0,
                ref dropped0,
                ref dy0,
                ref parameters0,
                ref gradients0,
                (nuint)stride,
                (nuint)samples,
                (nuint)start,
                (nuint)count,
                adds);
        }
    }

    /// <summary>Checks the blocks of values between the layers, those that there are.</summary>
    private static void CheckBetween<THidden, TActivation, TKeeping>(
        ReadOnlySpan<float> scales, ReadOnlySpan<float> derivatives, ReadOnlySpan<float> h, ReadOnlySpan<float> dropped, int stride, int samples)
        where THidden : struct, IDimension
        where TActivation : struct, IActivation
        where TKeeping : struct, IKeeping
    {
        if (TKeeping.HasDropout)
        {
            Lanes.Check(scales.Length, THidden.Value, stride, samples);
            Lanes.Check(dropped.Length, THidden.Value, stride, samples);
        }

        if (TKeeping.IsKept && TActivation.KeepsDerivative)
        {
            Lanes.Check(derivatives.Length, THidden.Value, stride, samples);
        }

        if (TKeeping.IsKept)
        {
            Lanes.Check(h.Length, THidden.Value, stride, samples);
        }
    }
}
