namespace Nnfs;

/// <summary>Data sets to try networks on.</summary>
public static class Datasets
{
    private const int SpiralFeatures = 2;
    private const int VerticalFeatures = 2;

    /// <summary>
    /// A spiral with one arm for each class, which no straight line can separate: the data that "Neural Networks from Scratch in
    /// Python" (Kinsley and Kukieła 2020) trains on, after Andrej Karpathy's notes for the course CS231n.
    /// </summary>
    /// <param name="samplesPerClass">The number of samples of each arm, at least 1.</param>
    /// <param name="classes">The number of arms, at least 1.</param>
    /// <param name="random">The generator that the noise is drawn from, one normal number per sample; it advances.</param>
    /// <returns><c>samplesPerClass · classes</c> samples of 2 features, class after class.</returns>
    /// <remarks>
    /// <para>
    /// Sample <c>i</c> of the <c>n</c> samples of class <c>c</c> lies at <c>(r·sin 2.5t, r·cos 2.5t)</c> with the radius
    /// <c>r = i / (n − 1)</c> from 0 to 1 and the angle <c>t = 4c + 4i / (n − 1) + 0.2·N(0, 1)</c>. A single sample has <c>r = 0</c>.
    /// </para>
    /// <para>
    /// The numbers are those of the book's data package on NumPy, bit for bit where the machine's sine, cosine and logarithm
    /// are NumPy's: noise is a product of float32 numbers, all else is float64, and the features are rounded to float32 at the end.
    /// </para>
    /// </remarks>
    /// <exception cref="ArgumentOutOfRangeException">A count is less than 1, or the features are more than one block can hold.</exception>
    /// <exception cref="ArgumentNullException"><paramref name="random"/> is null.</exception>
    public static Dataset Spiral(int samplesPerClass, int classes, NumpyRandom random)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(samplesPerClass, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(classes, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(samplesPerClass, AlignedBlock.MaxLength / SpiralFeatures / classes);
        ArgumentNullException.ThrowIfNull(random);

        int count = samplesPerClass * classes;
        float[] features = new float[count * SpiralFeatures];
        int[] labels = new int[count];

        for (int sample = 0; sample < count; sample++)
        {
            (int label, int i) = Math.DivRem(sample, samplesPerClass);
            float noise = 0.2f * (float)random.NextGaussian();
            double radius = LinearSpace(0.0, 1.0, samplesPerClass, i);
            double angle = LinearSpace(4.0 * label, 4.0 * (label + 1.0), samplesPerClass, i) + noise;

            features[sample * SpiralFeatures] = (float)(radius * Math.Sin(angle * 2.5));
            features[(sample * SpiralFeatures) + 1] = (float)(radius * Math.Cos(angle * 2.5));
            labels[sample] = label;
        }

        return new Dataset(features, labels, SpiralFeatures, classes);
    }

    /// <summary>
    /// Clouds side by side, one for each class, which straight lines nearly separate: the vertical data of "Neural Networks from
    /// Scratch in Python" (Kinsley and Kukieła 2020).
    /// </summary>
    /// <param name="samplesPerClass">The number of samples of each cloud, at least 1.</param>
    /// <param name="classes">The number of clouds, at least 1.</param>
    /// <param name="random">The generator that the noise is drawn from, two normal numbers per sample; it advances.</param>
    /// <returns><c>samplesPerClass · classes</c> samples of 2 features, class after class.</returns>
    /// <remarks>
    /// A sample of class <c>c</c> lies at <c>(0.1·N(0, 1) + c/3, 0.1·N(0, 1) + 0.5)</c>. For each class all first features are drawn, then all
    /// second ones. The numbers are those of the book's data package on NumPy, bit for bit where the machine's logarithm is NumPy's: all sums and
    /// products are of float32 numbers.
    /// </remarks>
    /// <exception cref="ArgumentOutOfRangeException">A count is less than 1, or the features are more than one block can hold.</exception>
    /// <exception cref="ArgumentNullException"><paramref name="random"/> is null.</exception>
    public static Dataset VerticalData(int samplesPerClass, int classes, NumpyRandom random)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(samplesPerClass, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(classes, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(samplesPerClass, AlignedBlock.MaxLength / VerticalFeatures / classes);
        ArgumentNullException.ThrowIfNull(random);

        int count = samplesPerClass * classes;
        float[] features = new float[count * VerticalFeatures];
        int[] labels = new int[count];

        for (int label = 0; label < classes; label++)
        {
            int start = label * samplesPerClass;
            labels.AsSpan(start, samplesPerClass).Fill(label);

            for (int feature = 0; feature < VerticalFeatures; feature++)
            {
                float centre = feature == 0 ? (float)(label / 3.0) : 0.5f;

                for (int sample = start; sample < start + samplesPerClass; sample++)
                {
                    float noise = 0.1f * (float)random.NextGaussian();
                    features[(sample * VerticalFeatures) + feature] = noise + centre;
                }
            }
        }

        return new Dataset(features, labels, VerticalFeatures, classes);
    }

    /// <summary>
    /// One period of the sine, to be learned by regression: the sine data of "Neural Networks from Scratch in Python" (Kinsley and
    /// Kukieła 2020).
    /// </summary>
    /// <param name="samples">The number of samples <c>n</c>, at least 1.</param>
    /// <returns>
    /// For <c>i</c> from 0 to <c>n − 1</c> the feature <c>x = i / n</c> and the target <c>sin 2πx</c>, both computed in float64 and rounded to float32.
    /// </returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="samples"/> is less than 1, or more than one block can hold.</exception>
    public static RegressionDataset Sine(int samples)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(samples, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(samples, AlignedBlock.MaxLength);

        float[] features = new float[samples];
        float[] targets = new float[samples];

        for (int i = 0; i < samples; i++)
        {
            double x = (double)i / samples;
            features[i] = (float)x;
            targets[i] = (float)Math.Sin(2 * Math.PI * x);
        }

        return new RegressionDataset(features, targets, featureCount: 1, targetCount: 1);
    }

    /// <summary>Element <paramref name="i"/> of NumPy's <c>linspace(start, stop, count)</c>, rounded as NumPy rounds it.</summary>
    private static double LinearSpace(double start, double stop, int count, int i)
    {
        if (i == 0)
        {
            return start;
        }

        // NumPy sets the last element, so that rounding of the step cannot miss it.
        return i == count - 1 ? stop : (i * ((stop - start) / (count - 1))) + start;
    }
}
