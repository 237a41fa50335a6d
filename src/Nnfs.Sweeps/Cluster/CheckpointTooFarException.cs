namespace Nnfs.Sweeps.Cluster;

/// <summary>
/// A checkpoint was written after the last epoch of a step, and then the process ended before the step did: going on from it would train an epoch too many.
/// The trial begins again without it.
/// </summary>
internal sealed class CheckpointTooFarException : Exception;
