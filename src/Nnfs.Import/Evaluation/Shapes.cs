namespace Nnfs.Import.Evaluation;

/// <summary>Operators that keep the elements and their order.</summary>
internal static class Shapes
{
    /// <summary>The lengths of the dimensions, or of those from <c>start</c> to before <c>end</c>.</summary>
    public static TensorValue Shape(OperatorCall call)
    {
        TensorValue x = call.Input(0);
        int start = Bound(call.Integer("start", 0), x.Rank);
        int end = Bound(call.Integer("end", x.Rank), x.Rank);
        long[] lengths = Array.ConvertAll(x.Shape[Math.Min(start, end)..end].ToArray(), static length => (long)length);

        return TensorValue.OfIntegers(lengths, lengths.Length);
    }

    /// <summary>The number of elements.</summary>
    public static TensorValue Size(OperatorCall call) => TensorValue.OfIntegers([call.Input(0).Count]);

    /// <summary>A new shape, in which 0 keeps a length and −1 is what is left.</summary>
    public static TensorValue Reshape(OperatorCall call)
    {
        TensorValue x = call.Input(0);
        long[] lengths = call.WholeInput(1).Integers.ToArray();
        bool keepsZeros = call.Integer("allowzero", 0) != 0;

        for (int axis = 0; axis < lengths.Length; axis++)
        {
            if (lengths[axis] == 0 && !keepsZeros)
            {
                lengths[axis] = axis < x.Rank ? x.Shape[axis] : throw call.Fault($"length {axis} is to stay, but the input is {x}");
            }
        }

        int open = Array.IndexOf(lengths, -1);

        if (open >= 0)
        {
            lengths[open] = 1;
            int known = Places.Count(call.Shape(lengths));
            lengths[open] = known > 0 ? x.Count / known : 0;
        }

        int[] shape = call.Shape(lengths);

        return Places.Count(shape) == x.Count ? x.WithShape(shape) : throw call.Fault($"{x} can't have the shape {OperatorCall.List(shape)}");
    }

    /// <summary>A matrix whose rows are the dimensions before an axis.</summary>
    public static TensorValue Flatten(OperatorCall call)
    {
        TensorValue x = call.Input(0);
        long axis = call.Integer("axis", 1);
        long split = axis < 0 ? axis + x.Rank : axis;

        if (split < 0 || split > x.Rank)
        {
            throw call.Fault($"axis {axis} is not one of the {x.Rank} dimensions");
        }

        return x.WithShape([Places.Count(x.Shape[..(int)split]), Places.Count(x.Shape[(int)split..])]);
    }

    /// <summary>The shape without dimensions of length 1: all, or those that are named.</summary>
    public static TensorValue Squeeze(OperatorCall call)
    {
        TensorValue x = call.Input(0);
        int[] lengths = [.. x.Shape];
        int[] axes = call.IntegersOf("axes", 1) is { } named
            ? call.Axes(named, x.Rank)
            : [.. Enumerable.Range(0, x.Rank).Where(axis => lengths[axis] == 1)];

        foreach (int axis in axes)
        {
            if (lengths[axis] != 1)
            {
                throw call.Fault($"dimension {axis} of {x} has not the length 1");
            }
        }

        return x.WithShape([.. lengths.Where((_, axis) => !axes.Contains(axis))]);
    }

    /// <summary>The shape with dimensions of length 1 at the axes that are named.</summary>
    public static TensorValue Unsqueeze(OperatorCall call)
    {
        TensorValue x = call.Input(0);
        long[] named = call.IntegersOf("axes", 1) ?? throw call.Fault("it has no axes");
        int[] axes = call.Axes(named, x.Rank + named.Length);
        Queue<int> lengths = new(x.Shape.ToArray());

        return x.WithShape([.. Enumerable.Range(0, x.Rank + axes.Length).Select(axis => axes.Contains(axis) ? 1 : lengths.Dequeue())]);
    }

    /// <summary>The input itself: graphs are computed as predictions, in which nothing is dropped, even where a model was written for its training.</summary>
    public static TensorValue[] Dropout(OperatorCall call)
    {
        TensorValue x = call.Input(0);

        if (!call.Gives(1))
        {
            return [x];
        }

        long[] mask = new long[x.Count];
        Array.Fill(mask, 1);

        return [x, TensorValue.OfBooleans(mask, [.. x.Shape])];
    }

    private static int Bound(long place, int rank) => (int)Math.Clamp(place < 0 ? place + rank : place, 0, rank);
}
