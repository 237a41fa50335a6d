namespace Nnfs;

/// <summary>What a checkpoint and the training that resumes it must agree on, because the order of batches and the optimizer's state depend on it.</summary>
internal static class TrainingIdentity
{
    /// <summary>A line of text that is the same for trainings that agree.</summary>
    public static string Of(TrainingOptions options, Optimizer optimizer, int samples, int validationSamples, int batchSize) =>
        FormattableString.Invariant($"{samples} samples, {validationSamples} for validation, batches of {batchSize}, {options.AccumulationSteps} to a step, ")
        + (options.Shuffle ? FormattableString.Invariant($"shuffled from seed {options.Seed}, ") : "in order, ")
        + optimizer.GetType().Name;
}
