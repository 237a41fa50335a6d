namespace Nnfs.Sweeps.Cluster;

/// <summary>What a core says of an order.</summary>
/// <param name="State">How far it is.</param>
/// <param name="Epoch">The last epoch that was reported.</param>
/// <param name="Figure">The figure of the epoch, or at the end that of the objective.</param>
/// <param name="Reason">Why it failed, in a sentence.</param>
/// <param name="Details">The exception with its stack.</param>
/// <param name="Time">The time since its start.</param>
[GenerateSerializer]
[Immutable]
[Alias("nnfs.sweeps.report")]
internal sealed record RunReport(RunState State, int Epoch, double Figure, string? Reason, string? Details, TimeSpan Time)
{
    /// <summary>The answer to a question after an order that is not known.</summary>
    public static RunReport Unknown { get; } = new(RunState.Unknown, 0, double.NaN, null, null, TimeSpan.Zero);
}
