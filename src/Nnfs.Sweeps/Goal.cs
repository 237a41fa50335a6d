namespace Nnfs.Sweeps;

/// <summary>Which figures are better.</summary>
public enum Goal
{
    /// <summary>Lower ones, such as losses.</summary>
    Minimize,

    /// <summary>Higher ones, such as accuracies.</summary>
    Maximize,
}
