namespace Nnfs.Tests.Training.Images;

/// <summary>A network of small images, with dropout.</summary>
[Network(6, 5, 2)]
[Dense(9)]
[ReLU]
[Dropout(0.2f)]
[Dense(3)]
[SoftmaxCrossEntropy]
public partial class ImageNetwork;

/// <summary>A network of large images.</summary>
[Network(65, 65, 1)]
[Dense(2)]
[SoftmaxCrossEntropy]
public partial class LargeImageNetwork;

/// <summary>A network of sequences, which are no images.</summary>
[Network(6, 5)]
[Dense(3)]
[SoftmaxCrossEntropy]
public partial class SequenceNetwork;

/// <summary>The same images without dropout.</summary>
[Network(6, 5, 2)]
[Dense(9)]
[ReLU]
[Dense(3)]
[SoftmaxCrossEntropy]
public partial class PlainImageNetwork;
