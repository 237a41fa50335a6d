using System.Numerics.Tensors;

namespace Nnfs;

/// <summary>Whether outputs are right. In a classification they are where the largest is that of the sample's class.</summary>
internal static class Accuracy
{
    /// <summary>How many samples are right.</summary>
    /// <param name="outputs">[samples × outputs], row-major; there may be more rows.</param>
    /// <param name="values">The labels or targets of as many samples as are counted.</param>
    /// <param name="outputCount">The number of outputs of a sample.</param>
    public static int CountRight<TValue, TTruth>(ReadOnlySpan<float> outputs, ReadOnlySpan<TValue> values, int outputCount)
        where TValue : unmanaged
        where TTruth : IGroundTruth<TValue>
    {
        int valueCount = TTruth.ValuesPerSample(outputCount);
        int right = 0;

        for (int i = 0; i < values.Length / valueCount; i++)
        {
            int predicted = TensorPrimitives.IndexOfMax(outputs.Slice(i * outputCount, outputCount));
            right += predicted == TTruth.ClassOf(values.Slice(i * valueCount, valueCount)) ? 1 : 0;
        }

        return right;
    }
}
