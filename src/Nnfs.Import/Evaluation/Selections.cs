namespace Nnfs.Import.Evaluation;

/// <summary>Operators whose outputs consist of elements of their inputs.</summary>
internal static class Selections
{
    /// <summary>The dimensions in another order: the reverse unless one is given.</summary>
    public static TensorValue Transpose(OperatorCall call)
    {
        TensorValue x = call.Input(0);
        int[] order = call.Integers("perm") is { } given
            ? call.Axes(given, x.Rank)
            : [.. Enumerable.Range(0, x.Rank).Reverse()];

        return order.Length == x.Rank ? Transpose(x, order) : throw call.Fault($"the order {OperatorCall.List(order)} is not one of {x.Rank} dimensions");
    }

    /// <summary>The dimensions in another order.</summary>
    public static TensorValue Transpose(TensorValue x, int[] order)
    {
        int[] strides = Places.Strides(x.Shape);
        int[] lengths = [.. x.Shape];
        int[] shape = Array.ConvertAll(order, axis => lengths[axis]);

        return x.Select(shape, Places.Of(shape, Array.ConvertAll(order, axis => strides[axis])));
    }

    /// <summary>Matrices with zeros on one side of a diagonal.</summary>
    public static TensorValue Trilu(OperatorCall call)
    {
        TensorValue x = call.Input(0);
        int[] shape = call.Shape(x.Shape);

        if (x.Rank < 2)
        {
            throw call.Fault($"input 0 must hold matrices, but is {x}");
        }

        double diagonal = call.Optional(1) is null ? 0 : call.Number(1);
        bool isUpper = call.Integer("upper", 1) != 0;
        (int rows, int columns) = (shape[^2], shape[^1]);

        return x.Select(shape, [.. Enumerable.Range(0, x.Count).Select(i => IsKept((i % columns) - (i / columns % rows)) ? i : -1)]);

        bool IsKept(int place) => isUpper ? place >= diagonal : place <= diagonal;
    }

    /// <summary>The inputs one after another along an axis.</summary>
    public static TensorValue Concat(OperatorCall call)
    {
        TensorValue[] parts = call.AllInputs();
        TensorValue first = parts.Length > 0 ? parts[0] : throw call.Fault("it has no inputs");
        int axis = call.Axis(call.Has("axis") ? call.Integer("axis", 0) : throw call.Fault("it has no axis"), first.Rank);
        long[] shape = Array.ConvertAll(first.Shape.ToArray(), static length => (long)length);
        shape[axis] = 0;

        foreach (TensorValue part in parts)
        {
            bool fits = part.Kind == first.Kind && part.Rank == first.Rank && part.Shape[..axis].SequenceEqual(first.Shape[..axis])
                && part.Shape[(axis + 1)..].SequenceEqual(first.Shape[(axis + 1)..]);
            shape[axis] += fits ? part.Shape[axis] : throw call.Fault($"{part} can't follow {first} along axis {axis}");
        }

        int[] joined = call.Shape(shape);
        int outer = Places.Count(first.Shape[..axis]);

        return first.Kind == TensorKind.Real
            ? TensorValue.OfReals(Join(outer, Array.ConvertAll(parts, static part => part.Reals.ToArray())), joined)
            : TensorValue.OfWhole(first.Kind, Join(outer, Array.ConvertAll(parts, static part => part.Integers.ToArray())), joined);
    }

    /// <summary>Parts of the input along an axis.</summary>
    public static TensorValue[] Split(OperatorCall call)
    {
        TensorValue x = call.Input(0);
        int axis = call.Axis(call.Integer("axis", 0), x.Rank);
        int length = x.Shape[axis];
        int count = call.OutputCount;

        if (count == 0 || call.Integer("num_outputs", count) != count)
        {
            throw call.Fault($"it has {count} outputs, not the {call.Integer("num_outputs", 1)} of its setting");
        }

        int part = (length + count - 1) / count;
        long[] lengths = call.IntegersOf("split", 1) ?? [.. Enumerable.Range(0, count).Select(i => (long)Math.Clamp(length - (i * part), 0, part))];

        if (lengths.Any(static own => own < 0) || lengths.Sum() != length)
        {
            throw call.Fault($"parts of {OperatorCall.List(lengths)} are not the {length} of axis {axis}");
        }

        List<TensorValue> parts = [];
        int start = 0;

        foreach (long own in lengths)
        {
            int[] indices = [.. Enumerable.Range(start, (int)own)];
            parts.Add(Pick(x, axis, indices));
            start += indices.Length;
        }

        return [.. parts];
    }

