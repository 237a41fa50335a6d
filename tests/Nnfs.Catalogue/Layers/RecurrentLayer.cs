using Nnfs.Catalogue.Drawing;

namespace Nnfs.Catalogue.Layers;

/// <summary>A recurrent layer of any kind: at each step of a sequence it makes of the input and the state before a new state.</summary>
/// <param name="Units">The number of values of the state.</param>
internal abstract record RecurrentLayer(int Units) : ReferenceLayer
{
    /// <summary>Whether it gives the state after each step, rather than that after the last.</summary>
    public bool ReturnsSequences { get; init; }

    /// <summary>Whether a second one takes the steps from the last to the first.</summary>
    public bool IsBidirectional { get; init; }

    /// <summary>After how many steps each no gradient goes back any further; <see langword="null"/> where it goes all the way.</summary>
    public int? TruncateAfter { get; init; }

    public override bool IsCausal => ReturnsSequences && !IsBidirectional;

    /// <summary>λ of the magnitudes and of the squares of the weights.</summary>
    public (float L1, float L2) WeightPenalty { get; init; }

    /// <summary>λ of the magnitudes and of the squares of the biases.</summary>
    public (float L1, float L2) BiasPenalty { get; init; }

    /// <summary>The number of gates.</summary>
    protected abstract int Gates { get; }

    /// <summary>Whether the products with the state have biases of their own.</summary>
    protected virtual bool HasRecurrentBiases => false;

    public override IEnumerable<Argument> Arguments =>
    [
        Argument.Of(Units),
        .. Flag("ReturnSequences", ReturnsSequences),
        .. Flag("Bidirectional", IsBidirectional),
        .. TruncateAfter is { } steps ? [Argument.Of(steps) with { Name = "TruncateAfter" }] : (Argument[])[],
        .. DenseLayer.PenaltyArguments(WeightPenalty, BiasPenalty),
    ];

    private int Directions => IsBidirectional ? 2 : 1;

    private int TensorsOfDirection => HasRecurrentBiases ? 4 : 3;

    public override SampleShape OutputOf(IReadOnlyList<SampleShape> inputs) =>
        ReturnsSequences ? new(inputs[0].Extents[0], Directions * Units) : new(Directions * Units);

    public override IReadOnlyList<ReferenceTensor> TensorsOf(IReadOnlyList<SampleShape> inputs)
    {
        return [.. ((string[])["", "Backward"]).Take(Directions).SelectMany(OfDirection)];

        IEnumerable<ReferenceTensor> OfDirection(string name)
        {
            yield return Weights(name + "InputWeights", inputs[0].Channels);
            yield return Weights(name + "RecurrentWeights", Units);
            yield return Biases(name + "Biases");

            if (HasRecurrentBiases)
            {
                yield return Biases(name + "RecurrentBiases");
            }
        }

        // The variance that keeps values at their size from step to step, or a little off it.
        ReferenceTensor Weights(string name, int rows) => new(name, rows, Gates * Units)
        {
            Penalty = WeightPenalty,
            Draw = (random, count) => random.Gaussians(count, (0.6 + (0.4 * random.NextDouble())) / Math.Sqrt(rows)),
        };

        ReferenceTensor Biases(string name) => new(name, Gates * Units) { Penalty = BiasPenalty, Draw = ReferenceTensor.About(0, 0.4) };
    }

    public override long WorkOf(IReadOnlyList<SampleShape> inputs) =>
        (long)Directions * inputs[0].Extents[0] * Gates * Units * (inputs[0].Channels + Units);

    public override double[] Forward(LayerPass pass)
    {
        int steps = pass.Shapes[0].Extents[0];
        int row = Directions * Units;
        int size = ReturnsSequences ? steps * row : row;
        double[] y = new double[pass.Samples * size];
        RecurrentStep[][] kept = new RecurrentStep[Directions * pass.Samples][];

        for (int direction = 0; direction < Directions; direction++)
        {
            for (int sample = 0; sample < pass.Samples; sample++)
            {
                RecurrentStep[] walk = Walk(pass, direction, sample);
                kept[(direction * pass.Samples) + sample] = walk;

                for (int taken = ReturnsSequences ? 0 : steps - 1; taken < steps; taken++)
                {
                    int at = ReturnsSequences ? At(direction, taken, steps) : 0;
                    walk[taken].State.CopyTo(y.AsSpan((sample * size) + (at * row) + (direction * Units)));
                }
            }
        }

        pass.Kept = kept;

        return y;
    }

