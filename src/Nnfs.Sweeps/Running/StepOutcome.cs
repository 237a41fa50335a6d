namespace Nnfs.Sweeps.Running;

/// <summary>How a step of a trial ended; a line of the file of results.</summary>
/// <param name="Trial">The number of the trial.</param>
/// <param name="Epochs">The epochs that the step ends with.</param>
/// <param name="Figure">The figure, or nothing where the objective failed.</param>
/// <param name="Reason">Why it failed.</param>
/// <param name="Details">The exception, if one was the reason.</param>
/// <param name="Seconds">The time that it took.</param>
/// <param name="Silo">Where it was trained.</param>
internal sealed record StepOutcome(int Trial, int Epochs, double? Figure, string? Reason, string? Details, double Seconds, string Silo)
{
    /// <summary>Whether a sweep that goes on takes it as it is. What was lost with its silos is tried again.</summary>
    public bool IsFinal { get; init; } = true;
}
