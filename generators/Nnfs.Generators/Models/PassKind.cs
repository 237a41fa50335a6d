namespace Nnfs.Generators.Models;

/// <summary>What a forward pass is for.</summary>
internal enum PassKind
{
    /// <summary>A prediction for one sample.</summary>
    Sample,

    /// <summary>A prediction for a tile of samples.</summary>
    Tile,

    /// <summary>A pass into a workspace, whose activations are kept.</summary>
    Training,
}