    public override LayerGradients Backward(LayerPass pass, double[] dy)
    {
        RecurrentStep[][] kept = (RecurrentStep[][])pass.Kept!;
        double[] dx = new double[pass.Inputs[0].Length];
        double[][] tensors = [.. pass.Tensors.Select(static tensor => new double[tensor.Length])];
        double[] dxMagnitudes = new double[dx.Length];
        double[][] magnitudes = [.. pass.Tensors.Select(static tensor => new double[tensor.Length])];

        for (int direction = 0; direction < Directions; direction++)
        {
            for (int sample = 0; sample < pass.Samples; sample++)
            {
                WalkBack(pass, direction, sample, kept[(direction * pass.Samples) + sample], dy, dx, dxMagnitudes, tensors, magnitudes);
            }
        }

        return new(
            pass.Rounding.Of(dx, () => dxMagnitudes), [.. tensors.Select((tensor, i) => pass.Rounding.Of(tensor, () => magnitudes[i]))]);
    }

    /// <summary>The new state, from the sums of the gates.</summary>
    /// <param name="step">The step, with its products and what is before it; takes state, memory and gates.</param>
    protected abstract void Compute(RecurrentStep step);

    /// <summary>The gradients of the products, from those of the state and the memory.</summary>
    /// <param name="step">The step.</param>
    /// <param name="gradients">The gradients; takes those of the products and of state and memory before the step.</param>
    protected abstract void ComputeBack(RecurrentStep step, RecurrentStepGradients gradients);

    protected static double Sigmoid(double x) => 1 / (1 + Math.Exp(-x));

    /// <summary>Settings at random.</summary>
    protected static RecurrentLayer Drawn(LayerDraw draw, Func<int, RecurrentLayer> layer)
    {
        RecurrentLayer drawn = layer(Math.Min(draw.Width(), draw.Random.Pick(5, 17, 33))) with
        {
            ReturnsSequences = draw.Random.Chance(0.6),
            IsBidirectional = draw.Random.Chance(0.25),
        };

        return draw.Random.Chance(0.2)
            ? drawn with { WeightPenalty = (draw.Random.Pick(0f, 1e-3f), draw.Random.Pick(0f, 0.01f)), BiasPenalty = (draw.Random.Pick(0f, 0.02f), 5e-4f) }
            : drawn;
    }

    private static IEnumerable<Argument> Flag(string name, bool isSet) => isSet ? [new Argument(name, "true")] : [];

    /// <summary>The step that a direction takes after so many others.</summary>
    private static int At(int direction, int taken, int steps) => direction == 0 ? taken : steps - 1 - taken;

    private RecurrentStep[] Walk(LayerPass pass, int direction, int sample)
    {
        int steps = pass.Shapes[0].Extents[0];
        int features = pass.Shapes[0].Channels;
        double[][] tensors = pass.Tensors[(direction * TensorsOfDirection)..];
        RecurrentStep[] walk = new RecurrentStep[steps];
        double[] state = new double[Units];
        double[] memory = new double[Units];

        for (int taken = 0; taken < steps; taken++)
        {
            double[] x = pass.Inputs[0].AsSpan(((sample * steps) + At(direction, taken, steps)) * features, features).ToArray();
            RecurrentStep step = new(
                x,
                PreviousState: state,
                PreviousMemory: memory,
                InputProducts: Sums(pass, x, tensors[0], tensors[2]),
                StateProducts: Sums(pass, state, tensors[1], HasRecurrentBiases ? tensors[3] : new double[Gates * Units]));
            Compute(step);
            state = pass.Rounding.Of(step.State);
            memory = pass.Rounding.Of(step.Memory);
            step.State = state;
            step.Memory = memory;
            walk[taken] = step;
        }

        return walk;
    }

