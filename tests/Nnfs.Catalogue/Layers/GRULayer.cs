namespace Nnfs.Catalogue.Layers;

/// <summary>
/// <c>z = σ(x·W + b + h'·U + c)</c>, <c>r</c> like it, <c>n = tanh(x·W + b + r · (h'·U + c))</c> and <c>h = (1 − z) · n + z · h'</c> at each step.
/// </summary>
/// <param name="Units">The number of values of the state.</param>
internal sealed record GRULayer(int Units) : RecurrentLayer(Units)
{
    public static readonly LayerEntry Kind = new("GRU", static draw => Drawn(draw, static units => new GRULayer(units)))
    {
        Examples =
        [
            new GRULayer(4),
            new GRULayer(17) { ReturnsSequences = true, WeightPenalty = (1e-3f, 0.01f), BiasPenalty = (0.02f, 5e-4f) },
            new GRULayer(3) { IsBidirectional = true },
            new GRULayer(5) { IsBidirectional = true, ReturnsSequences = true },
        ],
        ExampleShape = new(5, 3),
        Frequency = 8,
        HasParameters = true,
        Accepts = static shapes => shapes[0].Rank == 2,
        Faults =
        [
            new(
                "{|other:Dense(4)|}, {|NNFS025:GRU(2)|}, Dense(3)",
                "'GRU1' takes sequences of steps × features, but 'Dense1' gives 4; add [Reshape(steps, features)] before it"),
            new("Dense(6), Reshape(3, 2), GRU({|NNFS004:0|})", "'GRU1' must have at least 1 unit, but has 0"),
            new(
                "Dense(6), Reshape(3, 2), GRU(4, WeightL2 = {|NNFS019:-1e-3f|})",
                "The WeightL2 of 'GRU1' must be at least 0 and finite, but is -0.001"),
            new("Dense(6), Reshape(3, 2), GRU(4, TruncateAfter = {|NNFS019:-1|})", "The TruncateAfter of 'GRU1' must be at least 0, but is -1"),
            new(
                "Dense(6), Reshape(3, 2), GRU(4, Bidirectional = true, Stateful = {|NNFS029:true|})",
                "'GRU1' reads its steps in both directions, so it has no state to go on from in the next pass; remove Bidirectional or Stateful"),
        ],
    };

    public override LayerEntry Entry => Kind;

    protected override int Gates => 3;

    protected override bool HasRecurrentBiases => true;

    protected override void Compute(RecurrentStep step)
    {
        for (int u = 0; u < Units; u++)
        {
            int reset = Units + u;
            int candidate = (2 * Units) + u;
            double z = Sigmoid(step.InputProducts[u] + step.StateProducts[u]);
            double r = Sigmoid(step.InputProducts[reset] + step.StateProducts[reset]);
            double n = Math.Tanh(step.InputProducts[candidate] + (r * step.StateProducts[candidate]));

            (step.Gates[u], step.Gates[reset], step.Gates[candidate]) = (z, r, n);
            step.State[u] = ((1 - z) * n) + (z * step.PreviousState[u]);
        }
    }

    protected override void ComputeBack(RecurrentStep step, RecurrentStepGradients gradients)
    {
        for (int u = 0; u < Units; u++)
        {
            int reset = Units + u;
            int candidate = (2 * Units) + u;
            double z = step.Gates[u];
            double r = step.Gates[reset];
            double n = step.Gates[candidate];
            double dh = gradients.State[u];
            double dn = dh * (1 - z) * (1 - (n * n));
            double dr = dn * step.StateProducts[candidate] * r * (1 - r);
            double dz = dh * (step.PreviousState[u] - n) * z * (1 - z);

            (gradients.InputProducts[u], gradients.InputProducts[reset], gradients.InputProducts[candidate]) = (dz, dr, dn);
            (gradients.StateProducts[u], gradients.StateProducts[reset], gradients.StateProducts[candidate]) = (dz, dr, dn * r);
            gradients.PreviousState[u] = dh * z;
        }
    }
}
