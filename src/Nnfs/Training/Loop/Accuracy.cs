using System.Diagnostics;
using System.Numerics.Tensors;

namespace Nnfs;

/// <summary>Tells which outputs of a network are right.</summary>
internal readonly struct Accuracy
{
    /// <summary>Up to so many outputs, a plain loop finds the largest before a vector routine has begun.</summary>
    private const int NarrowRow = 16;

    private readonly AccuracyKind _kind;
    private readonly int _outputCount;

    private Accuracy(AccuracyKind kind, int outputCount)
    {
        _kind = kind;
        _outputCount = outputCount;
    }

    /// <summary>The number of classes that samples are told apart by.</summary>
    public int ClassCount => _kind switch
    {
        AccuracyKind.LargestOutput => _outputCount,
        _ => throw Unknown(_kind),
    };

    /// <summary>The accuracy of a network. Here, and nowhere else, it is chosen: by the network's loss, which is its last layer.</summary>
    public static Accuracy Of<TNetwork>()
        where TNetwork : INetwork<TNetwork> => new(KindOf(TNetwork.Layers[^1].Kind), TNetwork.OutputSize);

    /// <summary>How many samples are right.</summary>
    /// <param name="outputs">[samples × outputs], row-major; there may be more rows.</param>
    /// <param name="values">The labels or targets of as many samples as are counted.</param>
    public int CountRight<TValue, TTruth>(ReadOnlySpan<float> outputs, ReadOnlySpan<TValue> values)
        where TValue : unmanaged
        where TTruth : IGroundTruth<TValue>
    {
        int valueCount = TTruth.ValuesPerSample(_outputCount);
        int right = 0;

        for (int i = 0; i < values.Length / valueCount; i++)
        {
            int predicted = ClassOf(outputs.Slice(i * _outputCount, _outputCount));
            right += predicted == TTruth.ClassOf(values.Slice(i * valueCount, valueCount)) ? 1 : 0;
        }

        return right;
    }

    /// <summary>The class that the outputs of one sample tell.</summary>
    public int ClassOf(ReadOnlySpan<float> outputs) => _kind switch
    {
        AccuracyKind.LargestOutput => IndexOfMax(outputs),
        _ => throw Unknown(_kind),
    };

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

    private static AccuracyKind KindOf(LayerKind loss) => loss switch
    {
        LayerKind.SoftmaxCrossEntropy or LayerKind.CategoricalCrossEntropy => AccuracyKind.LargestOutput,
        _ => throw new UnreachableException($"'{loss}' is no loss."),
    };

    private static UnreachableException Unknown(AccuracyKind kind) => new($"There is no accuracy '{kind}'.");
}
