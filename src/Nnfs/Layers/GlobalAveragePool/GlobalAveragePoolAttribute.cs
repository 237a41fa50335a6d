namespace Nnfs;

/// <summary>
/// The mean of each channel over all n steps or pixels of a sample, <c>y[c] = (Σ x[p, c]) / n</c>: of steps × channels or of height × width × channels it
/// gives the channels.
/// </summary>
public sealed class GlobalAveragePoolAttribute : LayerAttribute;
