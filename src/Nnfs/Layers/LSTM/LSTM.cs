using System.ComponentModel;
using System.Runtime.CompilerServices;
using Nnfs.Kernels.Recurrent;

namespace Nnfs.Kernels;

/// <summary>
/// The long short-term memory (Hochreiter and Schmidhuber 1997, "Long Short-Term Memory"; with the forget gate of Gers et al. 2000). At each step of a sequence
/// it effectively computes, of the input <c>x</c> and the state <c>h'</c> and memory <c>c'</c> of the step before, both 0 before the first:
/// <code>
/// i = σ(x·Wᵢ + h'·Uᵢ + bᵢ)    f = σ(x·W_f + h'·U_f + b_f)    g = tanh(x·W_g + h'·U_g + b_g)    o = σ(x·Wₒ + h'·Uₒ + bₒ)
/// c = f ∘ c' + i ∘ g    h = o ∘ tanh(c)
/// </code>
/// The columns of input weights <c>W</c>, recurrent weights <c>U</c> and biases <c>b</c> are the gates in the order input, forget, candidate, output, each with
/// all units. Their rows are padded as those of <see cref="Dense"/>.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class LSTM
{
    /// <summary>Goes through the steps of each sample and keeps what the way back needs.</summary>
    /// <param name="x">Inputs [samples × steps × features].</param>
    /// <param name="inputWeights">W [features × stride of the gates].</param>
    /// <param name="recurrentWeights">U [units × stride of the gates].</param>
    /// <param name="biases">b [stride of the gates].</param>
    /// <param name="gates">The gates at each step [samples × steps × 4 · units]; written.</param>
    /// <param name="cells">The memories c after each step [samples × steps × units]; written.</param>
    /// <param name="states">The states h after each step [samples × steps × units]; written. None where they are the outputs.</param>
    /// <param name="initial">Takes what the samples begin with, which is carried from the pass before. None where they begin with 0.</param>
    /// <param name="carried">
    /// [samples × 2 · units]: the state h and after it the memory c of each sample after the last step; updated. None where they begin with 0.
    /// </param>
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
        Span<float> gates,
        Span<float> cells,
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
            Gates = gates,
            Memory = cells,
            States = states,
            Initial = initial,
            Carried = carried,
            Y = y,
            Steps = steps,
            Features = TFeatures.Value,
            Units = TUnits.Value,
            Samples = samples,
        };

        RecurrentForward.Run<LSTMCell, Keeping.Activations>(in pass);
    }

    /// <summary>Goes through the steps of each sample and keeps nothing but the outputs, which are those of <see cref="Forward"/> in every bit.</summary>
    /// <param name="x">Inputs [samples × steps × features].</param>
    /// <param name="inputWeights">W [features × stride of the gates].</param>
    /// <param name="recurrentWeights">U [units × stride of the gates].</param>
    /// <param name="biases">b [stride of the gates].</param>
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

        RecurrentForward.Run<LSTMCell, Keeping.Nothing>(in pass);
    }

    /// <summary>Takes one step of streams, side by side: sequences that go on, of which only the state is kept.</summary>
    /// <param name="x">The inputs of the step [streams × features].</param>
    /// <param name="inputWeights">W [features × stride of the gates].</param>
    /// <param name="recurrentWeights">U [units × stride of the gates].</param>
    /// <param name="biases">b [stride of the gates].</param>
    /// <param name="state">
    /// 2 · units floats of each stream, every <paramref name="stateStride"/> floats: the state h [units] and after it the memory c [units]; updated.
    /// </param>
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
        RecurrentStream.Step<LSTMCell, TFeatures, TUnits>(x, inputWeights, recurrentWeights, biases, default, state, stateStride, y, samples);
    }

    /// <summary>Goes back from the last step to the first, to the gradients of what the functions of the gates take: the sums of their products.</summary>
    /// <param name="transposed">Uᵀ [4 · units × stride of the units], as <see cref="Dense.Transpose"/> gives it.</param>
    /// <param name="gates">The gates that <see cref="Forward"/> kept.</param>
    /// <param name="cells">The memories that it kept.</param>
    /// <param name="states">The states that it kept; where they are its outputs, these.</param>
    /// <param name="initial">What the samples began with, as it kept it. None where that was 0.</param>
    /// <param name="dy">Gradients of the outputs.</param>
    /// <param name="dz">Gradients of the gates' sums [samples × steps × 4 · units]; written.</param>
    /// <param name="steps">The way through the steps.</param>
    /// <param name="samples">The number of samples.</param>
    /// <typeparam name="TUnits">The number of units.</typeparam>
    /// <exception cref="ArgumentException">A span is shorter than its shape.</exception>
    public static void Backward<TUnits>(
        ReadOnlySpan<float> transposed,
        ReadOnlySpan<float> gates,
        ReadOnlySpan<float> cells,
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
            Gates = gates,
            Memory = cells,
            States = states,
            Initial = initial,
            Dy = dy,
            GateGradients = dz,
            Steps = steps,
            Units = TUnits.Value,
            Samples = samples,
        };

        RecurrentBackward.Run<LSTMCell>(in pass);
    }
}
