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
internal sealed partial class SpiralNet
{
    /// <summary>The share of samples that the network puts into the right class.</summary>
    public float Accuracy(Dataset data)
    {
        int correct = 0;

        for (int i = 0; i < data.Count; i++)
        {
            ReadOnlySpan<float> point = data.Features.Slice(i * InputSize, InputSize);

            if (Classify(point) == data.Labels[i])
            {
                correct++;
            }
        }

        return (float)correct / data.Count;
    }
}
