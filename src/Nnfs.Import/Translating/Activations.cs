using Nnfs.Import.Evaluation;

namespace Nnfs.Import.Translating;

/// <summary>Functions of each value, and softmax.</summary>
internal static class Activations
{
    private const float SeluAlpha = 1.67326319217681884765625f;
    private const float SeluGamma = 1.05070102214813232421875f;

    /// <summary>A layer that computes each value by itself.</summary>
    public static void Of(NodeTranslation node, string kind, params IEnumerable<string> arguments) => Give(node, node.Finished(0), kind, arguments);

    /// <summary>
    /// Bounds. A lower one of 0 is a ReLU. Any other is a ReLU, or between two of them a HardSigmoid, of values that constants were added to; what is around it
    /// takes them in.
    /// </summary>
    public static void Clip(NodeTranslation node)
    {
        double least = node.Node.Has("min") ? node.Node.Float("min", 0) : node.OptionalConstant(1)?.ToReals()[0] ?? double.NegativeInfinity;
        double greatest = node.Node.Has("max") ? node.Node.Float("max", 0) : node.OptionalConstant(2)?.ToReals()[0] ?? double.PositiveInfinity;
        bool hasLeast = least > float.MinValue;
        bool hasGreatest = greatest < float.MaxValue;
        double width = greatest - least;

        if (hasLeast && hasGreatest && width <= 0)
        {
            throw NodeTranslation.Refuse($"it keeps values from {Numbers.Text(least)} to {Numbers.Text(greatest)}, which is the same for all samples");
        }

        if (!hasLeast && !hasGreatest)
        {
            Views.Identity(node);
        }
        else if (hasLeast && hasGreatest)
        {
            Give(node, "HardSigmoid", 6 / width, -3 - (6 * least / width), width, least);
        }
        else if (hasLeast)
        {
            Give(node, "ReLU", 1, -least, 1, least);
        }
        else
        {
            Give(node, "ReLU", -1, greatest, -1, greatest);
        }
    }

    /// <summary>The greater of x and 0.</summary>
    public static void Max(NodeTranslation node)
    {
        int network = node.IsNetwork(0) ? 0 : 1;

        if (node.Node.Inputs.Count != 2 || node.IsNetwork(1 - network) || !node.IsZero(1 - network))
        {
            throw NodeTranslation.Refuse("only the maximum of values and 0 is a layer");
        }

        Give(node, node.Finished(network), "ReLU", []);
    }

    /// <summary>Sets some values to 0 in training, and none in predictions.</summary>
    public static void Dropout(NodeTranslation node)
    {
        double rate = node.Node.Has("ratio") ? node.Node.Float("ratio", 0.5f) : node.OptionalConstant(1)?.ToReals()[0] ?? 0.5;

        if (rate is > 0 and < 1 && node.Network(0) is { Pending: null })
        {
            Of(node, "Dropout", Numbers.Text(rate));
        }
        else
        {
            Views.Identity(node);
        }
    }

    /// <summary>x, or alpha · (eˣ − 1) where x is negative.</summary>
    public static void Elu(NodeTranslation node)
    {
        float alpha = node.Node.Float("alpha", 1);
        Of(node, "ELU", alpha == 1 ? [] : [Numbers.Text(alpha)]);
    }

    /// <summary>x · Φ(x).</summary>
    public static void Gelu(NodeTranslation node)
    {
        ImportedLayer layer = Give(node, node.Finished(0), "GELU", []);

        if (node.Node.Text("approximate", "none") == "tanh")
        {
            layer.Settings.Add(("Form", "GELUForm.Tanh"));
        }
    }

    /// <summary>min(1, max(0, alpha · x + beta)), which is the layer's x / 6 + 1 / 2 of another x.</summary>
    public static void HardSigmoid(NodeTranslation node)
    {
        double alpha = node.Node.Float("alpha", 0.2f);
        double beta = node.Node.Float("beta", 0.5f);
        NetworkValue value = node.Network(0);

        if (!Numbers.AreClose(6 * alpha, 1) || beta != 0.5)
        {
            value = Sums.WithConstant(value, TensorValue.OfReals([6 * alpha]), TensorValue.OfReals([6 * (beta - 0.5)]), node.IsOnlyUse(0));
        }

        Give(node, node.Finished(value), "HardSigmoid", []);
    }

