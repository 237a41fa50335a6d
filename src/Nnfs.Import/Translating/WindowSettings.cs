using Nnfs.Import.Onnx;

namespace Nnfs.Import.Translating;

/// <summary>How a window moves over the dimensions of an image or sequence, and how many zeros there are before and after the values of each.</summary>
/// <param name="Kernel">The values that the window takes, for each dimension.</param>
/// <param name="Stride">How far it moves.</param>
/// <param name="Dilation">The distance between its values.</param>
/// <param name="Before">The zeros before the first value.</param>
/// <param name="After">The zeros after the last value, as many of them as a window reaches.</param>
/// <param name="Places">Where it stops.</param>
internal sealed record WindowSettings(int[] Kernel, int Stride, int Dilation, int[] Before, int[] After, int[] Places)
{
    /// <summary>Whether there are no zeros.</summary>
    public bool IsValid => Array.TrueForAll(Before, static zeros => zeros == 0) && Array.TrueForAll(After, static zeros => zeros == 0);

    /// <summary>The settings of a node.</summary>
    /// <param name="node">The node.</param>
    /// <param name="image">The sizes of the dimensions that the window moves over.</param>
    /// <param name="kernel">The values that it takes of each.</param>
    public static WindowSettings Of(OnnxNode node, int[] image, int[] kernel)
    {
        int stride = OfAll(node, "strides", image.Length);
        int dilation = OfAll(node, "dilations", image.Length);
        long[] pads = node.Integers("pads") ?? new long[2 * image.Length];
        string automatic = node.Text("auto_pad", "NOTSET");
        bool roundsUp = node.Integer("ceil_mode", 0) != 0;

        if (pads.Length != 2 * image.Length || Array.Exists(pads, static zeros => zeros is < 0 or > short.MaxValue))
        {
            throw new RefusedNodeException($"its pads [{string.Join(", ", pads)}] don't fit {image.Length} dimensions");
        }

        int[] before = new int[image.Length];
        int[] after = new int[image.Length];
        int[] places = new int[image.Length];

        for (int i = 0; i < image.Length; i++)
        {
            long span = WindowSize.Span(kernel[i], dilation);
            (before[i], int end) = automatic switch
            {
                "SAME_UPPER" => WindowSize.Padding(image[i], kernel[i], stride, dilation, isPadded: true, isCausal: false),
                "SAME_LOWER" => Swapped(WindowSize.Padding(image[i], kernel[i], stride, dilation, isPadded: true, isCausal: false)),
                "VALID" => (0, 0),
                _ => ((int)pads[i], (int)pads[image.Length + i]),
            };

            long room = image[i] + before[i] + end - span;

            if (room < 0)
            {
                throw new RefusedNodeException($"its window of {span} does not fit into {image[i]} values");
            }

            places[i] = (int)((room + (roundsUp ? stride - 1 : 0)) / stride) + 1;

            // A window that would begin after the values is left out.
            if (roundsUp && (places[i] - 1) * (long)stride >= image[i] + before[i])
            {
                places[i]--;
            }

            after[i] = (int)Math.Max(0, ((places[i] - 1L) * stride) + span - image[i] - before[i]);
        }

        return new(kernel, stride, dilation, before, after, places);
    }

    /// <summary>The setting of a layer that has the same zeros; null where none has, and they are a layer of their own.</summary>
    /// <param name="image">The sizes of the dimensions that the window moves over.</param>
    /// <param name="mayBeCausal">Whether the layer may have all its zeros before the first value.</param>
    public string? Padding(int[] image, bool mayBeCausal)
    {
        if (IsValid)
        {
            return nameof(Nnfs.Padding.Valid);
        }

        return Fits(isCausal: false) ? nameof(Nnfs.Padding.Same)
            : mayBeCausal && image.Length == 1 && Fits(isCausal: true) ? nameof(Nnfs.Padding.Causal)
            : null;

        bool Fits(bool isCausal) => Enumerable.Range(0, image.Length).All(i =>
            (Before[i], After[i]) == WindowSize.Padding(image[i], Kernel[i], Stride, Dilation, isPadded: !isCausal, isCausal)
            && Places[i] == WindowSize.Places(image[i], Kernel[i], Stride, Dilation, isPadded: true));
    }

    /// <summary>A setting that is one number for all dimensions.</summary>
    public static int OfAll(OnnxNode node, string attribute, int rank)
    {
        long[] values = node.Integers(attribute) ?? [];

        return values.Length == 0 ? 1
            : values.Length == rank && values[0] is > 0 and <= short.MaxValue && Array.TrueForAll(values, value => value == values[0]) ? (int)values[0]
            : throw new RefusedNodeException($"its {attribute} are [{string.Join(", ", values)}]; a layer has one for all dimensions");
    }

    private static (int Before, int After) Swapped((int Before, int After) zeros) => (zeros.After, zeros.Before);
}
