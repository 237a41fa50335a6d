using System.Diagnostics;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using Nnfs.Data;
using Nnfs.Losses;

namespace Nnfs.Training;

/// <summary>
/// Whether outputs are right. In a classification they are where the largest of a row is that of its class; a row is a sample, or one of its positions. In
/// a binary one each output is for itself, where it is on the same side of one half as its target; in a regression each is for itself, where it is near its
/// target.
/// </summary>
internal readonly struct Accuracy
{
    /// <summary>With up to this many outputs, a plain loop finds the largest before a vector routine has begun.</summary>
    private const int NarrowRow = 16;

    /// <summary>What part of the targets' standard deviation an output may be off.</summary>
    private const double PartsOfDeviation = 250;

    private readonly double _precision;

    private Accuracy(AccuracyKind kind, int rowSize, int positions, double precision)
    {
        Kind = kind;
        RowSize = rowSize;
        Positions = positions;
        _precision = precision;
    }

    /// <summary>What counts as right.</summary>
    public AccuracyKind Kind { get; }

    /// <summary>The number of outputs of a row: the classes of each position, or else all outputs of a sample.</summary>
    public int RowSize { get; }

    /// <summary>The number of rows of a sample: its steps or pixels, where each has a class.</summary>
    public int Positions { get; }

    /// <summary>How much is counted for each sample: each of its rows, or each of its outputs.</summary>
    public int CountsPerSample => Kind switch
    {
        AccuracyKind.LargestOutput => Positions,
        AccuracyKind.OfEachOutput => 1,
        _ => RowSize,
    };

    /// <summary>The number of classes that rows are told apart by; 0 where a row has no class, but numbers or several labels.</summary>
    public int ClassCount => Kind switch
    {
        AccuracyKind.LargestOutput => RowSize,
        AccuracyKind.Binary when RowSize == 1 => 2,
        _ => 0,
    };

    /// <summary>The accuracy of a network. Here, and nowhere else, it is chosen: by the network's loss, which is its last layer.</summary>
    /// <param name="precision">For a regression how far an output may be off, what <see cref="Precision"/> gives for the training set.</param>
    public static Accuracy Of<TNetwork>(double precision = 0)
        where TNetwork : INetwork<TNetwork>
    {
        if (TNetwork.Outputs.Length > 1 || TNetwork.Inputs.Length > 1)
        {
            return new(AccuracyKind.OfEachOutput, TNetwork.Outputs.Sum(static output => output.TargetSize), positions: 1, precision);
        }

        AccuracyKind kind = KindOf(TNetwork.Layers[^1]);
        int rowSize = kind == AccuracyKind.LargestOutput ? TNetwork.OutputShape[^1] : TNetwork.OutputSize;

        return new(kind, rowSize, TNetwork.OutputSize / rowSize, precision);
    }

    /// <summary>The accuracy of one output of a network with several inputs or outputs.</summary>
    public static Accuracy Of(OutputInfo output, double precision)
    {
        int rowSize = output.Kind == AccuracyKind.LargestOutput ? output.Shape[^1] : output.Size;

        return new(output.Kind, rowSize, output.Size / rowSize, precision);
    }

    /// <summary>The accuracy of a network that is trained on the given values, which for a regression decide how far an output may be off.</summary>
    /// <param name="trainingTargets">The values.</param>
    /// <param name="precisionOf">What decides that: <see cref="Precision"/>, or a group whose processes have a part of the values each.</param>
    /// <exception cref="ArgumentException">It is a regression, and a target is infinite or not a number.</exception>
    public static Accuracy For<TNetwork, TTarget>(ReadOnlySpan<TTarget> trainingTargets, Func<ReadOnlySpan<float>, int, double> precisionOf)
        where TNetwork : INetwork<TNetwork>
        where TTarget : unmanaged
    {
        Accuracy accuracy = Of<TNetwork>();

        return accuracy.Kind == AccuracyKind.Regression
            ? Of<TNetwork>(precisionOf(MemoryMarshal.Cast<TTarget, float>(trainingTargets), accuracy.RowSize))
            : accuracy;
    }

    /// <summary>How many rows are right, or where each output is for itself, how many outputs.</summary>
    /// <param name="outputs">[samples × outputs], row-major; there may be more rows.</param>
    /// <param name="targets">The labels or targets of as many samples as are counted.</param>
    public int CountRight<TTarget, TTargets>(ReadOnlySpan<float> outputs, ReadOnlySpan<TTarget> targets)
        where TTarget : unmanaged
        where TTargets : ITargets<TTarget> => Kind switch
        {
            AccuracyKind.LargestOutput => CountRightClasses<TTarget, TTargets>(outputs, targets),
            AccuracyKind.Binary when typeof(TTarget) == typeof(int) => CountRightBinary(outputs, MemoryMarshal.Cast<TTarget, int>(targets)),
            AccuracyKind.Binary => CountRightBinary(outputs, MemoryMarshal.Cast<TTarget, float>(targets)),
            AccuracyKind.Regression => CountRightRegression(outputs, MemoryMarshal.Cast<TTarget, float>(targets), _precision),
            _ => throw Unknown(Kind),
        };

    /// <summary>How much is counted for some samples: all of their rows or outputs but those that labels leave out.</summary>
    /// <param name="targets">The labels or targets of the samples.</param>
    /// <param name="samples">The number of samples.</param>
    public int Counted<TTarget>(ReadOnlySpan<TTarget> targets, int samples)
        where TTarget : unmanaged =>
        (samples * CountsPerSample) - (LeavesOut<TTarget>() ? MemoryMarshal.Cast<TTarget, int>(targets).Count(ShapeGuard.LeftOut) : 0);

    /// <summary>Whether labels may leave out what they are of: a position of several.</summary>
    public bool LeavesOut<TTarget>() => typeof(TTarget) == typeof(int) && Kind == AccuracyKind.LargestOutput && Positions > 1;

    /// <summary>How many samples what is counted is as much as.</summary>
    public double Weight(int counted) => (double)counted / CountsPerSample;

    /// <summary>The share that is right of what is counted; 0 where nothing is.</summary>
    public static float Share(int right, int counted) => counted == 0 ? 0f : (float)right / counted;

    /// <summary>The class that the outputs or targets of one sample tell: where the largest is, or for a single one whether it is more than one half.</summary>
    public static int ClassOf(ReadOnlySpan<float> outputs, AccuracyKind kind) => kind switch
    {
        AccuracyKind.LargestOutput => IndexOfMax(outputs),
        AccuracyKind.Binary => outputs[0] > 0.5f ? 1 : 0,
        _ => throw Unknown(kind),
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

    /// <summary>
    /// How far an output of a regression may be off to be right: a 250th of the standard deviation of all targets, with <c>n</c> in the denominator.
    /// </summary>
    /// <param name="targets">The targets of the whole training set, at least one.</param>
    /// <param name="rowSize">The number of targets of a sample, for messages.</param>
    /// <exception cref="ArgumentException">There are no targets, or one is infinite or not a number.</exception>
    public static double Precision(ReadOnlySpan<float> targets, int rowSize = 1)
    {
        NotFinite.Refuse(targets, rowSize, "target", nameof(targets));

        return PrecisionOf(Standardization.Of(targets, 1, "target", nameof(targets)).StandardDeviations[0]);
    }

    /// <summary>The same, given the standard deviation of all targets.</summary>
    public static double PrecisionOf(double standardDeviation) => standardDeviation / PartsOfDeviation;

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

    private static AccuracyKind KindOf(LayerInfo loss) =>
        (loss.Definition as LossDefinition)?.Accuracy ?? throw new UnreachableException($"'{loss.Name}' is not a loss.");

    private int CountRightClasses<TTarget, TTargets>(ReadOnlySpan<float> outputs, ReadOnlySpan<TTarget> targets)
        where TTarget : unmanaged
        where TTargets : ITargets<TTarget>
    {
        int targetCount = TTargets.TargetsPerRow(RowSize, AccuracyKind.LargestOutput);
        int right = 0;

        for (int i = 0; i < targets.Length / targetCount; i++)
        {
            int predicted = IndexOfMax(outputs.Slice(i * RowSize, RowSize));
            right += predicted == TTargets.ClassOf(targets.Slice(i * targetCount, targetCount), AccuracyKind.LargestOutput) ? 1 : 0;
        }

        return right;
    }

    private static UnreachableException Unknown(AccuracyKind kind) => new($"There is no accuracy '{kind}'.");
}
