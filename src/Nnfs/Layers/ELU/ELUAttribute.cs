namespace Nnfs;

/// <summary>The exponential linear unit, element by element: <c>y = x &gt; 0 ? x : alpha · (exp(x) − 1)</c> (Clevert et al. 2015).</summary>
public sealed class ELUAttribute : LayerAttribute
{
    /// <summary>An ELU.</summary>
    /// <param name="alpha">The outputs of very negative inputs approach −alpha; more than 0.</param>
    public ELUAttribute(double alpha = 1)
    {
        Alpha = alpha;
    }

    /// <summary>The outputs of very negative inputs approach −alpha.</summary>
    public double Alpha { get; }
}
