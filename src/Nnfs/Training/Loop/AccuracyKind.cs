namespace Nnfs.Training;

/// <summary>When a sample, or an output of it, counts as right.</summary>
internal enum AccuracyKind
{
    /// <summary>Where its largest output is that of its class.</summary>
    LargestOutput,

    /// <summary>Each output for itself, where it is on the side of one half that its label or target names.</summary>
    Binary,

    /// <summary>Each output for itself, where it is nearer to its target than the precision.</summary>
    Regression,

    /// <summary>Each output of a network with several inputs or outputs by its own loss: see <see cref="OutputMeters"/>.</summary>
    OfEachOutput,
}
