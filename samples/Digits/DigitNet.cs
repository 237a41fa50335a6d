using Nnfs;

namespace Digits;

/// <summary>Tells ten kinds of grey pictures of 28 × 28 pixels apart: digits, the clothes of Fashion-MNIST, or what folders hold.</summary>
[Network(Side, Side, 1)]
[Conv2D(16, 3, Padding = Padding.Same)]
[ReLU]
[Conv2D(16, 3, Padding = Padding.Same)]
[ReLU]
[MaxPool2D(2)]
[Conv2D(32, 3, Padding = Padding.Same)]
[ReLU]
[Conv2D(32, 3, Padding = Padding.Same)]
[ReLU]
[MaxPool2D(2)]
[Dense(128)]
[ReLU]
[Dropout(0.3f)]
[Dense(10)]
[SoftmaxCrossEntropy]
internal sealed partial class DigitNet
{
    /// <summary>The rows of a picture, and its columns.</summary>
    public const int Side = 28;
}
