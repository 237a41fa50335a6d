using Nnfs;

namespace Digits;

/// <summary>Tells ten kinds of pictures of 28 × 28 pixels apart: digits, or the clothes of Fashion-MNIST.</summary>
[Network(28, 28)]
[Dense(128)]
[ReLU]
[Dense(64)]
[ReLU]
[Dense(10)]
[SoftmaxCrossEntropy]
internal sealed partial class DigitNet
{
    /// <summary>The rows of a picture, and its columns.</summary>
    public const int Side = 28;
}
