using Nnfs.Import.Evaluation;
using Nnfs.Import.Onnx;

namespace Nnfs.Import.Translating;

/// <summary>Operators that give the values that they read, with other dimensions.</summary>
internal static class Views
{
    /// <summary>The same.</summary>
    public static void Identity(NodeTranslation node) => node.GiveView(0, node.Network(0).View);

    /// <summary>The same as numbers of another type. Whole numbers are only given where indices arrive, which are whole anyway.</summary>
    public static void Cast(NodeTranslation node)
    {
        OnnxElementType type = (OnnxElementType)node.Node.Integer("to", 0);

        if (!OnnxElementTypes.IsFloat(type) && node.Network(0).Layer.Kind != ImportedLayer.Input)
        {
            throw NodeTranslation.Refuse($"it makes {OnnxElementTypes.NameOf(type)} of floats");
        }

        Identity(node);
    }

    /// <summary>The same where the shape stays; repeated values can't be expressed.</summary>
    public static void Expand(NodeTranslation node)
    {
        View view = node.Network(0).View;
        Size[] sizes = node.Sizes(1);
        int offset = view.Rank - sizes.Length;

        for (int i = 0; i < sizes.Length; i++)
        {
            bool isSame = i + offset >= 0
                && (sizes[i].Factor == 1 || (sizes[i].IsOfBatch && view.HasBatch(i + offset)) || sizes[i].Factor == view.SizeOf(i + offset));

            if (!isSame)
            {
                throw NodeTranslation.Refuse("it repeats values");
            }
        }

        Identity(node);
    }

    /// <summary>The dimensions in another order; reversed unless stated.</summary>
    public static void Transpose(NodeTranslation node)
    {
        View view = node.Network(0).View;
        long[] order = node.Node.Integers("perm") ?? [.. Enumerable.Range(0, view.Rank).Reverse().Select(static i => (long)i)];

        if (!order.Order().SequenceEqual(Enumerable.Range(0, view.Rank).Select(static i => (long)i)))
        {
            throw NodeTranslation.Refuse($"its order [{string.Join(", ", order)}] does not fit {view.Rank} dimensions");
        }

        node.GiveView(0, view.Ordered(order.Select(static i => (int)i)));
    }

    /// <summary>Two dimensions: those before an axis, and the others.</summary>
    public static void Flatten(NodeTranslation node)
    {
        View view = node.Network(0).View;
        long axis = node.Node.Integer("axis", 1);
        int first = (int)(axis < 0 ? axis + view.Rank : axis);

        if (first < 0 || first > view.Rank)
        {
            throw NodeTranslation.Refuse($"its axis {axis} does not fit {view.Rank} dimensions");
        }

        node.GiveView(0, new([view.AxesOf(Enumerable.Range(0, first)), view.AxesOf(Enumerable.Range(first, view.Rank - first))]));
    }

    /// <summary>Other dimensions.</summary>
    public static void Reshape(NodeTranslation node)
    {
        View view = node.Network(0).View;
        Size[] sizes = node.Node.Integers("shape") is { } stated ? [.. stated.Select(static size => new Size(size, false))] : node.Sizes(1);

        if (node.Node.Integer("allowzero", 0) == 0)
        {
            for (int i = 0; i < sizes.Length; i++)
            {
                if (sizes[i] is { Factor: 0 } && i < view.Rank)
                {
                    sizes[i] = new(view.SizeOf(i), view.HasBatch(i));
                }
            }
        }

        node.GiveView(0, Reshaping.To(view, sizes, node.FixedBatch)
            ?? throw NodeTranslation.Refuse($"it makes [{string.Join(", ", sizes)}] of {Text(view)}, which mixes samples or does not fit"));
    }

    /// <summary>Without dimensions of one value.</summary>
    public static void Squeeze(NodeTranslation node)
    {
        View view = node.Network(0).View;
        int[] dimensions = node.Integers("axes", 1) is { } axes
            ? [.. axes.Select(view.Find)]
            : [.. Enumerable.Range(0, view.Rank).Where(i => view[i].Count == 0)];

        if (Array.Find(dimensions, i => i < 0 || view[i].Count > 0) is var wrong && Array.Exists(dimensions, i => i < 0 || view[i].Count > 0))
        {
            throw NodeTranslation.Refuse(wrong >= 0 && view.HasBatch(wrong)
                ? "it takes away the dimension of the samples"
                : $"it takes a dimension away that {Text(view)} does not have, or that has more than one value");
        }

        node.GiveView(0, view.Without(dimensions));
    }

    /// <summary>With further dimensions of one value.</summary>
    public static void Unsqueeze(NodeTranslation node)
    {
        View view = node.Network(0).View;
        long[] axes = node.Integers("axes", 1) ?? throw NodeTranslation.Refuse("it does not say which dimensions it adds");
        int rank = view.Rank + axes.Length;
        HashSet<long> added = [.. axes.Select(axis => axis < 0 ? axis + rank : axis)];

        if (added.Count < axes.Length || added.Any(axis => axis < 0 || axis >= rank))
        {
            throw NodeTranslation.Refuse($"the dimensions [{string.Join(", ", axes)}] can't be added to {Text(view)}");
        }

        int next = 0;
        node.GiveView(0, new(Enumerable.Range(0, rank).Select(i => added.Contains(i) ? [] : view[next++]).ToArray()));
    }

    /// <summary>The dimensions as messages have them.</summary>
    public static string Text(View view) => $"[{string.Join(", ", Enumerable.Range(0, view.Rank).Select(i => new Size(view.SizeOf(i), view.HasBatch(i))))}]";

    /// <summary>The dimensions of a constant as messages have them.</summary>
    public static string Text(TensorValue constant) => string.Join(", ", constant.Shape.ToArray());

    /// <summary>The values of a constant for each value of a sample, in the order of the layer; null where its dimensions don't fit.</summary>
    public static double[]? InOrder(TensorValue constant, View view)
    {
        int offset = view.Rank - constant.Rank;

        if (offset < 0)
        {
            return null;
        }

        int[] strides = Places.Strides(constant.Shape);
        List<int> sizes = [];
        List<int> ofConstant = [];
        List<int> ofLayer = [];

        for (int i = 0; i < view.Rank; i++)
        {
            int length = i < offset ? 1 : constant.Shape[i - offset];

            if (length != 1 && (view.HasBatch(i) || length != view.SizeOf(i)))
            {
                return null;
            }

            int stride = length == 1 ? 0 : strides[i - offset];

            for (int a = view[i].Count - 1; a >= 0; a--)
            {
                Axis axis = view[i][a];

                if (!axis.IsBatch)
                {
                    sizes.Add(axis.Size);
                    ofConstant.Add(stride);
                    ofLayer.Add(axis.Stride);
                    stride *= axis.Size;
                }
            }
        }

        int[] from = Places.Of(sizes.ToArray(), ofConstant.ToArray());
        int[] to = Places.Of(sizes.ToArray(), ofLayer.ToArray());
        double[] constants = constant.ToReals();
        double[] values = new double[view.Count];

        for (int i = 0; i < to.Length; i++)
        {
            values[to[i]] = constants[from[i]];
        }

        return values;
    }

    /// <summary>Where the values along some axes lie, in the order of the model's tensor.</summary>
    public static int[] PlacesOf(IReadOnlyList<Axis> axes) =>
        Places.Of(axes.Select(static axis => axis.Size).ToArray(), axes.Select(static axis => axis.Stride).ToArray());
}
