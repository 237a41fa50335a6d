namespace Nnfs;

/// <summary>The leaky rectified linear unit, element by element: <c>y = x &gt; 0 ? x : slope · x</c> (Maas et al. 2013).</summary>
public sealed class LeakyReLUAttribute : LayerAttribute
{
    /// <summary>A leaky ReLU.</summary>
    /// <param name="slope">What negative inputs are multiplied by, from 0 to 1.</param>
    public LeakyReLUAttribute(double slope = 0.01)
    {
        Slope = slope;
    }

    /// <summary>What negative inputs are multiplied by.</summary>
    public double Slope { get; }
}
