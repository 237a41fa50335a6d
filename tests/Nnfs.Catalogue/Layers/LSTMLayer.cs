namespace Nnfs.Catalogue.Layers;

/// <summary>
/// <c>i, f, o = σ(x·W + h'·U + b)</c>, <c>g = tanh(x·W + h'·U + b)</c>, <c>c = f · c' + i · g</c> and <c>h = o · tanh(c)</c> at each step.
/// </summary>
/// <param name="Units">The number of values of the state.</param>
internal sealed record LSTMLayer(int Units) : RecurrentLayer(Units)
{
    public static readonly LayerEntry Kind = new("LSTM", static draw => Drawn(draw, static units => new LSTMLayer(units)))
    {
        Examples =
        [
            new LSTMLayer(4),
            new LSTMLayer(17) { ReturnsSequences = true, WeightPenalty = (1e-3f, 0.01f), BiasPenalty = (0.02f, 5e-4f) },
            new LSTMLayer(3) { IsBidirectional = true },
            new LSTMLayer(5) { IsBidirectional = true, ReturnsSequences = true },
        ],
        ExampleShape = new(5, 3),
        Frequency = 8,
        HasParameters = true,
        Accepts = static shapes => shapes[0].Rank == 2,
        Faults =
        [
            new(
                "{|other:Dense(4)|}, {|NNFS025:LSTM(2)|}, Dense(3)",
                "'LSTM1' takes sequences of steps × features, but 'Dense1' gives 4; add [Reshape(steps, features)] before it"),
            new(
                "Dense(6), Reshape(3, 2), {|other:GRU(5)|}, {|NNFS025:LSTM(2)|}",
                "'LSTM1' takes sequences of steps × features, but 'GRU1' gives 5; set ReturnSequences = true for 'GRU1'"),
            new("Dense(6), Reshape(3, 2), LSTM({|NNFS004:0|})", "'LSTM1' must have at least 1 unit, but has 0"),
            new(
                "Dense(6), Reshape(3, 2), LSTM(4, WeightL2 = {|NNFS019:-1e-3f|})",
                "The WeightL2 of 'LSTM1' must be at least 0 and finite, but is -0.001"),
            new("Dense(6), Reshape(3, 2), LSTM(4, TruncateAfter = {|NNFS019:-1|})", "The TruncateAfter of 'LSTM1' must be at least 0, but is -1"),
            new(
                "Dense(6), Reshape(3, 2), LSTM(4, Bidirectional = true, Stateful = {|NNFS029:true|})",
                "'LSTM1' reads its steps in both directions, so it has no state to go on from in the next pass; remove Bidirectional or Stateful"),
        ],
    };

    public override LayerEntry Entry => Kind;

    protected override int Gates => 4;

    protected override void Compute(RecurrentStep step)
    {
        for (int u = 0; u < Units; u++)
        {
            double i = Sigmoid(Sum(step, 0, u));
            double f = Sigmoid(Sum(step, 1, u));
            double g = Math.Tanh(Sum(step, 2, u));
            double o = Sigmoid(Sum(step, 3, u));

            (step.Gates[u], step.Gates[Units + u], step.Gates[(2 * Units) + u], step.Gates[(3 * Units) + u]) = (i, f, g, o);
            step.Memory[u] = (f * step.PreviousMemory[u]) + (i * g);
            step.State[u] = o * Math.Tanh(step.Memory[u]);
        }
    }

    protected override void ComputeBack(RecurrentStep step, RecurrentStepGradients gradients)
    {
        for (int u = 0; u < Units; u++)
        {
            double i = step.Gates[u];
            double f = step.Gates[Units + u];
            double g = step.Gates[(2 * Units) + u];
            double o = step.Gates[(3 * Units) + u];
            double tanh = Math.Tanh(step.Memory[u]);
            double dc = gradients.Memory[u] + (gradients.State[u] * o * (1 - (tanh * tanh)));

            gradients.InputProducts[u] = dc * g * i * (1 - i);
            gradients.InputProducts[Units + u] = dc * step.PreviousMemory[u] * f * (1 - f);
            gradients.InputProducts[(2 * Units) + u] = dc * i * (1 - (g * g));
            gradients.InputProducts[(3 * Units) + u] = gradients.State[u] * tanh * o * (1 - o);
            gradients.PreviousMemory[u] = dc * f;
        }
    }

    private double Sum(RecurrentStep step, int gate, int unit) => step.InputProducts[(gate * Units) + unit] + step.StateProducts[(gate * Units) + unit];
}
