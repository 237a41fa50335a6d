namespace Nnfs;

/// <summary>The softplus, element by element: <c>y = log(1 + exp(x))</c>, a smooth ReLU that is more than 0 (Dugas et al. 2001).</summary>
public sealed class SoftplusAttribute : LayerAttribute;
