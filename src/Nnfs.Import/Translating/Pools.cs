namespace Nnfs.Import.Translating;

/// <summary>The greatest value or the mean of windows, of whole images, or along dimensions.</summary>
internal static class Pools
{
    /// <summary>Layers that give no negative value: zeros around them change no maximum.</summary>
    private static readonly string[] s_nonNegative = ["ReLU", "Sigmoid", "HardSigmoid", "Softplus", "Softmax"];

    /// <summary>The mean of windows.</summary>
    public static void AveragePool(NodeTranslation node) => Pool(node, "AveragePool");

    /// <summary>The greatest value of windows.</summary>
    public static void MaxPool(NodeTranslation node) => Pool(node, "MaxPool");

    /// <summary>The mean of each channel.</summary>
    public static void GlobalAveragePool(NodeTranslation node) => Global(node, "GlobalAveragePool");

    /// <summary>The greatest value of each channel.</summary>
    public static void GlobalMaxPool(NodeTranslation node) => Global(node, "GlobalMaxPool");

    /// <summary>The greatest value along dimensions.</summary>
    public static void ReduceMax(NodeTranslation node) => Reduce(node, "GlobalMaxPool");

    /// <summary>The mean along dimensions.</summary>
    public static void ReduceMean(NodeTranslation node) => Reduce(node, "GlobalAveragePool");

    /// <summary>The sum along dimensions: so many times the mean.</summary>
    public static void ReduceSum(NodeTranslation node)
    {
        int before = node.Network(0).View.Count;
        NetworkValue mean = Reduced(node, "GlobalAveragePool");
        double values = (double)before / mean.View.Count;
        node.Give(0, values == 1 ? mean : Sums.WithConstant(mean, Evaluation.TensorValue.OfReals([values]), shift: null, isOnlyUse: true));
    }

    private static void Global(NodeTranslation node, string kind)
    {
        View view = node.Network(0).View;
        node.Give(0, Along(node, kind, [.. Enumerable.Range(2, Math.Max(0, view.Rank - 2))], keepsDimensions: true));
    }

    private static void Reduce(NodeTranslation node, string kind) => node.Give(0, Reduced(node, kind));

    private static NetworkValue Reduced(NodeTranslation node, string kind)
    {
        View view = node.Network(0).View;
        long[] axes = node.Integers("axes", 1) ?? [];

        if (axes.Length == 0)
        {
            throw NodeTranslation.Refuse("it goes over all dimensions, the samples too");
        }

        int[] dimensions = [.. axes.Select(view.Find).Distinct()];

        return Array.Exists(dimensions, static dimension => dimension < 0)
            ? throw NodeTranslation.Refuse($"its axes [{string.Join(", ", axes)}] don't fit {view.Rank} dimensions")
            : Along(node, kind, dimensions, node.Node.Integer("keepdims", 1) != 0);
    }

    private static NetworkValue Along(NodeTranslation node, string kind, int[] dimensions, bool keepsDimensions)
    {
        NetworkValue value = node.Finished(0);
        View view = value.View;

        if (dimensions.Any(view.HasBatch))
        {
            throw NodeTranslation.Refuse("it goes over the samples");
        }

        Axis[] kept = [.. view.AxesOf(Enumerable.Range(0, view.Rank).Except(dimensions)).Where(static axis => !axis.IsBatch)];
        int channels = View.SizeOf(kept);
        IEnumerable<IEnumerable<Axis>> left = Enumerable.Range(0, view.Rank)
            .Where(i => keepsDimensions || !dimensions.Contains(i))
            .Select(i => dimensions.Contains(i) ? (IEnumerable<Axis>)[] : view[i]);

        if (channels == view.Count)
        {
            return value with { View = new(left), IsOnlyUse = node.IsOnlyUse(0) };
        }

        if (!View.AreLast(kept))
        {
            throw NodeTranslation.Refuse("only means and maxima of each channel over all steps or pixels can be expressed");
        }

        int[] declared = value.Layer.Shape;
        int[] shape = declared.Length is 2 or 3 && declared[^1] == channels ? declared : [view.Count / channels, channels];

        return new(node.Layer(kind, [channels], node.Shaped(value, shape)), new(left), IsOnlyUse: true);
    }

    private static void Pool(NodeTranslation node, string kind)
    {
        Windows.PutChannelsLast(node);
        NetworkValue value = node.Finished(0);
        int[] image = Windows.Sizes(value.View);
        int channels = value.View.SizeOf(1);
        long[] stated = node.Node.Integers("kernel_shape") ?? [];

        if (stated.Length != image.Length || Array.Exists(stated, static size => size is < 1 or > short.MaxValue))
        {
            throw NodeTranslation.Refuse($"its window [{string.Join(", ", stated)}] does not fit {image.Length} dimensions");
        }

        int[] window = Array.ConvertAll(stated, static size => (int)size);
        WindowSettings settings = WindowSettings.Of(node.Node, image, window);

        if (window.AsSpan().SequenceEqual(image) && settings.IsValid)
        {
            Global(node, $"Global{kind}");

            return;
        }

        if (settings.Dilation > 1 || window.Distinct().Count() > 1)
        {
            throw NodeTranslation.Refuse($"its window [{string.Join(", ", stated)}] has gaps or is no square");
        }

        ImportedLayer source = node.Shaped(value, [.. image, channels]);
        bool countsZeros = kind == "AveragePool" && node.Node.Integer("count_include_pad", 0) != 0;
        string? padding = settings.Padding(image, mayBeCausal: false);

        if (padding is null || (countsZeros && !settings.IsValid))
        {
            if (kind == "AveragePool" ? !countsZeros || node.Node.Integer("ceil_mode", 0) != 0 : !s_nonNegative.Contains(value.Layer.Kind))
            {
                string effect = kind == "AveragePool" ? "count" : "be a maximum";

                throw NodeTranslation.Refuse($"its pads are neither none nor those of Padding.Same, and zeros around the image would {effect}");
            }

            source = Windows.Padded(node, source, settings.Before, settings.After);
            padding = nameof(Padding.Valid);
        }

        ImportedLayer layer = node.Layer($"{kind}{image.Length}D", [.. settings.Places, channels], source);
        layer.Arguments.Add(Numbers.Text(window[0]));

        if (settings.Stride != window[0])
        {
            layer.Settings.Add(("Stride", Numbers.Text(settings.Stride)));
        }

        if (padding == nameof(Padding.Same))
        {
            layer.Settings.Add(("Padding", "Padding.Same"));
        }

        node.Give(layer, Windows.ChannelsFirst(layer.Shape));
    }
}
