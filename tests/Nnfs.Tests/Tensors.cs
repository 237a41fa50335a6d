using System.Numerics.Tensors;

namespace Nnfs.Tests;

/// <summary>Copies between the views of a network and arrays in row-major order.</summary>
internal static class Tensors
{
    public static float[] ToArray(this TensorSpan<float> tensor)
    {
        float[] values = new float[tensor.FlattenedLength];
        tensor.FlattenTo(values);

        return values;
    }

    public static void Set(this TensorSpan<float> tensor, ReadOnlySpan<float> values) =>
        new ReadOnlyTensorSpan<float>(values, tensor.Lengths, []).CopyTo(tensor);
}
