namespace Nnfs;

/// <summary>The Gaussian error linear unit, element by element: <c>y = x · Φ(x)</c> (Hendrycks and Gimpel 2016).</summary>
public sealed class GELUAttribute : LayerAttribute
{
    /// <summary>How it is computed: exactly by default.</summary>
    public GELUForm Form { get; set; } = GELUForm.Exact;
}