    /// <summary>The elements from a start to before an end, in steps.</summary>
    public static TensorValue Slice(OperatorCall call)
    {
        TensorValue x = call.Input(0);
        long[] starts = call.IntegersOf("starts", 1) ?? throw call.Fault("it has no starts");
        long[] ends = call.IntegersOf("ends", 2) ?? throw call.Fault("it has no ends");
        int[] axes = call.Axes(call.IntegersOf("axes", 3) ?? [.. Enumerable.Range(0, starts.Length).Select(static axis => (long)axis)], x.Rank);
        long[] steps = call.IntegersOf("steps", 4) ?? [.. starts.Select(static _ => 1L)];

        if (ends.Length != starts.Length || axes.Length != starts.Length || steps.Length != starts.Length)
        {
            throw call.Fault($"it has {starts.Length} starts, {ends.Length} ends, {axes.Length} axes and {steps.Length} steps");
        }

        int[][] indices = AllIndices(x);

        for (int i = 0; i < axes.Length; i++)
        {
            indices[axes[i]] = SliceIndices(call, x.Shape[axes[i]], starts[i], ends[i], steps[i]);
        }

        return Pick(call, x, indices);
    }

    /// <summary>The rows of the input that the indices name, along an axis.</summary>
    public static TensorValue Gather(OperatorCall call)
    {
        TensorValue x = call.Input(0);
        TensorValue indices = call.WholeInput(1);
        int axis = call.Axis(call.Integer("axis", 0), x.Rank);
        int length = x.Shape[axis];
        int[] places = new int[indices.Count];

        for (int i = 0; i < places.Length; i++)
        {
            long index = indices.Integers[i];
            places[i] = index >= -length && index < length
                ? (int)(index < 0 ? index + length : index)
                : throw call.Fault($"index {index} is not one of the {length} of axis {axis}");
        }

        int[] shape = call.Shape([.. x.Shape[..axis], .. indices.Shape, .. x.Shape[(axis + 1)..]]);

        return Pick(x, axis, places).WithShape(shape);
    }

    /// <summary>The input repeated along dimensions of length 1.</summary>
    public static TensorValue Expand(OperatorCall call)
    {
        TensorValue x = call.Input(0);
        int[] lengths = call.Shape(call.WholeInput(1).Integers);
        int[] shape = call.BroadcastShape(x, TensorValue.OfIntegers(new long[Places.Count(lengths)], lengths));

        return x.Select(shape, Places.Broadcast(x.Shape, shape));
    }

    /// <summary>The input several times along each dimension.</summary>
    public static TensorValue Tile(OperatorCall call)
    {
        TensorValue x = call.Input(0);
        long[] repeats = call.WholeInput(1).Integers.ToArray();

        if (repeats.Length != x.Rank)
        {
            throw call.Fault($"it has {repeats.Length} counts for the {x.Rank} dimensions");
        }

        int[] shape = call.Shape([.. Enumerable.Range(0, x.Rank).Select(axis => checked(repeats[axis] * x.Shape[axis]))]);

        return Pick(call, x, [.. shape.Select((length, axis) => Enumerable.Range(0, length).Select(i => i % x.Shape[axis]).ToArray())]);
    }

