using Nnfs;

namespace SpiralSweep;

/// <summary>The spiral that networks learn, and another that they are measured with.</summary>
internal static class SpiralData
{
    public static Dataset Training { get; } = Datasets.Spiral(samplesPerClass: 200, classes: 3, new NumpyRandom(seed: 0));

    public static Dataset Validation { get; } = Datasets.Spiral(samplesPerClass: 100, classes: 3, new NumpyRandom(seed: 1));
}
