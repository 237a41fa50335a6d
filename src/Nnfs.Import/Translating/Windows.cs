namespace Nnfs.Import.Translating;

/// <summary>What layers of images and sequences have in common: where pixels and channels must lie, zeros around images, and images made larger.</summary>
internal static class Windows
{
    /// <summary>Layers that treat each value of a row like the others, or have weights for each: their values may be put into another order.</summary>
    private static readonly string[] s_byValue =
    [
        "ReLU", "LeakyReLU", "ELU", "SELU", "Sigmoid", "Tanh", "Linear", "GELU", "SiLU", "Softplus", "HardSigmoid", "HardSwish", "Dropout", "BatchNorm",
        "LayerNorm", "RMSNorm",
    ];

    /// <summary>The sizes of an image or sequence whose tensor is [batch, channels, …], and which lies pixel by pixel with the channels last.</summary>
    public static int[] Sizes(View view)
    {
        if (view.Rank is not (3 or 4) || view.BatchDimension != 0)
        {
            throw NodeTranslation.Refuse(
                $"it reads {Views.Text(view)}; it takes sequences and images, as [batch, channels, steps] and [batch, channels, height, width]");
        }

        int[] places = [.. Enumerable.Range(2, view.Rank - 2)];

        return View.AreInOrder(view.AxesOf([.. places, 1]))
            ? [.. places.Select(view.SizeOf)]
            : throw NodeTranslation.RefuseOrder("its values don't lie pixel by pixel with the channels last: a transposition or reshape before it moves them");
    }

    /// <summary>
    /// Where the first input of a node is an image or sequence with its channels first, which a dense layer gives, puts the neurons of that into the other
    /// order, so that the channels are the last.
    /// </summary>
    public static void PutChannelsLast(NodeTranslation node)
    {
        View view = node.Network(0).View;

        if (view.Rank is not (3 or 4) || view.BatchDimension != 0)
        {
            return;
        }

        int[] places = [.. Enumerable.Range(2, view.Rank - 2)];

        if (View.AreInOrder(view.AxesOf([.. places, 1])) || !View.AreInOrder(view.AxesOf([1, .. places])))
        {
            return;
        }

        int channels = view.SizeOf(1);
        int pixels = view.Count / channels;

        if (Reordered(node.Finished(0).Layer, [.. Enumerable.Range(0, view.Count).Select(i => (i % channels * pixels) + (i / channels))]) is { } layer)
        {
            int[] shape = [.. places.Select(view.SizeOf), channels];
            node.Replace(0, new(node.Shaped(layer, shape), ChannelsFirst(shape), IsOnlyUse: true));
        }
    }

    /// <summary>How the tensor [batch, channels, …] lies in a layer of this shape.</summary>
    public static View ChannelsFirst(int[] shape) => View.Of(shape, [-1, shape.Length - 1, .. Enumerable.Range(0, shape.Length - 1)]);

    /// <summary>A layer of zeros around the image that another layer gives.</summary>
    public static ImportedLayer Padded(NodeTranslation node, ImportedLayer source, int[] before, int[] after)
    {
        int[] shape = [.. source.Shape];

        for (int i = 0; i < before.Length; i++)
        {
            shape[i] += before[i] + after[i];
        }

        ImportedLayer layer = node.Layer(before.Length == 1 ? "ZeroPadding1D" : "ZeroPadding2D", shape, source);
        bool areBalanced = before.AsSpan().SequenceEqual(after);
        int[] arguments = areBalanced && before.Distinct().Count() == 1 ? [before[0]]
            : areBalanced ? before
            : [.. before.Zip(after).SelectMany(static zeros => (int[])[zeros.First, zeros.Second])];
        layer.Arguments.AddRange(arguments.Select(Numbers.Text));

        return layer;
    }

