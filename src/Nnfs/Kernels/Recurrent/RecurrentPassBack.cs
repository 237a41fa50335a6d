namespace Nnfs.Kernels.Recurrent;

/// <summary>What a recurrent layer takes and gives on its way back from step to step.</summary>
internal ref struct RecurrentPassBack
{
    /// <summary>The transposed recurrent weights [gates · units × stride of the units].</summary>
    public ReadOnlySpan<float> Transposed;

    /// <summary>The gates of the way forward [samples × steps × gates · units].</summary>
    public ReadOnlySpan<float> Gates;

    /// <summary>[samples × steps × units], where the cell has one.</summary>
    public ReadOnlySpan<float> Memory;

    /// <summary>The states: [samples × steps × units], or as the outputs where these are the states.</summary>
    public ReadOnlySpan<float> States;

    /// <summary>What the samples began with, as the way forward kept it; none where that was 0.</summary>
    public ReadOnlySpan<float> Initial;

    /// <summary>Gradients of the outputs.</summary>
    public ReadOnlySpan<float> Dy;

    /// <summary>Gradients of the products with the inputs [samples × steps × gates · units]; written.</summary>
    public Span<float> GateGradients;

    /// <summary>
    /// Gradients of the last gate's product with the state [samples × steps × units], where the cell takes the products by themselves; written.
    /// </summary>
    public Span<float> ProductGradients;

    public RecurrentSteps Steps;
    public int Units;
    public int Samples;
}
