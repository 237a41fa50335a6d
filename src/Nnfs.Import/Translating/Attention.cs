using Nnfs.Import.Evaluation;

namespace Nnfs.Import.Translating;

/// <summary>
/// Attention, which models have as products of what three dense layers give. Its parts are followed by the way in which they lie in memory, and become one
/// layer where its dense layer of the outputs comes.
/// </summary>
internal static class Attention
{
    /// <summary>The kind of products of queries and keys, [heads, steps, steps].</summary>
    public const string Scores = "AttentionScores";

    /// <summary>The kind of what a softmax makes of them.</summary>
    public const string Shares = "AttentionShares";

    /// <summary>The kind of the values that are taken by those shares, [steps, features].</summary>
    public const string Taken = "AttentionTaken";

    /// <summary>What takes a share of nothing.</summary>
    private const double LeastMask = -1e4;

    /// <summary>Whether a layer is only a part of an attention.</summary>
    public static bool IsPart(ImportedLayer layer) => layer.Kind is Scores or Shares or Taken;

    /// <summary>The product of two values of the network, if it is one of an attention.</summary>
    public static void MatMul(NodeTranslation node)
    {
        if (node.Network(0).Layer.Kind == Shares)
        {
            Take(node);
        }
        else
        {
            Compare(node);
        }
    }

    /// <summary>Puts −∞, of which a softmax makes nothing, in the place of scores that a mask keeps out.</summary>
    public static void Where(NodeTranslation node)
    {
        int network = node.IsNetwork(2) ? 2 : 1;

        if (node.IsNetwork(0) || node.IsNetwork(3 - network))
        {
            throw NodeTranslation.Refuse("it chooses between values; only masks of attention can be expressed");
        }

        double[] masks = node.Constant(3 - network).ToReals();

        if (masks is not [<= LeastMask] || node.Network(network).Layer.Kind != Scores)
        {
            throw NodeTranslation.Refuse("it chooses between values; only masks of attention can be expressed");
        }

        TensorValue condition = node.Constant(0);
        double[] terms = [.. condition.ToReals().Select(value => value != 0 == (network == 2) ? double.NegativeInfinity : 0)];
        node.Give(0, Sums.WithConstant(node.Network(network), scale: null, TensorValue.OfReals(terms, [.. condition.Shape]), isOnlyUse: false));
    }

    /// <summary>What the softmax of scores makes; null for any other value.</summary>
    public static void Softmax(NodeTranslation node)
    {
        NetworkValue value = node.Network(0);
        ImportedLayer scores = value.Layer;
        int steps = scores.Shape[1];
        long axis = node.Node.Integer("axis", node.OperatorSet >= 13 ? -1 : 1);

        if (value.View.Find(axis) != value.View.Rank - 1 || !value.View.IsLike(LikeScores(value.View, scores)))
        {
            throw NodeTranslation.Refuse("it does not go over the steps of an attention's keys");
        }

        Affine constants = value.Pending ?? new([.. Enumerable.Repeat(1.0, scores.Count)], new double[scores.Count]);
        double scale = constants.Scale[0];

        if (Array.Exists(constants.Scale, factor => factor != scale))
        {
            throw NodeTranslation.Refuse("the scores of its attention are multiplied by different constants");
        }

        bool isCausal = constants.Shift.Where((_, i) => IsLater(i)).All(static shift => shift <= LeastMask) && steps > 1;

        if (constants.Shift.Where((_, i) => !isCausal || !IsLater(i)).Any(static shift => shift != 0))
        {
            throw NodeTranslation.Refuse("the mask of its attention is neither none nor one of all later steps");
        }

        ImportedLayer shares = node.Layer(Shares, scores.Shape, scores);
        shares.Settings.Add(("Scale", scale.ToString("R", CultureInfo.InvariantCulture)));
        shares.Settings.Add(("Causal", isCausal ? "true" : "false"));
        node.Give(shares, value.View);

        bool IsLater(int place) => place % steps > place / steps % steps;
    }

