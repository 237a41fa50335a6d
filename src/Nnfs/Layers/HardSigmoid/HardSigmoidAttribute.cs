namespace Nnfs;

/// <summary>
/// The hard sigmoid, element by element: <c>y = min(max(x / 6 + 1/2, 0), 1)</c>, close to a sigmoid but without an exponential, as in Keras 3 and PyTorch.
/// </summary>
public sealed class HardSigmoidAttribute : LayerAttribute;
