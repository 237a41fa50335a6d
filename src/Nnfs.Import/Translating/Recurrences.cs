using Nnfs.Import.Evaluation;

namespace Nnfs.Import.Translating;

/// <summary>
/// Recurrent layers. What they give after each step and after the last are outputs of their own; which of them a layer gives is decided when it is known what
/// is read.
/// </summary>
internal static class Recurrences
{
    /// <summary>For each gate of a layer its place in the operator.</summary>
    private static readonly int[] s_lstmGates = [0, 2, 3, 1];

    private static readonly int[] s_gruGates = [0, 1, 2];

    private static readonly int[] s_simpleGates = [0];

    /// <summary>Long short-term memory.</summary>
    public static void LSTM(NodeTranslation node)
    {
        if (!node.IsZero(7) || node.Node.Integer("input_forget", 0) != 0)
        {
            throw NodeTranslation.Refuse("it has peepholes, or joins input and forget gates");
        }

        Recur(node, "LSTM", s_lstmGates, ["Sigmoid", "Tanh", "Tanh"], hasRecurrentBiases: false);
    }

    /// <summary>A gated recurrent unit, with the reset gate behind the product.</summary>
    public static void GRU(NodeTranslation node)
    {
        if (node.Node.Integer("linear_before_reset", 0) == 0)
        {
            throw NodeTranslation.Refuse("its reset gate comes before the product; a layer has it behind (reset_after = True in Keras)");
        }

        Recur(node, "GRU", s_gruGates, ["Sigmoid", "Tanh"], hasRecurrentBiases: true);
    }

    /// <summary>A simple recurrence.</summary>
    public static void RNN(NodeTranslation node) => Recur(node, "SimpleRNN", s_simpleGates, ["Tanh"], hasRecurrentBiases: false);

    private static void Recur(NodeTranslation node, string kind, int[] gates, string[] activations, bool hasRecurrentBiases)
    {
        NetworkValue value = node.Finished(0);
        View view = value.View;
        bool isBatchFirst = node.Node.Integer("layout", 0) != 0;
        (int batch, int steps) = isBatchFirst ? (0, 1) : (1, 0);
        string direction = node.Node.Text("direction", "forward");

        string order = isBatchFirst ? "batch, steps" : "steps, batch";

        if (view.Rank == 3 && view.BatchDimension == steps)
        {
            throw NodeTranslation.Refuse(
                $"it reads {Views.Text(view)}, and takes [{order}, features]; if another dimension is that of the samples, export the model with a name for it "
                + "(dynamic_axes in PyTorch)");
        }

        if (view.Rank != 3 || view.BatchDimension != batch || !View.AreLast(view[2]))
        {

            throw NodeTranslation.RefuseOrder($"it reads {Views.Text(view)} whose steps don't lie one after the other; it takes [{order}, features]");
        }

        int features = view.SizeOf(2);
        int length = view.SizeOf(steps);

        if (view[steps] is [var axis] && axis != new Axis(length, features))
        {
            throw NodeTranslation.RefuseOrder("its steps don't lie one after the other: a transposition before it moves them");
        }

        Check(node, activations, direction, length);

        TensorValue inputWeights = node.Constant(1);
        TensorValue recurrentWeights = node.Constant(2);
        int directions = direction == "bidirectional" ? 2 : 1;
        int units = recurrentWeights.Rank == 3 ? recurrentWeights.Shape[2] : 0;
        int rows = gates.Length * units;
        double[] biases = node.OptionalConstant(3)?.ToReals() ?? new double[directions * 2 * rows];

        if (units == 0
            || !inputWeights.Shape.SequenceEqual([directions, rows, features])
            || !recurrentWeights.Shape.SequenceEqual([directions, rows, units])
            || biases.Length != directions * 2 * rows)
        {
            throw NodeTranslation.Refuse(
                $"its weights of [{Views.Text(inputWeights)}] and [{Views.Text(recurrentWeights)}] don't fit {features} features and {directions} directions");
        }

        ImportedLayer layer = node.Layer(kind, [length, directions * units], node.Shaped(value, length, features));
        layer.Arguments.Add(Numbers.Text(units));

        if (directions == 2)
        {
            layer.Settings.Add(("Bidirectional", "true"));
        }

        for (int i = 0; i < directions; i++)
        {
            string prefix = i == 0 ? "" : "backward_";
            double[] first = Gates(biases, i * 2 * rows);
            double[] second = Gates(biases, ((i * 2) + 1) * rows);

            layer.Tensors.Add(new($"{prefix}input_weights", [features, rows], Turned(inputWeights, i, features, Views.PlacesOf(view[2]))));
            layer.Tensors.Add(new($"{prefix}recurrent_weights", [units, rows], Turned(recurrentWeights, i, units, [.. Enumerable.Range(0, units)])));

            if (hasRecurrentBiases)
            {
                layer.Tensors.Add(new($"{prefix}biases", [rows], first));
                layer.Tensors.Add(new($"{prefix}recurrent_biases", [rows], second));
            }
            else
            {
                layer.Tensors.Add(new($"{prefix}biases", [rows], [.. first.Zip(second, static (x, y) => x + y)]));
            }
        }

        Give(node, layer, isBatchFirst, length, directions, units);

        // The weights of a direction as [inputs, gates], with the gates in the layer's order.
        double[] Turned(TensorValue weights, int index, int inputs, int[] places)
        {
            ReadOnlySpan<double> values = weights.Reals.Slice(index * rows * inputs, rows * inputs);
            double[] turned = new double[rows * inputs];

            for (int row = 0; row < rows; row++)
            {
                int from = (gates[row / units] * units) + (row % units);

                for (int input = 0; input < inputs; input++)
                {
                    turned[(places[input] * rows) + row] = values[(from * inputs) + input];
                }
            }

            return turned;
        }

        double[] Gates(double[] values, int start) =>
            [.. Enumerable.Range(0, rows).Select(row => values[start + (gates[row / units] * units) + (row % units)])];
    }