    /// <summary>The layer of an attention, which ends with a dense layer of the outputs.</summary>
    /// <param name="node">The node of the product.</param>
    /// <param name="value">What is taken.</param>
    /// <param name="weights">The weights of the outputs [features, features].</param>
    public static NetworkValue Layer(NodeTranslation node, NetworkValue value, double[] weights)
    {
        ImportedLayer shares = value.Layer.Sources[0];
        ImportedLayer[] products = [shares.Sources[0].Sources[0], shares.Sources[0].Sources[1], value.Layer.Sources[1]];
        int[] shape = value.Layer.Shape;
        int features = shape[1];
        int heads = shares.Shape[0];
        double scale = double.Parse(shares.Settings[0].Value, CultureInfo.InvariantCulture) * Math.Sqrt((double)features / heads);
        ImportedLayer source = products[0].Sources[0];

        if (products.Any(product => product.Sources[0] != source) || weights.Length != features * features || value.Pending is not null)
        {
            throw NodeTranslation.Refuse("its queries, keys and values are not computed from one value, or its output has another number of features");
        }

        if (source.Count != shape[0] * shape[1] || source.Shape[^1] != features)
        {
            throw NodeTranslation.Refuse(
                $"its attention reads {string.Join(" × ", source.Shape)} and gives {string.Join(" × ", shape)}; a layer keeps the shape");
        }

        ImportedLayer layer = node.Layer("SelfAttention", shape, node.Shaped(source, shape));
        layer.Arguments.Add(Numbers.Text(heads));

        if (shares.Settings[1].Value == "true")
        {
            layer.Settings.Add(("Causal", "true"));
        }

        string[] names = ["query", "key", "value"];

        foreach (string tensor in (string[])["weights", "biases"])
        {
            for (int i = 0; i < names.Length; i++)
            {
                LayerTensor of = products[i].Tensor(tensor)!;

                // What the layer divides by is a part of the queries.
                layer.Tensors.Add(new($"{names[i]}_{tensor}", of.Shape, [.. of.Values.Select(weight => i == 0 ? scale * weight : weight)]));
            }

            layer.Tensors.Add(tensor == "weights"
                ? new("output_weights", [features, features], weights)
                : new("output_biases", [features], new double[features]));
        }

        return new(layer, value.View, IsOnlyUse: true);
    }

    private static void Compare(NodeTranslation node)
    {
        NetworkValue queries = OfDense(node, 0);
        NetworkValue keys = OfDense(node, 1);
        (int steps, int features) = Sizes(queries.Layer);
        int rank = queries.View.Rank;
        int heads = View.SizeOf(queries.View.AxesOf(Enumerable.Range(0, rank - 2)));

        View swapped = keys.View.Ordered([.. Enumerable.Range(0, rank - 2), rank - 1, rank - 2]);

        if (!keys.Layer.Shape.AsSpan().SequenceEqual(queries.Layer.Shape) || !IsByHeads(queries.View, steps, features, heads) || !swapped.IsLike(queries.View))
        {
            throw Unknown();
        }

        ImportedLayer scores = node.Layer(Scores, [heads, steps, steps], queries.Layer, keys.Layer);
        node.Give(scores, LikeScores(queries.View, scores));
    }

    private static void Take(NodeTranslation node)
    {
        NetworkValue shares = node.Network(0);
        NetworkValue values = OfDense(node, 1);
        int heads = shares.Layer.Shape[0];
        (int steps, int features) = Sizes(values.Layer);

        if (shares.Pending is not null || shares.Layer.Shape[1] != steps || !shares.View.IsLike(LikeScores(shares.View, shares.Layer))
            || values.View.Rank != shares.View.Rank || !IsByHeads(values.View, steps, features, heads))
        {
            throw Unknown();
        }

        node.Give(node.Layer(Taken, [steps, features], shares.Layer, values.Layer), values.View);
    }

    /// <summary>Whether a value is [batch · heads, steps, features of a head], with any number of dimensions for the first.</summary>
    private static bool IsByHeads(View view, int steps, int features, int heads)
    {
        int own = features / heads;
        Axis[] leading = View.Joined(view.AxesOf(Enumerable.Range(0, view.Rank - 2)));

        return own * heads == features
            && leading.AsSpan().SequenceEqual(View.Joined([Axis.Batch, new(heads, own)]))
            && view[view.Rank - 2].SequenceEqual(View.Joined([new(steps, features)]))
            && view[view.Rank - 1].SequenceEqual(View.Joined([new(own, 1)]));
    }

    /// <summary>How scores lie in memory whose tensor has the first dimensions of a view.</summary>
    private static View LikeScores(View view, ImportedLayer scores)
    {
        int steps = scores.Shape[1];

        return new([.. Enumerable.Range(0, view.Rank - 2).Select(i => view[i].Select(axis => axis.IsBatch ? axis : new(axis.Size, steps * steps))),
            [new Axis(steps, steps)], [new Axis(steps, 1)]]);
    }

    /// <summary>The steps and features of what a layer gives; the pixels of an image are steps.</summary>
    private static (int Steps, int Features) Sizes(ImportedLayer layer) => (layer.Count / layer.Shape[^1], layer.Shape[^1]);

    private static NetworkValue OfDense(NodeTranslation node, int input)
    {
        NetworkValue value = node.Network(input);

        // A constant factor of all queries or keys is a part of their weights.
        if (value is { Pending: { } pending, Layer.Kind: "Dense" } && pending.OfColumns(value.Layer.Shape[^1]) is not null)
        {
            ImportedLayer copy = node.Layer("Dense", value.Layer.Shape, value.Layer.Sources);
            copy.Tensors.AddRange(value.Layer.Tensors.Select(static tensor => tensor with { Values = [.. tensor.Values] }));
            Weights.TryTake(copy, pending);
            value = value with { Layer = copy, Pending = null };
        }

        return value is { Pending: null, Layer: { Kind: "Dense", Shape.Length: >= 2 }, View.Rank: >= 3 } ? value : throw Unknown();
    }

    private static RefusedNodeException Unknown() =>
        NodeTranslation.Refuse("both factors are computed from the network's inputs, and they are no queries, keys and values of an attention");
}
