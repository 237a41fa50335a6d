namespace Nnfs;

/// <summary>The rectified linear unit, element by element: <c>y = max(0, x)</c>. Directly after a dense layer it is fused into that layer.</summary>
public sealed class ReLUAttribute : LayerAttribute;