    private void WalkBack(
        LayerPass pass,
        int direction,
        int sample,
        RecurrentStep[] walk,
        double[] dy,
        double[] dx,
        double[] dxMagnitudes,
        double[][] tensors,
        double[][] magnitudes)
    {
        int steps = walk.Length;
        int features = pass.Shapes[0].Channels;
        int row = Directions * Units;
        int first = direction * TensorsOfDirection;
        double[] state = new double[Units];
        double[] memory = new double[Units];

        for (int taken = steps - 1; taken >= 0; taken--)
        {
            int at = At(direction, taken, steps);

            if (TruncateAfter is { } border && (taken + 1) % border == 0)
            {
                state = new double[Units];
                memory = new double[Units];
            }

            if (ReturnsSequences || taken == steps - 1)
            {
                int start = (((ReturnsSequences ? (sample * steps) + at : sample) * row) + (direction * Units));
                state = [.. state.Select((gradient, u) => gradient + dy[start + u])];
            }

            RecurrentStepGradients gradients = new(state, memory, Gates * Units);
            ComputeBack(walk[taken], gradients);
            double[] dz = pass.Rounding.Of(gradients.InputProducts);
            double[] dq = HasRecurrentBiases ? pass.Rounding.Of(gradients.StateProducts) : dz;

            AddProducts(walk[taken].X, dz, tensors[first], magnitudes[first]);
            AddProducts(walk[taken].PreviousState, dq, tensors[first + 1], magnitudes[first + 1]);
            AddProducts([1], dz, tensors[first + 2], magnitudes[first + 2]);

            if (HasRecurrentBiases)
            {
                AddProducts([1], dq, tensors[first + 3], magnitudes[first + 3]);
            }

            (double[] input, double[] inputMagnitudes) = Back(dz, pass.Tensors[first], features);

            for (int i = 0; i < features; i++)
            {
                int index = (((sample * steps) + at) * features) + i;
                dx[index] += input[i];
                dxMagnitudes[index] += inputMagnitudes[i];
            }

            (double[] before, double[] beforeMagnitudes) = Back(dq, pass.Tensors[first + 1], Units);
            state = pass.Rounding.Of(
                [.. before.Zip(gradients.PreviousState, static (a, b) => a + b)],
                () => [.. beforeMagnitudes.Zip(gradients.PreviousState, static (a, b) => a + Math.Abs(b))]);
            memory = pass.Rounding.Of(gradients.PreviousMemory);
        }
    }

    /// <summary><c>b[j] + Σᵢ x[i] · w[i, j]</c>.</summary>
    private static double[] Sums(LayerPass pass, double[] x, double[] w, double[] b) => pass.Rounding.Of(
        DenseLayer.Forward(x, w, b, 1, x.Length, b.Length),
        () => DenseLayer.Forward(Absolute(x), Absolute(w), Absolute(b), 1, x.Length, b.Length));

    /// <summary>Adds <c>x[i] · dz[j]</c> to sums, and to the magnitudes of their terms.</summary>
    private static void AddProducts(double[] x, double[] dz, double[] sums, double[] magnitudes)
    {
        for (int i = 0; i < x.Length; i++)
        {
            for (int j = 0; j < dz.Length; j++)
            {
                sums[(i * dz.Length) + j] += x[i] * dz[j];
                magnitudes[(i * dz.Length) + j] += Math.Abs(x[i] * dz[j]);
            }
        }
    }

    /// <summary><c>Σⱼ dz[j] · w[i, j]</c>, and the magnitudes of the terms.</summary>
    private static (double[] Sums, double[] Magnitudes) Back(double[] dz, double[] w, int rows) =>
        (DenseLayer.BackwardInputs(dz, w, 1, rows, dz.Length), DenseLayer.BackwardInputs(Absolute(dz), Absolute(w), 1, rows, dz.Length));

    private static double[] Absolute(double[] values) => Array.ConvertAll(values, Math.Abs);
}
