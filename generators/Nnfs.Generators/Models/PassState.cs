namespace Nnfs.Generators.Models;

/// <summary>What a pass into a workspace can be, apart from forward or back.</summary>
internal enum PassState
{
    /// <summary>One that draws masks, because it is one of training.</summary>
    Masked,

    /// <summary>One of training.</summary>
    Training,
}