    private static void Check(NodeTranslation node, string[] activations, string direction, int length)
    {
        if (direction == "reverse")
        {
            throw NodeTranslation.Refuse("it reads the steps from the last to the first only; a layer does so beside the other direction");
        }

        if (node.Node.Texts("activations") is { Count: > 0 } stated && stated.Where((name, i) => name != activations[i % activations.Length]).Any())
        {
            throw NodeTranslation.Refuse($"its activations are {string.Join(", ", stated)}; a layer has {string.Join(", ", activations)}");
        }

        if (node.Node.Float("clip", 0) != 0)
        {
            throw NodeTranslation.Refuse("it bounds its values");
        }

        if (!node.IsZero(5) || !node.IsZero(6))
        {
            throw NodeTranslation.Refuse("its states begin with other values than zeros");
        }

        if (node.Node.HasInput(4) && node.Sizes(4).Any(size => size != new Size(length, IsOfBatch: false)))
        {
            throw NodeTranslation.Refuse("its samples end after different numbers of steps");
        }
    }

    /// <summary>
    /// All states as [steps, directions, batch, units] or [batch, steps, directions, units], and the last as [directions, batch, units] or
    /// [batch, directions, units].
    /// </summary>
    private static void Give(NodeTranslation node, ImportedLayer layer, bool isBatchFirst, int length, int directions, int units)
    {
        int width = directions * units;
        Axis step = new(length, width);
        Axis direction = new(directions, units);
        Axis unit = new(units, 1);
        Axis[][] all = isBatchFirst ? [[Axis.Batch], [step], [direction], [unit]] : [[step], [direction], [Axis.Batch], [unit]];
        Axis[][] last = isBatchFirst ? [[Axis.Batch], [direction], [unit]] : [[direction], [Axis.Batch], [unit]];

        node.Give(layer, new View(all));
        node.Give(1, new NetworkValue(node.Layer(ImportedLayer.LastStep, [width], layer), new(last), IsOnlyUse: true));
    }
}
