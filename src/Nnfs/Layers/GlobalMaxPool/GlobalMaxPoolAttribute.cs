namespace Nnfs;

/// <summary>
/// The greatest value of each channel over all steps or pixels of a sample, <c>y[c] = max x[p, c]</c>: of steps × channels or of height × width × channels it
/// gives the channels. The gradient goes to the first of the greatest.
/// </summary>
public sealed class GlobalMaxPoolAttribute : LayerAttribute;
