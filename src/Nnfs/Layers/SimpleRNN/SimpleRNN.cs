using System.ComponentModel;
using System.Runtime.CompilerServices;
using Nnfs.Kernels.Recurrent;

namespace Nnfs.Kernels;

/// <summary>
/// The simple recurrent network (Elman 1990, "Finding Structure in Time"). At each step of a sequence it effectively computes, of the input <c>x</c> and the
/// state <c>h'</c> of the step before, 0 before the first, <c>h = tanh(x·W + h'·U + b)</c>. The rows of input weights <c>W</c> and recurrent weights <c>U</c>
/// are padded as those of <see cref="Dense"/>.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class SimpleRNN
{
    /// <summary>Goes through the steps of each sample and keeps what the way back needs.</summary>
    /// <param name="x">Inputs [samples × steps × features].</param>
    /// <param name="inputWeights">W [features × stride of the units].</param>
    /// <param name="recurrentWeights">U [units × stride of the units].</param>
    /// <param name="biases">b [stride of the units].</param>
    /// <param name="products">Room for the products with the inputs [samples × steps × units]; written.</param>
    /// <param name="states">The states h after each step [samples × steps × units]; written. None where they are the outputs.</param>
    /// <param name="initial">Takes what the samples begin with, which is carried from the pass before. None where they begin with 0.</param>
    /// <param name="carried">[samples × units]: the state of each sample after the last step; updated. None where they begin with 0.</param>
    /// <param name="y">Outputs: the states after each step or after the last, as <paramref name="steps"/> says; written.</param>
    /// <param name="steps">The way through the steps.</param>
    /// <param name="samples">The number of samples.</param>
    /// <typeparam name="TFeatures">The number of features.</typeparam>
    /// <typeparam name="TUnits">The number of units.</typeparam>
    /// <exception cref="ArgumentException">A span is shorter than its shape.</exception>
    public static void Forward<TFeatures, TUnits>(
        ReadOnlySpan<float> x,
        ReadOnlySpan<float> inputWeights,
        ReadOnlySpan<float> recurrentWeights,
        ReadOnlySpan<float> biases,
        Span<float> products,
        Span<float> states,
        Span<float> initial,
        Span<float> carried,
        Span<float> y,
        RecurrentSteps steps,
        int samples)
        where TFeatures : struct, IDimension
        where TUnits : struct, IDimension
    {
        RecurrentPass pass = new()
        {
            X = x,
            InputWeights = inputWeights,
            RecurrentWeights = recurrentWeights,
            Biases = biases,
            Gates = products,
            States = states,
            Initial = initial,
            Carried = carried,
            Y = y,
            Steps = steps,
            Features = TFeatures.Value,
            Units = TUnits.Value,
            Samples = samples,
        };

        RecurrentForward.Run<SimpleRNNCell, Keeping.Activations>(in pass);
    }

    /// <summary>Goes through the steps of each sample and keeps nothing but the outputs, which are those of <see cref="Forward"/> in every bit.</summary>
    /// <param name="x">Inputs [samples × steps × features].</param>
    /// <param name="inputWeights">W [features × stride of the units].</param>
    /// <param name="recurrentWeights">U [units × stride of the units].</param>
    /// <param name="biases">b [stride of the units].</param>
    /// <param name="y">Outputs: the states after each step or after the last, as <paramref name="steps"/> says; written.</param>
    /// <param name="steps">The way through the steps.</param>
    /// <param name="samples">The number of samples.</param>
    /// <typeparam name="TFeatures">The number of features.</typeparam>
    /// <typeparam name="TUnits">The number of units.</typeparam>
    /// <exception cref="ArgumentException">A span is shorter than its shape.</exception>
    public static void Predict<TFeatures, TUnits>(
        ReadOnlySpan<float> x,
        ReadOnlySpan<float> inputWeights,
        ReadOnlySpan<float> recurrentWeights,
        ReadOnlySpan<float> biases,
        Span<float> y,
        RecurrentSteps steps,
        int samples)
        where TFeatures : struct, IDimension
        where TUnits : struct, IDimension
    {
        RecurrentPass pass = new()
        {
            X = x,
            InputWeights = inputWeights,
            RecurrentWeights = recurrentWeights,
            Biases = biases,
            Y = y,
            Steps = steps,
            Features = TFeatures.Value,
            Units = TUnits.Value,
            Samples = samples,
        };

        RecurrentForward.Run<SimpleRNNCell, Keeping.Nothing>(in pass);
    }

    /// <summary>Takes one step of streams, side by side: sequences that go on, of which only the state is kept.</summary>
    /// <param name="x">The inputs of the step [streams × features].</param>
    /// <param name="inputWeights">W [features × stride of the units].</param>
    /// <param name="recurrentWeights">U [units × stride of the units].</param>
    /// <param name="biases">b [stride of the units].</param>
    /// <param name="state">units floats of each stream, every <paramref name="stateStride"/> floats: the state h [units]; updated.</param>
    /// <param name="stateStride">The distance between the states of streams.</param>
    /// <param name="y">Outputs [streams × units]: the states h; written.</param>
    /// <param name="samples">The number of streams.</param>
    /// <typeparam name="TFeatures">The number of features.</typeparam>
    /// <typeparam name="TUnits">The number of units.</typeparam>
    /// <exception cref="ArgumentException">A span is shorter than its shape.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Step<TFeatures, TUnits>(
        ReadOnlySpan<float> x,
        ReadOnlySpan<float> inputWeights,
        ReadOnlySpan<float> recurrentWeights,
        ReadOnlySpan<float> biases,
        Span<float> state,
        int stateStride,
        Span<float> y,
        int samples)
        where TFeatures : struct, IDimension
        where TUnits : struct, IDimension
    {
        RecurrentStream.Step<SimpleRNNCell, TFeatures, TUnits>(x, inputWeights, recurrentWeights, biases, default, state, stateStride, y, samples);
    }

    /// <summary>Goes back from the last step to the first, to the gradients of the sums that the hyperbolic tangents take.</summary>
    /// <param name="transposed">Uᵀ [units × stride of the units], as <see cref="Dense.Transpose"/> gives it.</param>
    /// <param name="states">The states that it kept; where they are its outputs, these.</param>
    /// <param name="initial">What the samples began with, as it kept it. None where that was 0.</param>
    /// <param name="dy">Gradients of the outputs.</param>
    /// <param name="dz">Gradients of the sums [samples × steps × units]; written.</param>
    /// <param name="steps">The way through the steps.</param>
    /// <param name="samples">The number of samples.</param>
    /// <typeparam name="TUnits">The number of units.</typeparam>
    /// <exception cref="ArgumentException">A span is shorter than its shape.</exception>
    public static void Backward<TUnits>(
        ReadOnlySpan<float> transposed,
        ReadOnlySpan<float> states,
        ReadOnlySpan<float> initial,
        ReadOnlySpan<float> dy,
        Span<float> dz,
        RecurrentSteps steps,
        int samples)
        where TUnits : struct, IDimension
    {
        RecurrentPassBack pass = new()
        {
            Transposed = transposed,
            Gates = dz,
            States = states,
            Initial = initial,
            Dy = dy,
            GateGradients = dz,
            Steps = steps,
            Units = TUnits.Value,
            Samples = samples,
        };

        RecurrentBackward.Run<SimpleRNNCell>(in pass);
    }
}
