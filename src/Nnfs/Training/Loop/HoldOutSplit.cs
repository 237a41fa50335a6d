using Nnfs.Optimizers;

namespace Nnfs.Training;

/// <summary>Which samples are trained on and which are measured.</summary>
/// <param name="TrainingCount">The number of samples that are trained on.</param>
/// <param name="ValidationCount">The number of samples that are measured.</param>
/// <param name="Training">The samples that are trained on, in their order; <see langword="null"/> where they are the first.</param>
/// <param name="Validation">The samples that are measured, in their order; <see langword="null"/> where they are the last.</param>
internal sealed record HoldOutSplit(int TrainingCount, int ValidationCount, int[]? Training = null, int[]? Validation = null)
{
    /// <summary>What the options hold out of samples; <see langword="null"/> where they hold out none.</summary>
    /// <exception cref="ArgumentException">None would be left to train on or to measure, or the options ask for classes that the samples have not.</exception>
    public static HoldOutSplit? Of<TNetwork, TTarget, TTargets>(Samples<TTarget> samples, TrainingOptions options)
        where TNetwork : INetwork<TNetwork>
        where TTarget : unmanaged
        where TTargets : ITargets<TTarget>
    {
        if (options.ValidationSplit == 0f || options.ValidationData is not null || samples.Count == 0)
        {
            return null;
        }

        Accuracy accuracy = Accuracy.Of<TNetwork>();

        if (options.StratifyValidation && (accuracy.ClassCount == 0 || accuracy.Positions > 1))
        {
            throw new ArgumentException(
                $"Expected samples with a class to stratify the validation by, but '{TNetwork.Layers[^1].Name}' over {TNetwork.OutputSize} " +
                "outputs gives them none: " +
                $"{nameof(options.StratifyValidation)} must be false.",
                nameof(options));
        }

        HoldOutSplit split = options.StratifyValidation
            ? OfEachClass<TTarget, TTargets>(samples, accuracy, options.ValidationSplit)
            : OfLast(samples.Count, options.ValidationSplit);

        if (split.TrainingCount == 0 || split.ValidationCount == 0)
        {
            throw new ArgumentException(
                $"Expected samples to train on and to validate with, but the {samples.Count} are split into {split.TrainingCount} and " +
                $"{split.ValidationCount}.",
                nameof(options));
        }

        return split;
    }

    /// <summary>The last <c>round(share · samples)</c> are measured.</summary>
    public static HoldOutSplit OfLast(int samples, float share)
    {
        int measured = Round(share, samples);

        return new(samples - measured, measured);
    }

    /// <summary>The last <c>round(share · samples of the class)</c> of each class are measured.</summary>
    public static HoldOutSplit OfEachClass<TTarget, TTargets>(Samples<TTarget> samples, Accuracy accuracy, float share)
        where TTarget : unmanaged
        where TTargets : ITargets<TTarget>
    {
        int[] remaining = new int[accuracy.ClassCount];

        for (int i = 0; i < samples.Count; i++)
        {
            remaining[TTargets.ClassOf(samples.TargetsOf(i), accuracy.Kind)]++;
        }

        int[] measured = [.. remaining.Select(count => Round(share, count))];
        List<int> training = [];
        List<int> validation = [];

        for (int i = 0; i < samples.Count; i++)
        {
            int label = TTargets.ClassOf(samples.TargetsOf(i), accuracy.Kind);
            (remaining[label] > measured[label] ? training : validation).Add(i);
            remaining[label]--;
        }

        return new(training.Count, validation.Count, [.. training], [.. validation]);
    }

    /// <summary>The nearest whole number of samples; halves are rounded up. A share counts as the decimal number that it was written as.</summary>
    private static int Round(float share, int samples) => (int)Math.Floor((Hyperparameter.AsWritten(share) * samples) + 0.5);
}
