namespace Nnfs.Import.Evaluation;

/// <summary>Where the elements of a tensor are in memory.</summary>
internal static class Places
{
    /// <summary>The number of elements of a shape.</summary>
    /// <exception cref="OverflowException">They are more than an array can have.</exception>
    public static int Count(ReadOnlySpan<int> shape)
    {
        int count = 1;

        foreach (int length in shape)
        {
            count = checked(count * length);
        }

        return count;
    }

    /// <summary>How far apart neighbours are in each dimension of a row-major tensor.</summary>
    public static int[] Strides(ReadOnlySpan<int> shape)
    {
        int[] strides = new int[shape.Length];
        int stride = 1;

        for (int axis = shape.Length - 1; axis >= 0; axis--)
        {
            strides[axis] = stride;
            stride *= shape[axis];
        }

        return strides;
    }

    /// <summary>The places of all elements of a shape, in row-major order: the start, and for each dimension its index times its stride.</summary>
    public static int[] Of(ReadOnlySpan<int> shape, ReadOnlySpan<int> strides, int start = 0)
    {
        int[] places = [start];

        for (int axis = 0; axis < shape.Length; axis++)
        {
            int length = shape[axis];
            int[] finer = new int[places.Length * length];

            for (int i = 0; i < finer.Length; i++)
            {
                finer[i] = places[i / length] + (i % length * strides[axis]);
            }

            places = finer;
        }

        return places;
    }

    /// <summary>
    /// The places of the elements of a tensor whose index in each dimension is looked up: <c>indices[axis][i]</c>, where a negative index stands for an
    /// element that is not there and has a negative place.
    /// </summary>
    public static int[] Of(ReadOnlySpan<int> tensor, IReadOnlyList<int[]> indices)
    {
        int[] strides = Strides(tensor);
        int[] places = [0];

        for (int axis = 0; axis < tensor.Length; axis++)
        {
            int[] along = indices[axis];
            int[] finer = new int[places.Length * along.Length];

            for (int i = 0; i < finer.Length; i++)
            {
                int place = places[i / along.Length];
                int index = along[i % along.Length];
                finer[i] = place < 0 || index < 0 ? -1 : place + (index * strides[axis]);
            }

            places = finer;
        }

        return places;
    }

    /// <summary>The places of the elements of a tensor that is repeated along the dimensions that it lacks, or has with a length of 1.</summary>
    public static int[] Broadcast(ReadOnlySpan<int> tensor, ReadOnlySpan<int> shape)
    {
        int[] own = Strides(tensor);
        int[] strides = new int[shape.Length];
        int missing = shape.Length - tensor.Length;

        for (int axis = missing; axis < shape.Length; axis++)
        {
            strides[axis] = tensor[axis - missing] == 1 ? 0 : own[axis - missing];
        }

        return Of(shape, strides);
    }
}
