using System.Numerics.Tensors;

namespace Nnfs;

/// <summary>Whether outputs are right. In a classification they are where the largest is that of the sample's class.</summary>
internal static class Accuracy
{
    /// <summary>Up to so many outputs, a plain loop finds the largest before a vector routine has begun.</summary>
    private const int NarrowRow = 16;

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
            int predicted = IndexOfMax(outputs.Slice(i * outputCount, outputCount));
            right += predicted == TTruth.ClassOf(values.Slice(i * valueCount, valueCount)) ? 1 : 0;
        }

        return right;
    }

    /// <summary>Where the largest output is; of equal ones the first. What is not a number is larger than all.</summary>
    internal static int IndexOfMax(ReadOnlySpan<float> outputs)
    {
        if (outputs.Length > NarrowRow)
        {
            return TensorPrimitives.IndexOfMax(outputs);
        }

        int largest = 0;

        for (int i = 1; i < outputs.Length; i++)
        {
            // Not to be at most the largest is to be larger, or not a number.
            if (!(outputs[i] <= outputs[largest]) && !float.IsNaN(outputs[largest]))
            {
                largest = i;
            }
        }

        return largest;
    }
}
