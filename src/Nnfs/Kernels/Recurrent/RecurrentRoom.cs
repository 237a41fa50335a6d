namespace Nnfs.Kernels.Recurrent;

/// <summary>Memory of a thread for what a recurrent layer does not keep.</summary>
internal ref struct RecurrentRoom
{
    /// <summary>The state before the first step.</summary>
    public Span<float> Zeros;

    /// <summary>[samples × some steps × gates · units], or where they are kept.</summary>
    public Span<float> Gates;

    /// <summary>[samples × gates · units], where the cell takes the products with the state by themselves.</summary>
    public Span<float> Products;

    /// <summary>[samples × 2 × units], where the states are not kept.</summary>
    public Span<float> States;

    /// <summary>[samples × units], where the cell's memory is not kept.</summary>
    public Span<float> Memory;
}
