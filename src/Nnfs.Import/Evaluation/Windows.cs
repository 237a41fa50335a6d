namespace Nnfs.Import.Evaluation;

/// <summary>
/// The windows that convolutions and pools move over an image of any number of dimensions: where each stops, and which elements it covers there.
/// </summary>
internal sealed class Windows
{
    private const int MostCovered = 1 << 25;

    private readonly int[] _image;
    private readonly int[] _kernel;
    private readonly long[] _strides;
    private readonly long[] _dilations;
    private readonly long[] _begins;
    private readonly long[] _ends;

    private Windows(int[] image, int[] kernel, long[] strides, long[] dilations, long[] begins, long[] ends, int[] stops)
    {
        _image = image;
        _kernel = kernel;
        _strides = strides;
        _dilations = dilations;
        _begins = begins;
        _ends = ends;
        Stops = stops;
    }

    /// <summary>How many places there are in each dimension.</summary>
    public int[] Stops { get; }

    /// <summary>The windows of a node with the usual attributes, over an image of that size.</summary>
    public static Windows Of(OperatorCall call, int[] image, int[] kernel)
    {
        int rank = image.Length;
        long[] strides = Setting(call, "strides", rank);
        long[] dilations = Setting(call, "dilations", rank);
        long[] pads = Pads(call, rank);
        string padding = call.Text("auto_pad", "NOTSET");
        bool roundsUp = call.Integer("ceil_mode", 0) != 0;
        long[] stops = new long[rank];

        for (int axis = 0; axis < rank; axis++)
        {
            long covered = checked(((kernel[axis] - 1) * dilations[axis]) + 1);

            if (padding is "SAME_UPPER" or "SAME_LOWER")
            {
                stops[axis] = (image[axis] + strides[axis] - 1) / strides[axis];
                long total = Math.Max(0, ((stops[axis] - 1) * strides[axis]) + covered - image[axis]);
                pads[axis] = padding == "SAME_UPPER" ? total / 2 : total - (total / 2);
                pads[axis + rank] = total - pads[axis];
            }
            else if (padding is "NOTSET" or "VALID")
            {
                long room = checked(image[axis] + pads[axis] + pads[axis + rank] - covered);

                if (room < 0)
                {
                    throw call.Fault($"a window of {covered} does not fit into the {image[axis] + pads[axis] + pads[axis + rank]} of dimension {axis + 2}");
                }

                stops[axis] = ((room + (roundsUp ? strides[axis] - 1 : 0)) / strides[axis]) + 1;

                // A last window that would begin in the padding at the end is left out.
                if (roundsUp && (stops[axis] - 1) * strides[axis] >= image[axis] + pads[axis])
                {
                    stops[axis]--;
                }
            }
            else
            {
                throw call.Fault($"the padding '{padding}' is not known");
            }
        }

        return new(image, kernel, strides, dilations, pads[..rank], pads[rank..], call.Shape(stops));
    }

    /// <summary>The windows of a transposed convolution: over the image that it gives, so that they stop once for each element that it reads.</summary>
    public static Windows OfTransposed(OperatorCall call, int[] stops, int[] kernel)
    {
        int rank = stops.Length;
        long[] strides = Setting(call, "strides", rank);
        long[] dilations = Setting(call, "dilations", rank);
        long[] pads = Pads(call, rank);
        long[] extra = Setting(call, "output_padding", rank, least: 0);
        long[]? sizes = call.Integers("output_shape");
        string padding = call.Text("auto_pad", "NOTSET");
        long[] image = new long[rank];

        for (int axis = 0; axis < rank; axis++)
        {
            long full = checked(((stops[axis] - 1) * strides[axis]) + extra[axis] + ((kernel[axis] - 1) * dilations[axis]) + 1);
            bool isSame = padding is "SAME_UPPER" or "SAME_LOWER";

            if (sizes is not null || isSame)
            {
                long size = sizes?[axis + sizes.Length - rank] ?? (stops[axis] * strides[axis]);
                long total = Math.Max(0, full - size);
                pads[axis] = padding == "SAME_UPPER" ? total / 2 : total - (total / 2);
                pads[axis + rank] = total - pads[axis];
                image[axis] = size;
            }
            else
            {
                image[axis] = padding is "NOTSET" or "VALID"
                    ? full - pads[axis] - pads[axis + rank]
                    : throw call.Fault($"the padding '{padding}' is not known");
            }
        }

        return new(call.Shape(image), kernel, strides, dilations, pads[..rank], pads[rank..], stops);
    }

