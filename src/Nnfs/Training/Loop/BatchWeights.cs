namespace Nnfs.Training;

/// <summary>What the samples of each batch weigh: their own weights, times those of their classes.</summary>
internal sealed class BatchWeights
{
    private readonly Accuracy _accuracy;
    private readonly float[]? _ofClasses;
    private float[] _weights = [];

    private BatchWeights(Accuracy accuracy, float[]? ofClasses)
    {
        _accuracy = accuracy;
        _ofClasses = ofClasses;
    }

    /// <summary>The weights of the batches of a training; <see langword="null"/> where all samples count alike.</summary>
    /// <param name="training">The samples that are trained on, all of them.</param>
    /// <param name="validation">Those that are measured.</param>
    /// <param name="accuracy">What tells their classes.</param>
    /// <param name="options">How they are trained on.</param>
    /// <param name="sumOfShares">Adds up the samples of each class that the processes of a group have; <see langword="null"/> without a group.</param>
    /// <exception cref="ArgumentException">There are weights of classes, but samples have none, or others.</exception>
    public static BatchWeights? Of<TTarget, TTargets>(
        Samples<TTarget> training, Samples<TTarget> validation, Accuracy accuracy, TrainingOptions options, Action<Span<int>>? sumOfShares)
        where TTarget : unmanaged
        where TTargets : ITargets<TTarget>
    {
        if (options.ClassWeights is not { } classWeights)
        {
            return training.HasWeights || validation.HasWeights ? new(accuracy, ofClasses: null) : null;
        }

        if (accuracy.ClassCount == 0)
        {
            throw new ArgumentException(
                $"Expected samples with a class, because the options have {nameof(options.ClassWeights)}, but they have targets or several labels each: " +
                $"give them {nameof(options.SampleWeights)}.",
                nameof(options));
        }

        int[] counts = new int[accuracy.ClassCount];
        int perRow = TTargets.TargetsPerRow(accuracy.RowSize, accuracy.Kind);

        for (int i = 0; i < training.Count; i++)
        {
            ReadOnlySpan<TTarget> targets = training.TargetsAt(i);

            for (int start = 0; start < targets.Length; start += perRow)
            {
                if (TTargets.ClassOf(targets.Slice(start, perRow), accuracy.Kind) is >= 0 and var label)
                {
                    counts[label]++;
                }
            }
        }

        sumOfShares?.Invoke(counts);

        return new(accuracy, classWeights.Resolve(counts, nameof(options)));
    }

    /// <summary>
    /// The weights of the samples of a batch that is trained on, in memory that the next batch overwrites; a weight for each position where these have classes.
    /// </summary>
    /// <param name="samples">The samples in their order.</param>
    /// <param name="first">The first of the batch.</param>
    /// <param name="count">Their number.</param>
    public ReadOnlyMemory<float> OfTraining<TTarget, TTargets>(Samples<TTarget> samples, int first, int count)
        where TTarget : unmanaged
        where TTargets : ITargets<TTarget>
    {
        if (_ofClasses is null)
        {
            return OfValidation(samples, first, count);
        }

        int perRow = TTargets.TargetsPerRow(_accuracy.RowSize, _accuracy.Kind);
        Span<float> weights = Room(count * _accuracy.Positions).Span;

        for (int i = 0; i < count; i++)
        {
            ReadOnlySpan<TTarget> targets = samples.TargetsAt(first + i);
            float ofSample = samples.WeightAt(first + i);

            for (int position = 0; position < _accuracy.Positions; position++)
            {
                int label = TTargets.ClassOf(targets.Slice(position * perRow, perRow), _accuracy.Kind);

                // A position that is left out counts for nothing in any case.
                weights[(i * _accuracy.Positions) + position] = label == ShapeGuard.LeftOut ? 0f : ofSample * _ofClasses[label];
            }
        }

        return _weights.AsMemory(0, weights.Length);
    }

    /// <summary>The weights of samples that are measured, without those of classes; empty where they have none.</summary>
    /// <param name="samples">The samples in their order.</param>
    /// <param name="first">The first of the batch.</param>
    /// <param name="count">Their number.</param>
    public ReadOnlyMemory<float> OfValidation<TTarget>(Samples<TTarget> samples, int first, int count)
        where TTarget : unmanaged
    {
        if (!samples.HasWeights)
        {
            return default;
        }

        Memory<float> weights = Room(count);

        for (int i = 0; i < count; i++)
        {
            weights.Span[i] = samples.WeightAt(first + i);
        }

        return weights;
    }

    private Memory<float> Room(int length)
    {
        if (_weights.Length < length)
        {
            _weights = new float[length];
        }

        return _weights.AsMemory(0, length);
    }
}
