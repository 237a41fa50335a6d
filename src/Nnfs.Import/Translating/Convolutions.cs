using Nnfs.Import.Evaluation;

namespace Nnfs.Import.Translating;

/// <summary>Convolutions of images and sequences.</summary>
internal static class Convolutions
{
    /// <summary>A convolution; one of each channel by itself where there are as many groups and filters as channels.</summary>
    public static void Conv(NodeTranslation node)
    {
        Windows.PutChannelsLast(node);
        NetworkValue value = node.Network(0);
        int[] image = Windows.Sizes(value.View);
        int channels = value.View.SizeOf(1);
        TensorValue kernel = node.Constant(1);
        int groups = (int)Math.Clamp(node.Node.Integer("group", 1), 0, int.MaxValue);

        if (kernel.Rank != image.Length + 2 || groups < 1 || kernel.Shape[1] * (long)groups != channels || kernel.Shape[0] % groups != 0)
        {
            throw NodeTranslation.Refuse($"its weights of [{Views.Text(kernel)}] in {groups} groups don't fit {channels} channels");
        }

        int filters = kernel.Shape[0];
        int own = kernel.Shape[1];
        int[] window = kernel.Shape[2..].ToArray();
        int taps = window.Aggregate(1, static (count, size) => count * size);
        WindowSettings settings = WindowSettings.Of(node.Node, image, window);
        double[] weights = [.. kernel.ToReals()];
        double[]? biases = Biases(node, filters);

        if (value.Pending?.OfColumns(channels) is { } pending && (pending.IsScaleOnly || settings.IsValid))
        {
            biases = TakeIn(pending, weights, biases, filters, own, taps, groups);
            value = value with { Pending = null };
        }

        bool isDepthwise = groups == channels && filters == channels && channels > 1;
        string? padding = settings.Padding(image, mayBeCausal: true);
        ImportedLayer source = node.Shaped(value, [.. image, channels]);

        if (padding is null)
        {
            source = Windows.Padded(node, source, settings.Before, settings.After);
        }

        ImportedLayer layer = node.Layer($"{(isDepthwise ? "Depthwise" : "")}Conv{image.Length}D", [.. settings.Places, filters], source);
        AddArguments(layer, isDepthwise ? null : filters, settings, padding);

        if (groups > 1 && !isDepthwise)
        {
            layer.Settings.Add(("Groups", Numbers.Text(groups)));
        }

        layer.Tensors.Add(isDepthwise
            ? new("weights", [.. window, channels], Ordered(weights, taps, (tap, column) => (column * taps) + tap))
            : new("weights", [.. window, own, filters], Ordered(weights, taps * own, (row, filter) => (((filter * own) + (row % own)) * taps) + (row / own))));
        AddBiases(layer, biases);
        node.Give(layer, Windows.ChannelsFirst(layer.Shape));
    }

