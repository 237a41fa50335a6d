namespace Nnfs.Samples;

/// <summary>Measures the values of samples, and refuses those that nothing can be learnt from.</summary>
internal static class SampleMeasurement
{
    /// <summary>The logarithm of 1 + x.</summary>
    public static double Logarithm(double x) => double.LogP1(x);

    /// <summary>Measures samples.</summary>
    /// <param name="samples">All samples.</param>
    /// <param name="order">Which of them are measured; <see langword="null"/> for the first.</param>
    /// <param name="count">How many of them are measured.</param>
    /// <param name="name">The parameter that they were passed as.</param>
    /// <exception cref="ArgumentException">There are none, or nothing can be learnt from a value.</exception>
    public static SampleScaling Measure<TSample>(IReadOnlyList<TSample> samples, int[]? order, int count, string name)
        where TSample : ISample<TSample>
    {
        if (count == 0)
        {
            throw new ArgumentException("There are no samples to measure.", name);
        }

        SampleSchema schema = TSample.Schema;
        ValueMeasurement[] features = [.. schema.Features.OrderBy(static feature => feature.Start).SelectMany(static feature =>
            feature.Values.Select(value => new ValueMeasurement(value, feature.IsNullable)))];
        ValueMeasurement[] targets = [.. schema.Label?.Targets.Select(static target => new ValueMeasurement(target, isNullable: false)) ?? []];
        double[] values = new double[features.Length];
        double[] numbers = new double[targets.Length];

        // A second pass, because Σx² − n·mean² loses all digits where the mean is large.
        foreach (bool isSecond in (ReadOnlySpan<bool>)[false, true])
        {
            for (int i = 0; i < count; i++)
            {
                int sample = order?[i] ?? i;
                Read(samples, sample, values, numbers, name);
                Add(features, values, isSecond);
                Add(targets, numbers, isSecond);
            }
        }

        foreach ((FeatureValue value, ValueMeasurement measured) in schema.Values.Concat(schema.Label?.Targets ?? []).Zip([.. features, .. targets]))
        {
            if (!double.IsFinite(measured.Scaling.Center) || !double.IsFinite(measured.Scaling.Scale))
            {
                throw new ArgumentException($"Expected numbers whose mean and deviation can be computed, but those of '{value.Name}' are too large.", name);
            }
        }

        return new SampleScaling(
            schema,
            [.. features.Select(static feature => feature.Scaling)],
            [.. targets.Select(static target => target.Scaling)]);
    }

    /// <summary>Reads the values of a sample, and its label where that is numbers.</summary>
    /// <exception cref="ArgumentException">There is no sample, or nothing can be learnt from a value of it.</exception>
    public static void Read<TSample>(IReadOnlyList<TSample> samples, int sample, Span<double> values, Span<double> targets, string name)
        where TSample : ISample<TSample>
    {
        TSample read = samples[sample] ?? throw new ArgumentException($"Expected samples, but sample {sample} is null.", name);

        read.WriteFeatures(values);
        read.WriteTargets(targets);

        foreach (FeatureInfo feature in TSample.Schema.Features)
        {
            for (int i = 0; i < feature.Count; i++)
            {
                Check(feature.Values[i], values[feature.Start + i], feature.IsNullable, sample, name);
            }
        }

        for (int i = 0; i < targets.Length; i++)
        {
            CheckTarget(TSample.Schema.Label!, i, targets[i], sample, name);
        }
    }

    private static void Add(ValueMeasurement[] measurements, ReadOnlySpan<double> values, bool isSecond)
    {
        for (int i = 0; i < measurements.Length; i++)
        {
            measurements[i].Add(values[i], isSecond);
        }
    }

    private static void Check(FeatureValue feature, double value, bool isNullable, int sample, string name)
    {
        if (double.IsInfinity(value) || (double.IsNaN(value) && !isNullable))
        {
            string cure = double.IsNaN(value) ? " A feature that may be missing is nullable." : "";

            throw new ArgumentException(
                FormattableString.Invariant($"Expected finite numbers, but '{feature.Name}' of sample {sample} is {value}.{cure}"), name);
        }

        if (feature.Scaling == FeatureScaling.Log && value < 0)
        {
            throw new ArgumentException(
                FormattableString.Invariant(
                    $"Expected '{feature.Name}' to be at least 0, because it is read as the logarithm of 1 + x, but that of sample {sample} is {value}."),
                name);
        }
    }

    private static void CheckTarget(LabelInfo label, int number, double target, int sample, string name)
    {
        if (!double.IsFinite(target))
        {
            string fault = double.IsNaN(target) ? "missing" : FormattableString.Invariant($"{target}");

            throw new ArgumentException($"Expected samples with a label, but '{label.Targets[number].Name}' of sample {sample} is {fault}.", name);
        }
    }
}