    /// <summary>x, or alpha · x where x is negative.</summary>
    public static void LeakyRelu(NodeTranslation node)
    {
        float slope = node.Node.Float("alpha", 0.01f);
        Of(node, "LeakyReLU", slope == 0.01f ? [] : [Numbers.Text(slope)]);
    }

    /// <summary>x, or slope · x where x is negative, with one slope for all.</summary>
    public static void PRelu(NodeTranslation node)
    {
        double[] slopes = node.Constant(1).ToReals();

        if (slopes.Length == 0 || Array.Exists(slopes, slope => slope != slopes[0]))
        {
            throw NodeTranslation.Refuse("its slopes differ; a layer has one for all values");
        }

        Of(node, "LeakyReLU", slopes[0] == 0.01f ? [] : [Numbers.Text(slopes[0])]);
    }

    /// <summary>gamma · x, or gamma · alpha · (eˣ − 1) where x is negative, with the usual constants.</summary>
    public static void Selu(NodeTranslation node)
    {
        float alpha = node.Node.Float("alpha", SeluAlpha);
        float gamma = node.Node.Float("gamma", SeluGamma);

        if (!Numbers.AreClose(alpha, SeluAlpha) || !Numbers.AreClose(gamma, SeluGamma))
        {
            throw NodeTranslation.Refuse($"its alpha is {Numbers.Text(alpha)} and its gamma {Numbers.Text(gamma)}, which are not those of a SELU");
        }

        Of(node, "SELU");
    }

    /// <summary>x · σ(x).</summary>
    public static void Swish(NodeTranslation node) =>
        Of(node.Node.Float("alpha", 1) == 1 ? node : throw NodeTranslation.Refuse("its alpha is not 1"), "SiLU");

    /// <summary>Shares that add up to 1.</summary>
    public static void Softmax(NodeTranslation node)
    {
        if (node.Network(0).Layer.Kind == Attention.Scores)
        {
            Attention.Softmax(node);
        }
        else
        {
            OverLast(node, "Softmax");
        }
    }

    /// <summary>Their logarithms.</summary>
    public static void LogSoftmax(NodeTranslation node) => OverLast(node, ImportedLayer.LogSoftmax);

    private static void OverLast(NodeTranslation node, string kind)
    {
        NetworkValue value = node.Finished(0);
        View view = value.View;

        // Until version 13 it went over all dimensions from an axis on.
        bool isOfOne = node.OperatorSet >= 13;
        int axis = view.Find(node.Node.Integer("axis", isOfOne ? -1 : 1));

        if (axis < 0)
        {
            throw NodeTranslation.Refuse($"its axis {node.Node.Integer("axis", 1)} does not fit {view.Rank} dimensions");
        }

        Axis[] axes = view.AxesOf(Enumerable.Range(axis, isOfOne ? 1 : view.Rank - axis));
        ImportedLayer source = Norms.WithLast(node, value, axes, View.SizeOf(axes));
        node.Give(node.Layer(kind, source.Shape, source), view);
    }

    /// <summary>A layer of scaled and shifted values, which are scaled and shifted again.</summary>
    private static void Give(NodeTranslation node, string kind, double scale, double shift, double scaleAfter, double shiftAfter)
    {
        NetworkValue value = node.Network(0);

        if (scale != 1 || shift != 0)
        {
            value = Sums.WithConstant(value, TensorValue.OfReals([scale]), TensorValue.OfReals([shift]), node.IsOnlyUse(0));
        }

        ImportedLayer layer = Give(node, node.Finished(value), kind, []);

        if (scaleAfter != 1 || shiftAfter != 0)
        {
            NetworkValue given = new(layer, value.View, IsOnlyUse: true);
            node.Give(0, Sums.WithConstant(given, TensorValue.OfReals([scaleAfter]), TensorValue.OfReals([shiftAfter]), isOnlyUse: true));
        }
    }

    private static ImportedLayer Give(NodeTranslation node, NetworkValue value, string kind, IEnumerable<string> arguments)
    {
        ImportedLayer layer = node.Layer(kind, value.Layer.Shape, value.Layer);
        layer.Arguments.AddRange(arguments);
        node.Give(layer, value.View);

        return layer;
    }
}
