namespace Nnfs.Catalogue.Layers;

/// <summary>The gradients of one step of one sequence.</summary>
/// <param name="state">That of the state after the step.</param>
/// <param name="memory">That of what the cell remembers beside it.</param>
/// <param name="gates">The gates of all units.</param>
internal sealed class RecurrentStepGradients(double[] state, double[] memory, int gates)
{
    public double[] State => state;

    public double[] Memory => memory;

    /// <summary>Those of the products of all gates with the inputs.</summary>
    public double[] InputProducts { get; } = new double[gates];

    /// <summary>Those of the products with the state, where they are not the same.</summary>
    public double[] StateProducts { get; } = new double[gates];

    /// <summary>That of the state before the step, beside the products.</summary>
    public double[] PreviousState { get; } = new double[state.Length];

    /// <summary>That of what the cell remembered before the step.</summary>
    public double[] PreviousMemory { get; } = new double[state.Length];
}