    /// <summary>Zeros around an image or before and after the steps of a sequence.</summary>
    public static void Pad(NodeTranslation node)
    {
        NetworkValue value = node.Finished(0);
        View view = value.View;
        long[] stated = node.Node.Integers("pads") ?? node.Node.Integers("paddings") ?? node.Integers("pads", 1) ?? [];
        long[] axes = node.OptionalConstant(3)?.Integers.ToArray() ?? [.. Enumerable.Range(0, view.Rank).Select(static i => (long)i)];

        if (node.Node.Text("mode", "constant") != "constant" || node.Node.Float("value", 0) != 0 || !node.IsZero(2))
        {
            throw NodeTranslation.Refuse("only zeros can be put around values");
        }

        if (stated.Length != 2 * axes.Length || Array.Exists(stated, static zeros => zeros is < 0 or > short.MaxValue))
        {
            throw NodeTranslation.Refuse($"its pads [{string.Join(", ", stated)}] are negative or don't fit {axes.Length} dimensions");
        }

        // For each dimension of the layer that is padded: which of the tensor it is.
        int[] shape = value.Layer.Shape;
        int[] before = new int[Math.Max(0, shape.Length - 1)];
        int[] after = new int[before.Length];
        int[] ofTensor = [.. Enumerable.Range(0, shape.Length).Select(_ => -1)];

        for (int i = 0; i < axes.Length; i++)
        {
            (int start, int end) = ((int)stated[i], (int)stated[axes.Length + i]);

            if (start + end == 0)
            {
                continue;
            }

            int dimension = view.Find(axes[i]);
            int place = dimension >= 0 && view[dimension] is [{ IsBatch: false } axis] ? PlaceOf(shape, axis) : -1;

            if (shape.Length is not (2 or 3) || place < 0 || place == shape.Length - 1)
            {
                throw NodeTranslation.Refuse("zeros can only be put around images and before and after the steps of sequences");
            }

            (before[place], after[place], ofTensor[place]) = (start, end, dimension);
        }

        if (Array.TrueForAll(before, static zeros => zeros == 0) && Array.TrueForAll(after, static zeros => zeros == 0))
        {
            Views.Identity(node);

            return;
        }

        ImportedLayer layer = Padded(node, value.Layer, before, after);
        View padded = View.Of(layer.Shape);
        node.Give(layer, new(Enumerable.Range(0, view.Rank).Select(d => view[d].Select(axis =>
            axis.IsBatch ? axis : Resized(axis, shape, layer.Shape)))));

        // An axis of the layer before is one of the layer after, with more values and further apart.
        static Axis Resized(Axis axis, int[] from, int[] to)
        {
            int place = PlaceOf(from, axis);
            int stride = to[(place + 1)..].Aggregate(1, static (product, size) => product * size);

            return place >= 0 ? new(to[place], stride) : throw NodeTranslation.Refuse("dimensions of what it reads are joined or divided");
        }
    }

