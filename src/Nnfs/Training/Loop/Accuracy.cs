using System.Diagnostics;
using System.Numerics.Tensors;

namespace Nnfs;

/// <summary>
/// Whether outputs are right. In a classification they are where the largest is that of the sample's class; in a binary one each is for
/// itself, where it is on the same side of one half as its target; in a regression each is for itself, where it is near its target.
/// </summary>
internal readonly struct Accuracy
{
    /// <summary>Up to so many outputs, a plain loop finds the largest before a vector routine has begun.</summary>
    private const int NarrowRow = 16;

    /// <summary>What part of the targets' standard deviation an output may be off.</summary>
    private const double PartsOfDeviation = 250;

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

    /// <summary>How many outputs are on the same side of one half as their targets, <c>(y[i] &gt; ½) = (t[i] &gt; ½)</c>. NaN is on the side of 0.</summary>
    /// <param name="outputs">Outputs; there may be more.</param>
    /// <param name="targets">A target for each output that is counted.</param>
    public static int CountRightBinary(ReadOnlySpan<float> outputs, ReadOnlySpan<float> targets)
    {
        outputs = outputs[..targets.Length];
        int right = 0;

        for (int i = 0; i < targets.Length; i++)
        {
            right += outputs[i] > 0.5f == targets[i] > 0.5f ? 1 : 0;
        }

        return right;
    }

    /// <summary>How many outputs are on the side of one half that their labels name, <c>(y[i] &gt; ½) = (label[i] = 1)</c>. NaN is on the side of 0.</summary>
    /// <param name="outputs">Outputs; there may be more.</param>
    /// <param name="labels">A 0 or 1 for each output that is counted.</param>
    public static int CountRightBinary(ReadOnlySpan<float> outputs, ReadOnlySpan<int> labels)
    {
        outputs = outputs[..labels.Length];
        int right = 0;

        for (int i = 0; i < labels.Length; i++)
        {
            right += outputs[i] > 0.5f == (labels[i] == 1) ? 1 : 0;
        }

        return right;
    }

    /// <summary>How far an output of a regression may be off to be right: a 250th of the standard deviation of all targets, with <c>n</c> in the denominator.</summary>
    /// <param name="targets">The targets of the whole training set, at least one.</param>
    /// <exception cref="ArgumentException">There is no target.</exception>
    public static double Precision(ReadOnlySpan<float> targets) => Standardization.Of(targets, 1).StandardDeviations[0] / PartsOfDeviation;

    /// <summary>How many outputs are less than <paramref name="precision"/> off, <c>|y[i] − t[i]| &lt; precision</c>.</summary>
    /// <param name="outputs">Outputs; there may be more.</param>
    /// <param name="targets">A target for each output that is counted.</param>
    /// <param name="precision">What <see cref="Precision"/> gives for the training set.</param>
    public static int CountRightRegression(ReadOnlySpan<float> outputs, ReadOnlySpan<float> targets, double precision)
    {
        outputs = outputs[..targets.Length];
        int right = 0;

        for (int i = 0; i < targets.Length; i++)
        {
            right += Math.Abs((double)outputs[i] - targets[i]) < precision ? 1 : 0;
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

    private static AccuracyKind KindOf(LayerKind loss) => loss switch
    {
        LayerKind.SoftmaxCrossEntropy or LayerKind.CategoricalCrossEntropy => AccuracyKind.LargestOutput,
        _ => throw new UnreachableException($"'{loss}' is no loss."),
    };

    private static UnreachableException Unknown(AccuracyKind kind) => new($"There is no accuracy '{kind}'.");
}
