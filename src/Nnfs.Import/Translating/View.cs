namespace Nnfs.Import.Translating;

/// <summary>
/// How a tensor of the model lies in the values of a layer, which has its samples row by row and its channels last. Each dimension of the tensor is a list of
/// axes, the slowest first: none for a dimension of one value, several where dimensions were joined. What moves no values in memory but only names them anew,
/// such as a transposition or a reshape, changes nothing but the view.
/// </summary>
internal sealed class View
{
    private readonly Axis[][] _dimensions;

    /// <summary>A tensor with these dimensions.</summary>
    public View(IEnumerable<IEnumerable<Axis>> dimensions)
    {
        _dimensions = [.. dimensions.Select(static axes => Joined(axes))];
    }

    /// <summary>The number of dimensions.</summary>
    public int Rank => _dimensions.Length;

    /// <summary>The number of values of a sample.</summary>
    public int Count => _dimensions.SelectMany(static axes => axes).Where(static axis => !axis.IsBatch).Aggregate(1, static (count, axis) => count * axis.Size);

    /// <summary>The dimension that holds the samples and nothing else, or −1.</summary>
    public int BatchDimension => Array.FindIndex(_dimensions, static axes => axes is [{ IsBatch: true }]);

    /// <summary>The axes of a dimension.</summary>
    public IReadOnlyList<Axis> this[int dimension] => _dimensions[dimension];

    /// <summary>Samples of a shape, one after the other, whose dimensions the model has in this order.</summary>
    /// <param name="shape">The shape in the order of the layer.</param>
    /// <param name="order">For each dimension of the tensor that in the shape, or −1 for the samples.</param>
    public static View Of(IReadOnlyList<int> shape, IEnumerable<int> order)
    {
        int[] strides = new int[shape.Count];

        for (int i = shape.Count - 1, stride = 1; i >= 0; i--)
        {
            strides[i] = stride;
            stride *= shape[i];
        }

        return new(order.Select(i => (Axis[])[i < 0 ? Axis.Batch : new(shape[i], strides[i])]));
    }

    /// <summary>Samples of a shape, as [batch, …].</summary>
    public static View Of(IReadOnlyList<int> shape) => Of(shape, Enumerable.Range(-1, shape.Count + 1));

    /// <summary>Whether samples lie along a dimension.</summary>
    public bool HasBatch(int dimension) => _dimensions[dimension].Any(static axis => axis.IsBatch);

    /// <summary>The size of a dimension for a single sample.</summary>
    public int SizeOf(int dimension) => SizeOf(_dimensions[dimension]);

    /// <summary>The dimension that a number means, which counts from the last one where it is negative; −1 where there is none.</summary>
    public int Find(long dimension)
    {
        long index = dimension < 0 ? dimension + Rank : dimension;

        return index >= 0 && index < Rank ? (int)index : -1;
    }

    /// <summary>The dimensions in another order.</summary>
    public View Ordered(IEnumerable<int> order) => new(order.Select(i => _dimensions[i]));

    /// <summary>Without these dimensions, which must have one value.</summary>
    public View Without(IReadOnlyCollection<int> dimensions) => new(_dimensions.Where((_, i) => !dimensions.Contains(i)));

    /// <summary>With one dimension replaced.</summary>
    public View With(int dimension, params Axis[] axes) => new(_dimensions.Select((old, i) => i == dimension ? axes : old));

    /// <summary>All axes but that of the samples, the slowest of the tensor first.</summary>
    public Axis[] Axes() => Joined(_dimensions.SelectMany(static axes => axes).Where(static axis => !axis.IsBatch));

    /// <summary>The axes of some dimensions, one dimension after the other.</summary>
    public Axis[] AxesOf(params IEnumerable<int> dimensions) => [.. dimensions.SelectMany(i => _dimensions[i])];

    /// <summary>Whether the axes are the values of a sample in their order.</summary>
    public static bool AreInOrder(IEnumerable<Axis> axes) => Joined(axes) is [] or [{ Stride: 1 }];

    /// <summary>Whether the axes are the last so many values of each row, in whatever order.</summary>
    public static bool AreLast(IEnumerable<Axis> axes)
    {
        int stride = 1;

        foreach (Axis axis in axes.OrderBy(static axis => axis.Stride))
        {
            if (axis.IsBatch || axis.Stride != stride)
            {
                return false;
            }

            stride *= axis.Size;
        }

        return true;
    }

    /// <summary>The number of values along some axes.</summary>
    public static int SizeOf(IEnumerable<Axis> axes) => axes.Where(static axis => !axis.IsBatch).Aggregate(1, static (size, axis) => size * axis.Size);

    /// <summary>Whether two tensors lie alike in the values of their layers.</summary>
    public bool IsLike(View other) =>
        Rank == other.Rank && _dimensions.Zip(other._dimensions).All(static pair => pair.First.AsSpan().SequenceEqual(pair.Second));

    /// <summary>Axes without those of one value, and with neighbours as one where they are one in memory.</summary>
    public static Axis[] Joined(IEnumerable<Axis> axes)
    {
        List<Axis> joined = [];

        foreach (Axis axis in axes)
        {
            if (axis.Size == 1)
            {
                continue;
            }

            if (!axis.IsBatch && joined.Count > 0 && joined[^1] is { IsBatch: false } last && last.Stride == (long)axis.Stride * axis.Size)
            {
                joined[^1] = new(last.Size * axis.Size, axis.Stride);
            }
            else
            {
                joined.Add(axis);
            }
        }

        return [.. joined];
    }
}
