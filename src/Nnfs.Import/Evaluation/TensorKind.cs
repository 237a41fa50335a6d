namespace Nnfs.Import.Evaluation;

/// <summary>What the elements of a tensor are while a graph is evaluated.</summary>
internal enum TensorKind
{
    /// <summary>Real numbers, held as float64 whatever the model stores.</summary>
    Real,

    /// <summary>Whole numbers, held as 64 bits whatever the model stores.</summary>
    Integer,

    /// <summary>Truth values: 0 and 1.</summary>
    Boolean,
}
