namespace Nnfs;

/// <summary>
/// The scaled exponential linear unit, element by element: <c>y = scale · (x &gt; 0 ? x : alpha · (exp(x) − 1))</c> for alpha = 1.6732632 and
/// scale = 1.050701 (Klambauer et al. 2017).
/// </summary>
/// <remarks>The two numbers keep the mean of the values near 0 and their variance near 1 from layer to layer.</remarks>
public sealed class SELUAttribute : LayerAttribute;