    /// <summary>The size of the image.</summary>
    public int[] Image => _image;

    /// <summary>For each place, in row-major order, what the window covers there: the place in the kernel and that in the image.</summary>
    public (int Kernel, int Image)[][] Covered()
    {
        int[] imageStrides = Places.Strides(_image);
        (int count, int kernel) = Counts();
        (int, int)[][] covered = new (int, int)[count][];

        for (int stop = 0; stop < count; stop++)
        {
            List<(int, int)> elements = [];

            for (int k = 0; k < kernel; k++)
            {
                long place = 0;
                bool isInside = true;

                for (int axis = 0; axis < _image.Length; axis++)
                {
                    long index = Index(axis, stop, k);
                    isInside &= index >= 0 && index < _image[axis];
                    place += index * imageStrides[axis];
                }

                if (isInside)
                {
                    elements.Add((k, (int)place));
                }
            }

            covered[stop] = [.. elements];
        }

        return covered;
    }

    /// <summary>For each place, how many elements the window covers there, with those of the padding that the node has asked for.</summary>
    public int[] CoveredWithPadding()
    {
        (int count, int kernel) = Counts();
        int[] counts = new int[count];

        for (int stop = 0; stop < counts.Length; stop++)
        {
            for (int k = 0; k < kernel; k++)
            {
                bool isInside = true;

                for (int axis = 0; axis < _image.Length; axis++)
                {
                    long index = Index(axis, stop, k);
                    isInside &= index >= -_begins[axis] && index < _image[axis] + _ends[axis];
                }

                counts[stop] += isInside ? 1 : 0;
            }
        }

        return counts;
    }

    /// <summary>The number of places, and that of the elements that the window covers at each.</summary>
    private (int Stops, int Kernel) Counts()
    {
        (int stops, int kernel) = (Places.Count(Stops), Places.Count(_kernel));

        return (long)stops * kernel <= MostCovered
            ? (stops, kernel)
            : throw new InvalidOperationException($"{stops} windows of {kernel} elements are too many.");
    }

    /// <summary>The index in the image of an element of the kernel where the window stops.</summary>
    private long Index(int axis, int stop, int kernel) =>
        (Along(Stops, axis, stop) * _strides[axis]) - _begins[axis] + (Along(_kernel, axis, kernel) * _dilations[axis]);

    /// <summary>The index along a dimension of the element at a place.</summary>
    private static long Along(int[] shape, int axis, int place) => place / Places.Count(shape.AsSpan(axis + 1)) % shape[axis];

    private static long[] Setting(OperatorCall call, string name, int rank, long least = 1)
    {
        long[] values = call.Integers(name) ?? [.. Enumerable.Repeat(least, rank)];

        return values.Length == rank && values.All(value => value >= least && value <= int.MaxValue)
            ? values
            : throw call.Fault($"'{name}' is {OperatorCall.List(values)} for {rank} dimensions");
    }

    private static long[] Pads(OperatorCall call, int rank)
    {
        long[] pads = call.Integers("pads") ?? new long[2 * rank];

        return pads.Length == 2 * rank && pads.All(static pad => pad is >= 0 and <= int.MaxValue)
            ? pads
            : throw call.Fault($"'pads' is {OperatorCall.List(pads)} for {rank} dimensions");
    }
}
