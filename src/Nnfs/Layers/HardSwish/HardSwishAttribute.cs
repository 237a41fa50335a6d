namespace Nnfs;

/// <summary>
/// The hard swish, element by element: <c>y = x · min(max(x / 6 + 1/2, 0), 1)</c>, close to a SiLU but without an exponential (Howard et al. 2019).
/// </summary>
public sealed class HardSwishAttribute : LayerAttribute;