    /// <summary>A transposed convolution. Where its zeros are not those of a layer, its window is made larger by zeros, so that they become those.</summary>
    public static void ConvTranspose(NodeTranslation node)
    {
        Windows.PutChannelsLast(node);
        NetworkValue value = node.Network(0);
        int[] image = Windows.Sizes(value.View);
        int channels = value.View.SizeOf(1);
        TensorValue kernel = node.Constant(1);

        if (image.Length != 2 || kernel.Rank != 4 || kernel.Shape[0] != channels || node.Node.Integer("group", 1) != 1)
        {
            throw NodeTranslation.Refuse("transposed convolutions can only be expressed for images, in one group");
        }

        int filters = kernel.Shape[1];
        int[] window = kernel.Shape[2..].ToArray();
        int stride = WindowSettings.OfAll(node.Node, "strides", 2);
        int dilation = WindowSettings.OfAll(node.Node, "dilations", 2);
        long[] pads = node.Node.Integers("pads") ?? [0, 0, 0, 0];
        long[] further = node.Node.Integers("output_padding") ?? [0, 0];
        string automatic = node.Node.Text("auto_pad", "NOTSET");

        if (pads.Length != 4 || further.Length != 2 || node.Node.Has("output_shape") || automatic == "SAME_LOWER")
        {
            throw NodeTranslation.Refuse("its pads or the shape of its output are stated in a way that has no counterpart");
        }

        int[] larger = [.. window];
        bool isValid = automatic == "VALID" || (automatic == "NOTSET" && pads.Concat(further).All(static zeros => zeros == 0));

        if (automatic == "NOTSET" && !isValid)
        {
            for (int i = 0; i < 2; i++)
            {
                long reach = ((image[i] - 1L) * stride) + WindowSize.Span(window[i], dilation);
                long cut = reach - (pads[i] + pads[2 + i] - further[i]);

                // Half of what is beyond is left out before, rounded down: a larger window moves that up to what the model leaves out.
                long beyond = Math.Max(0, reach - ((long)image[i] * stride));
                long missing = Math.Max(0, (2 * pads[i]) - beyond);

                bool fits = cut == (long)image[i] * stride && (beyond + missing) / 2 == pads[i] && missing % dilation == 0 && missing <= short.MaxValue;

                if (!fits || (missing > 0 && reach < (long)image[i] * stride))
                {
                    throw NodeTranslation.Refuse(
                        $"its pads [{string.Join(", ", pads)}] leave an image of other sizes than those of a layer, which gives all that its windows reach, "
                        + "or an image the stride times as large");
                }

                larger[i] += (int)(missing / dilation);
            }
        }

        double[] weights = kernel.ToReals();
        double[] turned = new double[larger[0] * larger[1] * channels * filters];

        for (int i = 0; i < weights.Length; i++)
        {
            int column = i % window[1];
            int row = i / window[1] % window[0];
            int filter = i / (window[0] * window[1]) % filters;
            int channel = i / (window[0] * window[1] * filters);
            turned[(((((row * larger[1]) + column) * channels) + channel) * filters) + filter] = weights[i];
        }

        int[] places = isValid
            ? [.. image.Select((size, i) => checked(((size - 1) * stride) + (int)WindowSize.Span(window[i], dilation)))]
            : [.. image.Select(size => checked(size * stride))];
        ImportedLayer layer = node.Layer("ConvTranspose2D", [.. places, filters], node.Shaped(value, [.. image, channels]));
        AddArguments(layer, filters, new(larger, stride, dilation, [], [], []), isValid ? nameof(Padding.Valid) : nameof(Padding.Same));
        layer.Tensors.Add(new("weights", [.. larger, channels, filters], turned));
        AddBiases(layer, Biases(node, filters));
        node.Give(layer, Windows.ChannelsFirst(layer.Shape));
    }

    /// <summary>The arguments and settings of a layer with a window.</summary>
    private static void AddArguments(ImportedLayer layer, int? filters, WindowSettings settings, string? padding)
    {
        if (filters is { } count)
        {
            layer.Arguments.Add(Numbers.Text(count));
        }

        bool isSquare = settings.Kernel.Distinct().Count() == 1;
        layer.Arguments.AddRange((isSquare ? settings.Kernel[..1] : settings.Kernel).Select(Numbers.Text));

        if (settings.Stride > 1)
        {
            layer.Settings.Add(("Stride", Numbers.Text(settings.Stride)));
        }

        if (settings.Dilation > 1)
        {
            layer.Settings.Add(("Dilation", Numbers.Text(settings.Dilation)));
        }

        if (padding is nameof(Padding.Same) or nameof(Padding.Causal))
        {
            layer.Settings.Add(("Padding", $"Padding.{padding}"));
        }
    }

    private static double[]? Biases(NodeTranslation node, int filters)
    {
        double[]? biases = node.OptionalConstant(2)?.ToReals();

        return biases is null || biases.Length == filters
            ? (double[]?)biases?.Clone()
            : throw NodeTranslation.Refuse($"it has {biases.Length} biases for {filters} filters");
    }

    private static void AddBiases(ImportedLayer layer, double[]? biases)
    {
        if (biases is null)
        {
            layer.Settings.Add(("UseBias", "false"));
        }
        else
        {
            layer.Tensors.Add(new("biases", [biases.Length], [.. biases]));
        }
    }

    /// <summary>Values in another order: those of each row side by side.</summary>
    private static double[] Ordered(double[] values, int rows, Func<int, int, int> place)
    {
        double[] ordered = new double[values.Length];
        int columns = rows == 0 ? 0 : values.Length / rows;

        for (int i = 0; i < ordered.Length; i++)
        {
            ordered[i] = values[place(i / columns, i % columns)];
        }

        return ordered;
    }

    /// <summary>Takes constants of each channel into weights [filters, channels of a group, taps].</summary>
    private static double[]? TakeIn(Affine constants, double[] weights, double[]? biases, int filters, int own, int taps, int groups)
    {
        double[]? changed = constants.IsScaleOnly ? biases : biases ?? new double[filters];

        for (int i = 0; i < weights.Length; i++)
        {
            int filter = i / (own * taps);
            int channel = (filter / (filters / groups) * own) + (i / taps % own);

            if (!constants.IsScaleOnly)
            {
                changed![filter] += constants.Shift[channel] * weights[i];
            }

            weights[i] *= constants.Scale[channel];
        }

        return changed;
    }
}
