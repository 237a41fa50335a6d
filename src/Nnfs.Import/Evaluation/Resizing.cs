namespace Nnfs.Import.Evaluation;

/// <summary>Images in another size, made of the nearest elements.</summary>
internal static class Resizing
{
    /// <summary>The input in another size, by factors or to lengths, in the two forms that the operator has had.</summary>
    public static TensorValue Resize(OperatorCall call)
    {
        TensorValue x = call.Input(0);

        if (call.Opset < 11)
        {
            return Enlarged(call, x, call.RealInput(1).ToReals());
        }

        int[] axes = call.Integers("axes") is { } named ? call.Axes(named, x.Rank) : [.. Enumerable.Range(0, x.Rank)];
        double[] scales = [.. Enumerable.Repeat(1.0, x.Rank)];
        long[] lengths = Array.ConvertAll(x.Shape.ToArray(), static length => (long)length);

        if (call.Optional(3) is { Count: > 0 } sizes)
        {
            if (sizes.Count != axes.Length || call.Text("keep_aspect_ratio_policy", "stretch") != "stretch")
            {
                throw call.Fault($"the {sizes.Count} sizes are not those of {axes.Length} dimensions, or are to keep the ratio of the sides");
            }

            for (int i = 0; i < axes.Length; i++)
            {
                lengths[axes[i]] = sizes.Integers[i];
                scales[axes[i]] = (double)sizes.Integers[i] / x.Shape[axes[i]];
            }
        }
        else
        {
            double[] factors = call.RealInput(2).ToReals();

            if (factors.Length != axes.Length)
            {
                throw call.Fault($"there are {factors.Length} factors for {axes.Length} dimensions");
            }

            for (int i = 0; i < axes.Length; i++)
            {
                scales[axes[i]] = factors[i];
                lengths[axes[i]] = Scaled(call, x.Shape[axes[i]], factors[i]);
            }
        }

        return Nearest(
            call,
            x,
            call.Shape(lengths),
            scales,
            call.Text("coordinate_transformation_mode", "half_pixel"),
            call.Text("nearest_mode", "round_prefer_floor"));
    }

    /// <summary>The form that the operator had before it was called Resize.</summary>
    public static TensorValue Upsample(OperatorCall call) =>
        Enlarged(call, call.Input(0), call.Optional(1) is null ? call.Reals("scales") ?? throw call.Fault("it has no scales") : call.RealInput(1).ToReals());

    private static TensorValue Enlarged(OperatorCall call, TensorValue x, double[] scales)
    {
        if (scales.Length != x.Rank)
        {
            throw call.Fault($"there are {scales.Length} factors for {x.Rank} dimensions");
        }

        long[] lengths = [.. scales.Select((scale, axis) => Scaled(call, x.Shape[axis], scale))];

        return Nearest(call, x, call.Shape(lengths), scales, "asymmetric", "floor");
    }

    private static long Scaled(OperatorCall call, int length, double scale) =>
        scale is > 0 and < int.MaxValue ? (long)Math.Floor(length * scale) : throw call.Fault($"{scale} is no factor of a size");

    private static TensorValue Nearest(OperatorCall call, TensorValue x, int[] shape, double[] scales, string coordinates, string rounding)
    {
        if (call.Text("mode", "nearest") is not "nearest" and string mode)
        {
            throw call.Fault($"the mode '{mode}' is not known, only 'nearest'");
        }

        if (x.Count == 0)
        {
            throw call.Fault("an empty image has no nearest elements");
        }

        int[][] indices = new int[x.Rank][];

        for (int axis = 0; axis < x.Rank; axis++)
        {
            int length = x.Shape[axis];
            indices[axis] = new int[shape[axis]];

            for (int i = 0; i < shape[axis]; i++)
            {
                double place = scales[axis] == 1 ? i : Place(call, coordinates, i, length, shape[axis], scales[axis]);
                indices[axis][i] = (int)Math.Clamp(Rounded(call, rounding, place), 0, length - 1);
            }
        }

        return x.Select(shape, Places.Of(x.Shape, indices));
    }

    private static double Place(OperatorCall call, string coordinates, int i, int length, int resized, double scale) => coordinates switch
    {
        "half_pixel" => ((i + 0.5) / scale) - 0.5,
        "half_pixel_symmetric" => (length / 2.0 * (1 - (resized / (scale * length)))) + ((i + 0.5) / scale) - 0.5,
        "pytorch_half_pixel" => resized > 1 ? ((i + 0.5) / scale) - 0.5 : 0,
        "tf_half_pixel_for_nn" => (i + 0.5) / scale,
        "align_corners" => resized == 1 ? 0 : i * (length - 1.0) / (resized - 1),
        "asymmetric" => i / scale,
        _ => throw call.Fault($"the coordinates '{coordinates}' are not known"),
    };

    private static double Rounded(OperatorCall call, string rounding, double place) => rounding switch
    {
        "round_prefer_floor" => Math.Ceiling(place - 0.5),
        "round_prefer_ceil" => Math.Floor(place + 0.5),
        "floor" => Math.Floor(place),
        "ceil" => Math.Ceiling(place),
        _ => throw call.Fault($"the rounding '{rounding}' is not known"),
    };
}
