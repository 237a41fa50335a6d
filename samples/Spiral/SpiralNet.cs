using Nnfs;

namespace Spiral;

/// <summary>
/// Tells the arms of the spiral apart. The attributes are the whole declaration: the source generator writes the other
/// part of this class, with forward and backward passes for exactly these shapes.
/// </summary>
[Network(2)]
[Dense(64)]
[ReLU]
[Dense(3)]
[SoftmaxCrossEntropy]
internal sealed partial class SpiralNet;
