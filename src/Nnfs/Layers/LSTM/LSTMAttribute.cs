namespace Nnfs;

/// <summary>
/// A long short-term memory (Hochreiter and Schmidhuber 1997, "Long Short-Term Memory"; with the forget gate of Gers, Schmidhuber and Cummins 2000). It reads
/// a sequence of steps × features, and at each step makes of the input <c>x</c> and the state <c>h'</c> and memory <c>c'</c> of the step before, which begin
/// as 0:
/// <code>
/// i = σ(x·Wᵢ + h'·Uᵢ + bᵢ)    f = σ(x·W_f + h'·U_f + b_f)    g = tanh(x·W_g + h'·U_g + b_g)    o = σ(x·Wₒ + h'·Uₒ + bₒ)
/// c = f ∘ c' + i ∘ g    h = o ∘ tanh(c)
/// </code>
/// The gates are in the order input, forget, candidate, output. It gives the last state [units], or with <see cref="ReturnSequences"/> all of them
/// [steps × units].
/// </summary>
/// <remarks>The biases of the forget gate start at 1, so that a new network remembers (Jozefowicz et al. 2015), all others at 0.</remarks>
public sealed class LSTMAttribute : LayerAttribute
{
    /// <summary>A long short-term memory.</summary>
    /// <param name="units">The number of values of its state, at least 1.</param>
    public LSTMAttribute(int units)
    {
        Units = units;
    }

    /// <summary>The number of values of its state.</summary>
    public int Units { get; }

    /// <summary>Whether it gives the state after each step; by default it gives the one after the last.</summary>
    public bool ReturnSequences { get; set; }

    /// <summary>
    /// Whether a second one with parameters of its own, called <c>Backward…</c>, takes the steps from the last to the first. Its outputs come after those of
    /// the first: [2 · units], or [steps × 2 · units] with the states of both at each step.
    /// </summary>
    public bool Bidirectional { get; set; }

    /// <summary>
    /// After how many steps each no gradient goes back any further, so that training looks back no more than so many steps; 0 by default, where it goes back
    /// through all steps.
    /// </summary>
    public int TruncateAfter { get; set; }

    /// <summary>
    /// Whether passes with a workspace begin with the states that the last pass left for each sample, until its <c>ResetState()</c>. Predictions always begin
    /// with 0.
    /// </summary>
    public bool Stateful { get; set; }

    /// <summary>How the input weights are drawn; <see cref="WeightInitializer.Auto"/> takes the network's. Recurrent weights start orthogonal.</summary>
    public WeightInitializer WeightInitializer { get; set; } = WeightInitializer.Auto;

    /// <summary>λ of <c>λ·Σ|w|</c> over input weights and recurrent weights, which is added to the loss; 0 by default, never negative.</summary>
    public double WeightL1 { get; set; }

    /// <summary>λ of <c>λ·Σw²</c> over input weights and recurrent weights, which is added to the loss; 0 by default, never negative.</summary>
    public double WeightL2 { get; set; }

    /// <summary>λ of <c>λ·Σ|b|</c> over the biases, which is added to the loss; 0 by default, never negative.</summary>
    public double BiasL1 { get; set; }

    /// <summary>λ of <c>λ·Σb²</c> over the biases, which is added to the loss; 0 by default, never negative.</summary>
    public double BiasL2 { get; set; }
}
