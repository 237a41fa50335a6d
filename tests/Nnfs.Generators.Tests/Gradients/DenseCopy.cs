using System.Numerics.Tensors;

namespace Nnfs.Generators.Tests.Gradients;

/// <summary>Copies between a dense layer's views and row-major arrays, element by element by their logical indices.</summary>
public static class DenseCopy
{
    public static void Write(float[] values, TensorSpan<float> matrix)
    {
        Assert.Equal(values.Length, matrix.FlattenedLength);
        int columns = (int)matrix.Lengths[1];

        for (int i = 0; i < values.Length; i++)
        {
            matrix[i / columns, i % columns] = values[i];
        }
    }

    public static float[] Read(TensorSpan<float> matrix)
    {
        float[] values = new float[(int)matrix.FlattenedLength];
        int columns = (int)matrix.Lengths[1];

        for (int i = 0; i < values.Length; i++)
        {
            values[i] = matrix[i / columns, i % columns];
        }

        return values;
    }
}
