namespace Nnfs.Catalogue.Layers;

/// <summary><c>h = tanh(x·W + h'·U + b)</c> at each step.</summary>
/// <param name="Units">The number of values of the state.</param>
internal sealed record SimpleRNNLayer(int Units) : RecurrentLayer(Units)
{
    public static readonly LayerEntry Kind = new("SimpleRNN", static draw => Drawn(draw, static units => new SimpleRNNLayer(units)))
    {
        Examples =
        [
            new SimpleRNNLayer(4),
            new SimpleRNNLayer(17) { ReturnsSequences = true, WeightPenalty = (1e-3f, 0.01f), BiasPenalty = (0.02f, 5e-4f) },
            new SimpleRNNLayer(3) { IsBidirectional = true },
            new SimpleRNNLayer(5) { IsBidirectional = true, ReturnsSequences = true },
        ],
        ExampleShape = new(5, 3),
        Frequency = 8,
        HasParameters = true,
        Accepts = static shapes => shapes[0].Rank == 2,
        Faults =
        [
            new(
                "{|other:Dense(4)|}, {|NNFS025:SimpleRNN(2)|}, Dense(3)",
                "'SimpleRNN1' takes sequences of steps × features, but 'Dense1' gives 4; add [Reshape(steps, features)] before it"),
            new("Dense(6), Reshape(3, 2), SimpleRNN({|NNFS004:0|})", "'SimpleRNN1' must have at least 1 unit, but has 0"),
            new(
                "Dense(6), Reshape(3, 2), SimpleRNN(4, WeightL2 = {|NNFS019:-1e-3f|})",
                "The WeightL2 of 'SimpleRNN1' must be at least 0 and finite, but is -0.001"),
            new("Dense(6), Reshape(3, 2), SimpleRNN(4, TruncateAfter = {|NNFS019:-1|})", "The TruncateAfter of 'SimpleRNN1' must be at least 0, but is -1"),
            new(
                "Dense(6), Reshape(3, 2), SimpleRNN(4, Bidirectional = true, Stateful = {|NNFS029:true|})",
                "'SimpleRNN1' reads its steps in both directions, so it has no state to go on from in the next pass; remove Bidirectional or Stateful"),
        ],
    };

    public override LayerEntry Entry => Kind;

    protected override int Gates => 1;

    protected override void Compute(RecurrentStep step)
    {
        for (int u = 0; u < Units; u++)
        {
            step.State[u] = Math.Tanh(step.InputProducts[u] + step.StateProducts[u]);
        }
    }

    protected override void ComputeBack(RecurrentStep step, RecurrentStepGradients gradients)
    {
        for (int u = 0; u < Units; u++)
        {
            gradients.InputProducts[u] = gradients.State[u] * (1 - (step.State[u] * step.State[u]));
        }
    }
}
