namespace Nnfs.Catalogue.Layers;

/// <summary>One step of one sequence through a recurrent layer.</summary>
/// <param name="X">The inputs of the step.</param>
/// <param name="PreviousState">The state before it.</param>
/// <param name="PreviousMemory">What the cell remembers beside its state, before it.</param>
/// <param name="InputProducts">The products of all gates with the inputs, gate after gate.</param>
/// <param name="StateProducts">Those with the state before.</param>
internal sealed record RecurrentStep(double[] X, double[] PreviousState, double[] PreviousMemory, double[] InputProducts, double[] StateProducts)
{
    /// <summary>The state after the step.</summary>
    public double[] State { get; set; } = new double[PreviousState.Length];

    /// <summary>What the cell remembers beside its state, after it.</summary>
    public double[] Memory { get; set; } = new double[PreviousState.Length];

    /// <summary>What the gates are, one after the other.</summary>
    public double[] Gates { get; } = new double[InputProducts.Length];

    /// <summary>The number of values of the state.</summary>
    public int Units => PreviousState.Length;
}
