using Nnfs.Import.Evaluation;

namespace Nnfs.Import.Translating;

/// <summary>Sums and products, value by value: with a constant, which a layer before or after takes in, or of values of the network, which are joins.</summary>
internal static class Sums
{
    private const int MostValues = 1 << 26;

    /// <summary>A + B.</summary>
    public static void Add(NodeTranslation node)
    {
        if (BothAreNetwork(node))
        {
            Joins.Join(node, "Add", node.Network(0), node.Network(1));
        }
        else
        {
            (int network, int constant) = Sides(node);
            TensorValue terms = node.Constant(constant);
            NetworkValue value = node.Network(network);

            // A row for each step is what a layer of its own adds.
            if (Places(node, value, terms) is { } places)
            {
                node.Give(places, value.View);
            }
            else
            {
                Give(node, network, scale: null, terms);
            }
        }
    }

    /// <summary>A − B.</summary>
    public static void Sub(NodeTranslation node)
    {
        if (BothAreNetwork(node))
        {
            NetworkValue negated = WithConstant(node.Network(1), TensorValue.OfReals([-1.0]), shift: null, node.IsOnlyUse(1));
            Joins.Join(node, "Add", node.Network(0), negated);
        }
        else if (node.IsNetwork(0))
        {
            TensorValue constant = node.Constant(1);
            Give(node, 0, scale: null, TensorValue.OfReals([.. constant.ToReals().Select(static value => -value)], [.. constant.Shape]));
        }
        else
        {
            Give(node, 1, TensorValue.OfReals([-1.0]), node.Constant(0));
        }
    }

    /// <summary>A · B.</summary>
    public static void Mul(NodeTranslation node)
    {
        if (BothAreNetwork(node))
        {
            Joins.Join(node, "Multiply", node.Network(0), node.Network(1));
        }
        else
        {
            (int network, int constant) = Sides(node);
            Give(node, network, node.Constant(constant), shift: null);
        }
    }

    /// <summary>A / B, of which B is a constant.</summary>
    public static void Div(NodeTranslation node)
    {
        if (node.IsNetwork(1))
        {
            throw NodeTranslation.Refuse("its divisor is computed from the network's inputs; only constants can be divided by");
        }

        TensorValue constant = node.Constant(1);
        Give(node, 0, TensorValue.OfReals([.. constant.ToReals().Select(static value => 1 / value)], [.. constant.Shape]), shift: null);
    }

    /// <summary>−A.</summary>
    public static void Neg(NodeTranslation node) => Give(node, 0, TensorValue.OfReals([-1.0]), shift: null);

    /// <summary>A to a power of 1 or 2.</summary>
    public static void Pow(NodeTranslation node)
    {
        double[] powers = node.Constant(1).ToReals();

        if (powers is [2])
        {
            Joins.Join(node, "Multiply", node.Network(0), node.Network(0));
        }
        else if (powers is [1])
        {
            Views.Identity(node);
        }
        else
        {
            throw NodeTranslation.Refuse("only squares can be expressed");
        }
    }

    /// <summary>The sum of any number of values of the network.</summary>
    public static void Sum(NodeTranslation node)
    {
        if (node.Node.Inputs.Count == 1)
        {
            Views.Identity(node);
        }
        else if (node.Node.Inputs.Count == 2)
        {
            Add(node);
        }
        else
        {
            Joins.Join(node, "Add", [.. Enumerable.Range(0, node.Node.Inputs.Count).Select(node.Network)]);
        }
    }

    /// <summary>
    /// A value multiplied by a constant, or with one added: in the layer that it comes from, if nothing else reads that, and otherwise in the next.
    /// </summary>
    public static NetworkValue WithConstant(NetworkValue value, TensorValue? scale, TensorValue? shift, bool isOnlyUse)
    {
        if (value.View.Count > MostValues)
        {
            throw NodeTranslation.Refuse($"it has a constant for samples of {value.View.Count} values; {MostValues} are the most");
        }

        double[] scales = scale is null ? Filled(value.View.Count, 1) : InOrder(scale, value.View);
        double[] shifts = shift is null ? new double[value.View.Count] : InOrder(shift, value.View);
        Affine affine = Affine.Then(value.Pending, new(scales, shifts));

        return isOnlyUse && Weights.TryTake(value.Layer, affine)
            ? value with { Pending = null, IsOnlyUse = true }
            : value with { Pending = affine, IsOnlyUse = isOnlyUse };
    }

    private static void Give(NodeTranslation node, int network, TensorValue? scale, TensorValue? shift) =>
        node.Give(0, WithConstant(node.Network(network), scale, shift, node.IsOnlyUse(network)));

    private static double[] InOrder(TensorValue constant, View view) => Views.InOrder(constant, view)
        ?? throw NodeTranslation.Refuse($"its constant of [{Views.Text(constant)}] does not fit {Views.Text(view)}");

    /// <summary>A layer that adds a row of its own at each step of a sequence, or at each pixel, where the constant is such rows.</summary>
    private static ImportedLayer? Places(NodeTranslation node, NetworkValue value, TensorValue terms)
    {
        int features = value.Layer.Shape[^1];
        int steps = value.Layer.Count / features;

        if (value.Pending is not null || steps == 1 || Views.InOrder(terms, value.View) is not { } rows)
        {
            return null;
        }

        if (new Affine(rows, rows).OfColumns(features) is not null)
        {
            return null;
        }

        ImportedLayer layer = node.Layer("PositionalEmbedding", [steps, features], node.Shaped(value, steps, features));
        layer.Tensors.Add(new("weights", [steps, features], rows));

        return layer;
    }

    private static bool BothAreNetwork(NodeTranslation node) => node.IsNetwork(0) && node.IsNetwork(1);

    private static (int Network, int Constant) Sides(NodeTranslation node) => node.IsNetwork(0) ? (0, 1) : (1, 0);

    private static double[] Filled(int count, double value)
    {
        double[] values = new double[count];
        Array.Fill(values, value);

        return values;
    }
}
