using System.Collections.Immutable;

namespace Nnfs.Files.Mapping;

/// <summary>How a tensor of a layer is made of one of a file, or of the sum of several.</summary>
/// <param name="Names">The names in the file, after that of the module; <see cref="LayerNumber"/> stands for the number of a layer in a stack.</param>
/// <param name="Shape">The shape in the file.</param>
/// <param name="Axes">For each dimension of the layer's tensor that of the file.</param>
internal sealed record ModuleTensor(ImmutableArray<string> Names, ImmutableArray<int> Shape, ImmutableArray<int> Axes)
{
    /// <summary>What stands for the number of a layer in names.</summary>
    public const char LayerNumber = '#';

    /// <summary>Where it starts in the first dimension of the file's tensor, which holds several side by side.</summary>
    public int Start { get; init; }

    /// <summary>For each block of the last dimension, such as a gate, its place in the file; empty where they have the same order.</summary>
    public ImmutableArray<int> Blocks { get; init; } = [];

    /// <summary>A tensor that the file has as the layer does.</summary>
    public static ModuleTensor Same(string name, ImmutableArray<int> shape) => new([name], shape, [.. Enumerable.Range(0, shape.Length)]);

    /// <summary>A matrix that the file has turned round.</summary>
    public static ModuleTensor Turned(string name, int rows, int columns) => new([name], [columns, rows], [1, 0]);

    /// <summary>The tensor's values from those of the file.</summary>
    /// <param name="shape">The tensor's shape.</param>
    /// <param name="orders">For each dimension where the file has what the tensor has in order; <see langword="null"/> for the same order.</param>
    /// <param name="values">The values of each of <see cref="Names"/>.</param>
    public float[] Gather(ImmutableArray<int> shape, ReadOnlySpan<int[]?> orders, IReadOnlyList<float[]> values)
    {
        int[][] offsets = new int[shape.Length][];
        int count = 1;

        for (int i = 0; i < shape.Length; i++)
        {
            offsets[i] = Offsets(i, shape[i], orders[i], i == shape.Length - 1);
            count *= shape[i];
        }

        float[] gathered = new float[count];
        int[] index = new int[shape.Length];

        foreach (ref float value in gathered.AsSpan())
        {
            int offset = 0;

            for (int i = 0; i < index.Length; i++)
            {
                offset += offsets[i][index[i]];
            }

            foreach (float[] part in values)
            {
                value += part[offset];
            }

            for (int i = index.Length - 1; i >= 0 && ++index[i] == shape[i]; i--)
            {
                index[i] = 0;
            }
        }

        return gathered;
    }

    /// <summary>How far the indices of a dimension go into the file's tensor.</summary>
    private int[] Offsets(int dimension, int length, int[]? order, bool isLast)
    {
        int axis = Axes[dimension];
        int stride = 1;

        for (int i = axis + 1; i < Shape.Length; i++)
        {
            stride *= Shape[i];
        }

        int[] offsets = new int[length];
        int block = isLast && Blocks.Length > 0 ? length / Blocks.Length : length;

        for (int i = 0; i < length; i++)
        {
            int place = order is null ? i : order[i];
            place = isLast && Blocks.Length > 0 ? (Blocks[place / block] * block) + (place % block) : place;
            offsets[i] = (place + (axis == 0 ? Start : 0)) * stride;
        }

        return offsets;
    }
}