    /// <summary>The nearest pixels of an image that becomes a whole number of times as high and wide.</summary>
    public static void Resize(NodeTranslation node)
    {
        PutChannelsLast(node);
        NetworkValue value = node.Finished(0);
        View view = value.View;
        int[] shape = value.Layer.Shape;
        double[] factors = Factors(node, view);
        string coordinates = node.Node.Text("coordinate_transformation_mode", node.Node.Operator == "Upsample" ? "asymmetric" : "half_pixel");
        string nearest = node.Node.Text("nearest_mode", node.Node.Operator == "Upsample" ? "floor" : "round_prefer_floor");

        if (node.Node.Text("mode", "nearest") != "nearest")
        {
            throw NodeTranslation.Refuse($"its mode is '{node.Node.Text("mode", "nearest")}'; only the nearest pixel can be taken");
        }

        // For whole factors these all take the pixel that covers the place.
        bool takesCovering = (coordinates, nearest) is ("asymmetric" or "tf_half_pixel_for_nn", "floor")
            or ("half_pixel" or "half_pixel_symmetric" or "pytorch_half_pixel", "round_prefer_floor" or "round_prefer_ceil");
        double factor = factors.Max();
        int whole = (int)factor;

        if (!takesCovering || whole != factor || whole < 1)
        {
            throw NodeTranslation.Refuse($"it takes pixels by '{coordinates}' and '{nearest}' with the factors [{string.Join(", ", factors)}]; "
                + "only whole factors can be expressed, where each pixel is repeated");
        }

        if (whole == 1)
        {
            Views.Identity(node);

            return;
        }

        bool isImage = shape.Length == 3 && Enumerable.Range(0, view.Rank).All(i =>
        {
            int place = view[i] is [{ IsBatch: false } axis] ? PlaceOf(shape, axis) : view[i] is [] ? shape.Length : -1;

            // A dimension of one pixel that is made larger has no axis to tell which it is.
            return view.HasBatch(i) ? factors[i] == 1 : place is 0 or 1 ? factors[i] == factor : place >= 2 && factors[i] == 1;
        });

        if (!isImage || shape[0] == 1 || shape[1] == 1)
        {
            throw NodeTranslation.Refuse("only images can be made larger, by one factor for height and width");
        }

        int[] larger = [checked(shape[0] * whole), checked(shape[1] * whole), shape[2]];
        ImportedLayer layer = node.Layer("Upsample2D", larger, value.Layer);
        layer.Arguments.Add(Numbers.Text(whole));
        View all = View.Of(larger);
        node.Give(layer, new(Enumerable.Range(0, view.Rank).Select(d => view[d].SelectMany(axis => axis.IsBatch ? [axis] : all[PlaceOf(shape, axis) + 1]))));
    }

    /// <summary>A dense layer with its neurons in another order, and what follows it value by value; null for other layers.</summary>
    private static ImportedLayer? Reordered(ImportedLayer layer, int[] order)
    {
        bool isDense = layer.Kind == "Dense";

        if (layer.Shape.Length != 1 || (!isDense && !s_byValue.Contains(layer.Kind)))
        {
            return null;
        }

        if ((isDense ? layer.Sources[0] : Reordered(layer.Sources[0], order)) is not { } source)
        {
            return null;
        }

        return new(layer.Kind, layer.Shape, source)
        {
            Arguments = layer.Arguments,
            Settings = layer.Settings,
            Tensors = [.. layer.Tensors.Select(Turned)],
            Origin = layer.Origin,
            OriginOperator = layer.OriginOperator,
        };

        LayerTensor Turned(LayerTensor tensor) => tensor with
        {
            Values = [.. Enumerable.Range(0, tensor.Values.Length).Select(i => tensor.Values[i - (i % order.Length) + order[i % order.Length]])],
        };
    }

    /// <summary>The dimension of a shape that an axis is, or −1.</summary>
    private static int PlaceOf(int[] shape, Axis axis)
    {
        int stride = 1;

        for (int i = shape.Length - 1; i >= 0; i--)
        {
            if (shape[i] > 1 && axis == new Axis(shape[i], stride))
            {
                return i;
            }

            stride *= shape[i];
        }

        return -1;
    }

    private static double[] Factors(NodeTranslation node, View view)
    {
        // Version 10 and Upsample have the scales as input 1; from 11 on there are a region, the scales and the sizes.
        if (node.Node.Floats("scales") is { Length: > 0 } attribute && attribute.Length == view.Rank)
        {
            return [.. attribute.Select(static factor => (double)factor)];
        }

        int scales = node.OperatorSet < 11 || node.Node.Operator == "Upsample" ? 1 : 2;

        if (node.Node.HasInput(scales) && node.Constant(scales) is { Count: > 0 } factors && factors.Count == view.Rank)
        {
            return factors.ToReals();
        }

        if (node.Node.HasInput(3) && node.Sizes(3) is var sizes && sizes.Length == view.Rank)
        {
            return [.. sizes.Select((size, i) => view.HasBatch(i) ? 1 : (double)size.Factor / view.SizeOf(i))];
        }

        throw NodeTranslation.Refuse("it states neither factors nor sizes for all dimensions");
    }
}
