using System.Numerics.Tensors;

namespace Nnfs.Catalogue.Graphs;

/// <summary>Copies between the views of a layer's tensors and row-major arrays, element by element by their logical indices.</summary>
public static class TensorCopy
{
    /// <summary>Writes the values of a tensor.</summary>
    public static void Write(float[] values, TensorSpan<float> tensor) =>
        ForEach(tensor, values.Length, (i, indices, view) => view[indices] = values[i]);

    /// <summary>Writes the values of a tensor of one axis.</summary>
    public static void Write(float[] values, Span<float> tensor)
    {
        Check(values.Length, tensor.Length);
        values.CopyTo(tensor);
    }

    /// <summary>Reads the values of a tensor.</summary>
    public static float[] Read(TensorSpan<float> tensor)
    {
        float[] values = new float[(int)tensor.FlattenedLength];
        ForEach(tensor, values.Length, (i, indices, view) => values[i] = view[indices]);

        return values;
    }

    /// <summary>Reads the values of a tensor of one axis.</summary>
    public static float[] Read(Span<float> tensor) => tensor.ToArray();

    /// <summary>Numbers as indices; what is not a number is the first.</summary>
    /// <param name="values">The numbers.</param>
    /// <param name="indices">Memory for them, which is kept as long as it has the length.</param>
    public static int[] Indices(float[] values, ref int[] indices)
    {
        if (indices.Length != values.Length)
        {
            indices = new int[values.Length];
        }

        for (int i = 0; i < values.Length; i++)
        {
            indices[i] = float.IsNaN(values[i]) ? 0 : (int)values[i];
        }

        return indices;
    }

    private static void ForEach(TensorSpan<float> tensor, int count, Visit visit)
    {
        Check(count, (int)tensor.FlattenedLength);
        Span<nint> indices = stackalloc nint[tensor.Rank];

        for (int i = 0; i < count; i++)
        {
            int left = i;

            for (int axis = tensor.Rank - 1; axis >= 0; axis--)
            {
                indices[axis] = left % (int)tensor.Lengths[axis];
                left /= (int)tensor.Lengths[axis];
            }

            visit(i, indices, tensor);
        }
    }

    private static void Check(int values, int length)
    {
        if (values != length)
        {
            throw new ArgumentException($"The view has {length} elements, but the tensor has {values}.", nameof(values));
        }
    }

    private delegate void Visit(int index, ReadOnlySpan<nint> indices, TensorSpan<float> view);
}
