namespace Nnfs;

/// <summary>The hyperbolic tangent, element by element: <c>y = tanh(x)</c>.</summary>
public sealed class TanhAttribute : LayerAttribute;
