namespace Nnfs;

/// <summary>The logistic function, element by element: <c>y = 1 / (1 + exp(−x))</c>.</summary>
public sealed class SigmoidAttribute : LayerAttribute;
