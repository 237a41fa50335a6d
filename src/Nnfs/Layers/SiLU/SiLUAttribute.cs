namespace Nnfs;

/// <summary>The sigmoid linear unit, also called swish, element by element: <c>y = x / (1 + exp(−x))</c> (Elfwing et al. 2018).</summary>
public sealed class SiLUAttribute : LayerAttribute;
