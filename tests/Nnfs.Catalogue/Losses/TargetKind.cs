namespace Nnfs.Catalogue.Losses;

/// <summary>What a loss compares outputs with.</summary>
internal enum TargetKind
{
    /// <summary>Any numbers, one for each output.</summary>
    Values,

    /// <summary>A class, or a probability of each class, for each position.</summary>
    Classes,

    /// <summary>A bit, or a probability of a bit, for each output.</summary>
    Bits,
}
