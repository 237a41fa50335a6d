namespace Nnfs.Import.Evaluation;

/// <summary>Recurrent operators: they read a sequence step by step, forward, backward or both.</summary>
internal static class Recurrences
{
    /// <summary>h' = f(x·Wᵀ + h·Rᵀ + b).</summary>
    public static TensorValue[] RNN(OperatorCall call) => Run(call, gates: 1, ["Tanh"], static (cell, h, _) =>
    {
        for (int i = 0; i < h.Length; i++)
        {
            h[i] = cell.Activate(0, cell.Sum(0, i));
        }
    });

    /// <summary>Gates in the order update, reset, hidden; the reset gate before the product unless <c>linear_before_reset</c> says otherwise.</summary>
    public static TensorValue[] GRU(OperatorCall call)
    {
        bool resetsProduct = call.Integer("linear_before_reset", 0) != 0;

        return Run(call, gates: 3, ["Sigmoid", "Tanh"], (cell, h, _) =>
        {
            double[] update = new double[h.Length];
            double[] reset = new double[h.Length];

            for (int i = 0; i < h.Length; i++)
            {
                update[i] = cell.Activate(0, cell.Sum(0, i));
                reset[i] = cell.Activate(0, cell.Sum(1, i));
            }

            double[] before = [.. h];
            double[] kept = [.. before.Select((value, i) => reset[i] * value)];

            for (int i = 0; i < h.Length; i++)
            {
                double recurrent = resetsProduct
                    ? reset[i] * (cell.Recurrent(2, i, before) + cell.RecurrentBias(2, i))
                    : cell.Recurrent(2, i, kept) + cell.RecurrentBias(2, i);
                double candidate = cell.Activate(1, cell.Input(2, i) + recurrent);
                h[i] = ((1 - update[i]) * candidate) + (update[i] * before[i]);
            }
        });
    }

    /// <summary>Gates in the order input, output, forget, cell.</summary>
    public static TensorValue[] LSTM(OperatorCall call) => Run(call, gates: 4, ["Sigmoid", "Tanh", "Tanh"], static (cell, h, c) =>
    {
        for (int i = 0; i < h.Length; i++)
        {
            double input = cell.Activate(0, cell.Sum(0, i));
            double forget = cell.Activate(0, cell.Sum(2, i));
            double candidate = cell.Activate(1, cell.Sum(3, i));
            double output = cell.Activate(0, cell.Sum(1, i));
            c[i] = (forget * c[i]) + (input * candidate);
            h[i] = output * cell.Activate(2, c[i]);
        }
    });

    private static TensorValue[] Run(OperatorCall call, int gates, string[] activations, Action<RecurrentCell, double[], double[]> step)
    {
        if (call.Has("clip") || call.Integer("input_forget", 0) != 0 || (gates == 4 && call.Optional(7) is not null))
        {
            throw call.Fault("it has peepholes, limits its sums, or joins its input and forget gates");
        }

        bool isBatchFirst = call.Integer("layout", 0) != 0;
        TensorValue x = call.RealInput(0) is { Rank: 3 } sequences ? sequences : throw call.Fault($"{call.Input(0)} are no sequences of features");
        x = isBatchFirst ? Selections.Transpose(x, [1, 0, 2]) : x;
        (int steps, int samples, int features) = (x.Shape[0], x.Shape[1], x.Shape[2]);
        string direction = call.Text("direction", "forward");
        bool[] areBackward = direction switch
        {
            "forward" => [false],
            "reverse" => [true],
            "bidirectional" => [false, true],
            _ => throw call.Fault($"the direction '{direction}' is not known"),
        };
        TensorValue weights = call.RealInput(1);
        int units = weights.Rank == 3 && weights.Shape[1] % gates == 0 ? weights.Shape[1] / gates : 0;
        Require(call, 1, [areBackward.Length, gates * units, features]);
        Require(call, 2, [areBackward.Length, gates * units, units]);

        if (call.Optional(3) is not null)
        {
            Require(call, 3, [areBackward.Length, 2 * gates * units]);
        }

        if (call.Optional(4) is { } lengths && (lengths.Count != samples || lengths.Integers.ContainsAnyExcept(steps)))
        {
            throw call.Fault($"its sequences have other lengths than the {steps} steps of the input");
        }

        string[] functions = call.Texts("activations") is { } named
            ? [.. named]
            : [.. Enumerable.Repeat(activations, areBackward.Length).SelectMany(static own => own)];

        if (functions.Length != activations.Length * areBackward.Length || call.Has("activation_alpha") || call.Has("activation_beta"))
        {
            throw call.Fault($"it has {functions.Length} activations, or settings of them");
        }

        double[][] h = State(call, 5, isBatchFirst, areBackward.Length, samples, units);
        double[][] c = State(call, 6, isBatchFirst, areBackward.Length, samples, units, isThere: gates == 4);
        int[] shape = call.Shape([steps, areBackward.Length, samples, units]);
        double[] y = new double[Places.Count(shape)];

        for (int d = 0; d < areBackward.Length; d++)
        {
            RecurrentCell cell = new(call, d, gates, units, features, functions.AsSpan(d * activations.Length, activations.Length).ToArray());

            for (int sample = 0; sample < samples; sample++)
            {
                int state = (d * samples) + sample;

                for (int i = 0; i < steps; i++)
                {
                    int at = areBackward[d] ? steps - 1 - i : i;
                    cell.Read(x.Reals.Slice(((at * samples) + sample) * features, features), h[state]);
                    step(cell, h[state], c[state]);
                    h[state].CopyTo(y, ((((at * areBackward.Length) + d) * samples) + sample) * units);
                }
            }
        }

        TensorValue outputs = TensorValue.OfReals(y, shape);
        TensorValue last = TensorValue.OfReals([.. h.SelectMany(static values => values)], areBackward.Length, samples, units);
        TensorValue lastCells = TensorValue.OfReals([.. c.SelectMany(static values => values)], areBackward.Length, samples, units);
        TensorValue[] all = isBatchFirst
            ? [Selections.Transpose(outputs, [2, 0, 1, 3]), Selections.Transpose(last, [1, 0, 2]), Selections.Transpose(lastCells, [1, 0, 2])]
            : [outputs, last, lastCells];

        return gates == 4 ? all : all[..2];
    }

    /// <summary>The states before the first step, of each direction and sample: zeros unless an input has them.</summary>
    private static double[][] State(
        OperatorCall call, int input, bool isBatchFirst, int directions, int samples, int units, bool isThere = true)
    {
        if (!isThere || call.Optional(input) is null)
        {
            return [.. Enumerable.Range(0, directions * samples).Select(_ => new double[units])];
        }

        Require(call, input, isBatchFirst ? [samples, directions, units] : [directions, samples, units]);
        TensorValue state = isBatchFirst ? Selections.Transpose(call.RealInput(input), [1, 0, 2]) : call.RealInput(input);

        return [.. Enumerable.Range(0, directions * samples).Select(i => state.Reals.Slice(i * units, units).ToArray())];
    }

    private static void Require(OperatorCall call, int input, int[] shape)
    {
        if (!call.RealInput(input).Shape.SequenceEqual(shape))
        {
            throw call.Fault($"input {input} must have the shape {OperatorCall.List(shape)}, but is {call.Input(input)}");
        }
    }
}
