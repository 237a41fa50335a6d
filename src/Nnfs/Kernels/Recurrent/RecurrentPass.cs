namespace Nnfs.Kernels.Recurrent;

/// <summary>What a recurrent layer takes and gives on its way forward.</summary>
internal ref struct RecurrentPass
{
    /// <summary>Inputs [samples × steps × features].</summary>
    public ReadOnlySpan<float> X;

    /// <summary>[features × stride of the gates].</summary>
    public ReadOnlySpan<float> InputWeights;

    /// <summary>[units × stride of the gates].</summary>
    public ReadOnlySpan<float> RecurrentWeights;

    /// <summary>[stride of the gates].</summary>
    public ReadOnlySpan<float> Biases;

    /// <summary>[stride of the gates], where the cell takes the products with the state by themselves.</summary>
    public ReadOnlySpan<float> RecurrentBiases;

    /// <summary>[samples × steps × gates · units]; none in a prediction.</summary>
    public Span<float> Gates;

    /// <summary>[samples × steps × units], where the cell has one; none in a prediction.</summary>
    public Span<float> Memory;

    /// <summary>[samples × steps × units]; none in a prediction, and where the outputs are the states.</summary>
    public Span<float> States;

    /// <summary>The outputs.</summary>
    public Span<float> Y;

    /// <summary>
    /// The state that each sample begins with, and after it the memory that goes on from step to step [samples × size]; written from what is carried. None
    /// where all begin with 0.
    /// </summary>
    public Span<float> Initial;

    /// <summary>The state that each sample ends with; of the pass before, and then of this one. None where all begin with 0.</summary>
    public Span<float> Carried;

    public RecurrentSteps Steps;
    public int Features;
    public int Units;
    public int Samples;
}