    /// <summary>The input with more elements around it, or with fewer where a count is negative.</summary>
    public static TensorValue Pad(OperatorCall call)
    {
        TensorValue x = call.Input(0);
        long[] pads = call.IntegersOf("pads", 1) ?? throw call.Fault("it has no pads");
        int[] axes = call.Optional(3) is null
            ? [.. Enumerable.Range(0, x.Rank)]
            : call.Axes(call.WholeInput(3).Integers.ToArray(), x.Rank);
        string mode = call.Text("mode", "constant");

        if (pads.Length != 2 * axes.Length)
        {
            throw call.Fault($"it has {pads.Length} pads for {axes.Length} dimensions");
        }

        long[] lengths = Array.ConvertAll(x.Shape.ToArray(), static length => (long)length);

        for (int i = 0; i < axes.Length; i++)
        {
            lengths[axes[i]] = checked(lengths[axes[i]] + pads[i] + pads[i + axes.Length]);
        }

        // Whether the output is too large is known before anything is made of its size.
        int[] shape = call.Shape(lengths);
        int[][] indices = AllIndices(x);

        for (int i = 0; i < axes.Length; i++)
        {
            int length = x.Shape[axes[i]];
            long before = pads[i];
            indices[axes[i]] = [.. Enumerable.Range(0, shape[axes[i]]).Select(place => PaddedIndex(call, mode, place - before, length))];
        }

        return x.Select(shape, Places.Of(x.Shape, indices), Fill(call, x));
    }

    /// <summary>The elements whose index along an axis is one of a list.</summary>
    public static TensorValue Pick(TensorValue x, int axis, int[] indices)
    {
        int[][] all = AllIndices(x);
        all[axis] = indices;

        return x.Select([.. all.Select(static along => along.Length)], Places.Of(x.Shape, all));
    }

    /// <summary>The elements whose index along each axis is one of a list.</summary>
    public static TensorValue Pick(OperatorCall call, TensorValue x, int[][] indices) =>
        x.Select(call.Shape([.. indices.Select(static along => (long)along.Length)]), Places.Of(x.Shape, indices));

    /// <summary>Every index of each dimension.</summary>
    public static int[][] AllIndices(TensorValue x) => Array.ConvertAll(x.Shape.ToArray(), static length => Enumerable.Range(0, length).ToArray());

    private static TensorValue? Fill(OperatorCall call, TensorValue x)
    {
        TensorValue? fill = call.Optional(2);

        if (fill is null)
        {
            double value = call.Real("value", 0);

            return x.Kind == TensorKind.Real ? TensorValue.OfReals([value]) : null;
        }

        return fill.Kind == x.Kind && fill.Count == 1 ? fill : throw call.Fault($"input 2 must be one number of the kind of {x}, but is {fill}");
    }

    private static int PaddedIndex(OperatorCall call, string mode, long index, int length)
    {
        bool isInside = index >= 0 && index < length;

        if (!isInside && mode != "constant" && length == 0)
        {
            throw call.Fault("an empty dimension has nothing to repeat");
        }

        return mode switch
        {
            _ when isInside => (int)index,
            "constant" => -1,
            "edge" => (int)Math.Clamp(index, 0, length - 1),
            "wrap" => (int)(((index % length) + length) % length),
            "reflect" => (int)Reflected(index, length),
            _ => throw call.Fault($"the mode '{mode}' is not known"),
        };
    }

    /// <summary>The index mirrored at the first and the last element, which are not repeated.</summary>
    private static long Reflected(long index, int length)
    {
        long period = Math.Max(1, 2 * (length - 1L));
        long place = ((index % period) + period) % period;

        return place < length ? place : period - place;
    }

    private static int[] SliceIndices(OperatorCall call, int length, long start, long end, long step)
    {
        if (step == 0)
        {
            throw call.Fault("a slice has a step of 0");
        }

        // A step backwards may start at the last element and end before the first.
        (long least, long most) = step > 0 ? (0L, length) : (-1L, length - 1L);
        long first = Math.Clamp(start < 0 ? start + length : start, Math.Min(Math.Max(least, 0), most), most);
        long beyond = Math.Clamp(end < 0 ? end + length : end, least, most);
        List<int> indices = [];

        for (long i = first; step > 0 ? i < beyond : i > beyond; i += step)
        {
            indices.Add((int)i);

            if (step > length || step < -length)
            {
                break;
            }
        }

        return [.. indices];
    }

    private static T[] Join<T>(int outer, T[][] parts)
    {
        List<T> joined = new(parts.Sum(static part => part.Length));

        for (int i = 0; i < outer; i++)
        {
            foreach (T[] part in parts)
            {
                int length = part.Length / outer;
                joined.AddRange(part.AsSpan(i * length, length));
            }
        }

        return [.. joined];
    }
}
