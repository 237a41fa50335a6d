using System.Collections.Immutable;
using Nnfs.Samples;

namespace Nnfs;

/// <summary>
/// How the values of samples are scaled before a network reads them, and what it reads where one is missing: measured once, on the samples that the network is
/// trained on, and from then on a part of the network and of its file. It never changes.
/// </summary>
public sealed class SampleScaling
{
    private readonly double[] _centers;
    private readonly double[] _scales;
    private readonly double[] _missing;
    private readonly int[] _logarithms;

    internal SampleScaling(SampleSchema schema, ImmutableArray<ValueScaling> values, ImmutableArray<ValueScaling> targets)
    {
        Schema = schema;
        Values = values;
        Targets = targets;
        _centers = [.. values.Select(static value => value.Center)];
        _scales = [.. values.Select(static value => value.Scale)];
        _missing = [.. values.Select(static value => value.Missing)];
        _logarithms = [.. Enumerable.Range(0, values.Length).Where(value => values[value].Kind == FeatureScaling.Log)];
    }

    /// <summary>What the samples are.</summary>
    public SampleSchema Schema { get; }

    /// <summary>How each value is scaled, in the order of <see cref="SampleSchema.Values"/>.</summary>
    public ImmutableArray<ValueScaling> Values { get; }

    /// <summary>How each number of the label is scaled; none where the label is classes.</summary>
    public ImmutableArray<ValueScaling> Targets { get; }

    /// <summary>Measures samples, in float64.</summary>
    /// <typeparam name="TSample">The type of the samples.</typeparam>
    /// <param name="samples">The samples, at least one: those that a network is trained on, not those that it is measured with.</param>
    /// <exception cref="ArgumentException">
    /// There are no samples, or a value is not finite, negative where its logarithm is taken, or missing where it may not be: the message names it and its
    /// sample, from 0.
    /// </exception>
    public static SampleScaling Of<TSample>(IReadOnlyList<TSample> samples)
        where TSample : ISample<TSample>
    {
        ArgumentNullException.ThrowIfNull(samples);

        return SampleMeasurement.Measure(samples, order: null, samples.Count, nameof(samples));
    }

    /// <summary>Scales the values of one sample, or of several, one after the other. Nothing is allocated.</summary>
    /// <param name="values">[samples × values], as <see cref="ISample{TSelf}.WriteFeatures"/> writes them.</param>
    /// <param name="features">Takes what the network reads, as many numbers.</param>
    /// <exception cref="ArgumentException">The lengths differ, or are not those of a whole number of samples.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The logarithm of a negative number would be taken.</exception>
    public void Apply(ReadOnlySpan<double> values, Span<float> features)
    {
        ShapeGuard.Samples(values.Length, _centers.Length, nameof(values));
        ShapeGuard.Exactly(features.Length, values.Length, 1, nameof(features));

        for (int start = 0; start < values.Length; start += _centers.Length)
        {
            ApplyToSample(values.Slice(start, _centers.Length), features.Slice(start, _centers.Length));
        }
    }

    /// <summary>Scales the numbers of labels.</summary>
    /// <param name="targets">[samples × numbers], as <see cref="ISample{TSelf}.WriteTargets"/> writes them.</param>
    /// <param name="scaled">Takes what the network learns, as many numbers.</param>
    internal void ApplyToTargets(ReadOnlySpan<double> targets, Span<float> scaled)
    {
        for (int i = 0; i < targets.Length; i++)
        {
            ValueScaling scaling = Targets[i % Targets.Length];
            scaled[i] = (float)((targets[i] - scaling.Center) / scaling.Scale);
        }
    }

    /// <summary>Turns the outputs of a network that predicts numbers back into the units of the label, where they are. Nothing is allocated.</summary>
    /// <param name="outputs">[samples × numbers of the label], row-major.</param>
    /// <exception cref="ArgumentException">The length is not that of a whole number of samples.</exception>
    /// <exception cref="InvalidOperationException">The label is no number.</exception>
    public void RestoreTargets(Span<float> outputs)
    {
        if (Targets.IsEmpty)
        {
            throw new InvalidOperationException($"Expected samples with a number as their label, but '{Schema.Name}' has none.");
        }

        ShapeGuard.Samples(outputs.Length, Targets.Length, nameof(outputs));

        for (int i = 0; i < outputs.Length; i++)
        {
            ValueScaling scaling = Targets[i % Targets.Length];
            outputs[i] = (float)((outputs[i] * scaling.Scale) + scaling.Center);
        }
    }

    private void ApplyToSample(ReadOnlySpan<double> values, Span<float> features)
    {
        for (int i = 0; i < values.Length; i++)
        {
            features[i] = (float)(double.IsNaN(values[i]) ? _missing[i] : (values[i] - _centers[i]) / _scales[i]);
        }

        foreach (int i in _logarithms)
        {
            if (values[i] < 0)
            {
                throw new ArgumentOutOfRangeException(
                    nameof(values), values[i], $"Expected '{Schema.Values[i].Name}' to be at least 0, because it is read as the logarithm of 1 + x.");
            }

            if (!double.IsNaN(values[i]))
            {
                features[i] = (float)((SampleMeasurement.Logarithm(values[i]) - _centers[i]) / _scales[i]);
            }
        }
    }
}
