namespace Nnfs;

/// <summary>The identity: <c>y = x</c>. It gives a name to values, as the linear activation does in "Neural Networks from Scratch in Python".</summary>
public sealed class LinearAttribute : LayerAttribute;
