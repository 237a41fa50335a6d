namespace Nnfs;

/// <summary>When a sample counts as right.</summary>
internal enum AccuracyKind
{
    /// <summary>Where its largest output is that of its class.</summary>
    LargestOutput,
}
