namespace Nnfs.Generators.Models;

/// <summary>How a network's kernels work on many samples.</summary>
internal enum NetworkPlan
{
    /// <summary>Activations are rows, a sample each; a matrix product is computed in tiles of rows and columns.</summary>
    Rows,

    /// <summary>Activations are columns: a vector holds one value of 16 samples. For narrow layers, which would not fill a vector with a row.</summary>
    Lanes,

    /// <summary>Activations are rows, and each layer is computed by itself, for all samples on one thread: the text is what counts.</summary>
    Plain,
}
