using System.Globalization;

namespace Nnfs;

/// <summary>
/// How much the samples of each class count in the loss that a network is trained with, so that a rare class is not lost among the others. Accuracies, and the
/// losses of validation and evaluations, count all samples alike.
/// </summary>
public sealed class ClassWeights
{
    private readonly float[]? _weights;

    private ClassWeights(float[]? weights) => _weights = weights;

    /// <summary>
    /// Each class counts as much as any other, however few its samples are: a sample weighs <c>n / (classes · n_c)</c>, where <c>n_c</c> of the <c>n</c>
    /// training samples are of its class. Classes without samples are not counted.
    /// </summary>
    public static ClassWeights Balanced { get; } = new(weights: null);

    /// <summary>A weight for each class.</summary>
    /// <param name="weights">The weights in the order of the classes, finite and at least 0: as many as there are classes.</param>
    /// <exception cref="ArgumentException">There are none.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A weight is negative, infinite or not a number.</exception>
    public static ClassWeights Of(params ReadOnlySpan<float> weights)
    {
        if (weights.IsEmpty)
        {
            throw new ArgumentException("Expected a weight for each class, but there are none.", nameof(weights));
        }

        ShapeGuard.CheckWeights(weights, weights.Length, positions: 1, nameof(weights));

        return new(weights.ToArray());
    }

    /// <summary>The weights, or <c>balanced</c>.</summary>
    public override string ToString() =>
        _weights is null ? "balanced" : string.Join(", ", _weights.Select(static weight => weight.ToString(CultureInfo.InvariantCulture)));

    /// <summary>The weight of each class.</summary>
    /// <param name="counts">How many of the training samples, or of their positions, are of each class.</param>
    /// <param name="name">The parameter that the weights were passed in.</param>
    /// <exception cref="ArgumentException">There are weights for another number of classes.</exception>
    internal float[] Resolve(ReadOnlySpan<int> counts, string name)
    {
        if (_weights is not null)
        {
            return _weights.Length == counts.Length ? _weights : throw new ArgumentException(
                $"Expected a weight for each of the {counts.Length} classes, but {nameof(TrainingOptions.ClassWeights)} has {_weights.Length}.", name);
        }

        double all = 0;
        int present = 0;

        foreach (int count in counts)
        {
            all += count;
            present += count > 0 ? 1 : 0;
        }

        float[] balanced = new float[counts.Length];

        for (int label = 0; label < balanced.Length; label++)
        {
            balanced[label] = counts[label] == 0 ? 1f : (float)(all / ((double)present * counts[label]));
        }

        return balanced;
    }
}
