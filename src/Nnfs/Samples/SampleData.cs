namespace Nnfs.Samples;

/// <summary>Samples as the spans that a network is trained and measured with.</summary>
internal static class SampleData
{
    /// <summary>The class of each sample.</summary>
    /// <exception cref="ArgumentException">A sample is missing, or its label is.</exception>
    public static int[] Labels<TSample>(IReadOnlyList<TSample> samples, string name)
        where TSample : ISample<TSample>
    {
        int[] labels = new int[samples.Count];

        for (int i = 0; i < labels.Length; i++)
        {
            TSample sample = samples[i] ?? throw new ArgumentException($"Expected samples, but sample {i} is null.", name);
            labels[i] = sample.LabelClass;

            if (labels[i] < 0)
            {
                throw new ArgumentException($"Expected samples with a label, but '{TSample.Schema.Label?.Name}' of sample {i} is missing.", name);
            }
        }

        return labels;
    }

    /// <summary>The scaled features of all samples, row by row, and where the label is numbers, these.</summary>
    /// <exception cref="ArgumentException">Nothing can be learnt from a value.</exception>
    public static float[] Features<TSample>(IReadOnlyList<TSample> samples, SampleScaling scaling, out float[] targets, string name)
        where TSample : ISample<TSample>
    {
        int size = scaling.Values.Length;
        int numbers = scaling.Targets.Length;
        float[] features = new float[checked(samples.Count * size)];
        targets = new float[checked(samples.Count * numbers)];
        double[] values = new double[size];
        double[] label = new double[numbers];

        for (int i = 0; i < samples.Count; i++)
        {
            SampleMeasurement.Read(samples, i, values, label, name);
            scaling.Apply(values, features.AsSpan(i * size, size));
            scaling.ApplyToTargets(label, targets.AsSpan(i * numbers, numbers));
        }

        return features;
    }
}
