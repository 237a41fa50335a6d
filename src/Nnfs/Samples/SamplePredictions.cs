using System.ComponentModel;
using Nnfs.Training;

namespace Nnfs;

/// <summary>Predictions of samples. Generated code calls it: call <c>Predict</c> and <c>Classify</c> of the network.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class SamplePredictions
{
    /// <summary>The samples that are computed at once.</summary>
    private const int BatchSize = 256;

    [ThreadStatic]
    private static double[]? s_values;

    [ThreadStatic]
    private static float[]? s_features;

    [ThreadStatic]
    private static float[]? s_outputs;

    /// <summary>Runs the network forward on a sample. Outputs that are numbers of the label are in its units.</summary>
    /// <param name="network">The network.</param>
    /// <param name="sample">The sample.</param>
    /// <param name="outputs">Takes the outputs.</param>
    /// <exception cref="ArgumentException"><paramref name="outputs"/> or an array of the sample has another length.</exception>
    /// <exception cref="InvalidOperationException">The network was neither trained on samples nor loaded.</exception>
    public static void Predict<TNetwork, TSample>(TNetwork network, TSample sample, Span<float> outputs)
        where TNetwork : class, ISampleNetwork<TNetwork, TSample>
        where TSample : ISample<TSample>
    {
        SampleScaling scaling = ScalingOf(network);
        ShapeGuard.Exactly(outputs.Length, 1, TNetwork.OutputSize, nameof(outputs));
        Span<float> features = Memory(ref s_features, TNetwork.InputSize);

        Write(sample, scaling, features);
        network.Predict(features, outputs);
        Restore(scaling, outputs);
    }

    /// <summary>Runs the network forward on a sample. The output, where it is a number of the label, is in its units.</summary>
    /// <param name="network">The network.</param>
    /// <param name="sample">The sample.</param>
    /// <returns>The last output: the only one, or the probability of the second of two classes.</returns>
    /// <exception cref="ArgumentException">An array of the sample has another length, or a number of it is infinite or not a number.</exception>
    /// <exception cref="InvalidOperationException">The network was neither trained on samples nor loaded.</exception>
    public static float Predict<TNetwork, TSample>(TNetwork network, TSample sample)
        where TNetwork : class, ISampleNetwork<TNetwork, TSample>
        where TSample : ISample<TSample>
    {
        Span<float> outputs = Memory(ref s_outputs, TNetwork.OutputSize);
        Predict(network, sample, outputs);

        return outputs[^1];
    }

    /// <summary>Runs the network forward on samples. Outputs that are numbers of the label are in its units.</summary>
    /// <param name="network">The network.</param>
    /// <param name="samples">The samples.</param>
    /// <param name="outputs">Takes [samples × outputs], row-major.</param>
    /// <exception cref="ArgumentException"><paramref name="outputs"/> or an array of a sample has another length.</exception>
    /// <exception cref="InvalidOperationException">The network was neither trained on samples nor loaded.</exception>
    public static void Predict<TNetwork, TSample>(TNetwork network, IReadOnlyList<TSample> samples, Span<float> outputs)
        where TNetwork : class, ISampleNetwork<TNetwork, TSample>
        where TSample : ISample<TSample>
    {
        ArgumentNullException.ThrowIfNull(samples);
        SampleScaling scaling = ScalingOf(network);
        ShapeGuard.Exactly(outputs.Length, samples.Count, TNetwork.OutputSize, nameof(outputs));

        for (int start = 0; start < samples.Count; start += BatchSize)
        {
            int count = Math.Min(BatchSize, samples.Count - start);
            Batch(network, samples, start, count, scaling, outputs.Slice(start * TNetwork.OutputSize, count * TNetwork.OutputSize));
        }
    }

    /// <summary>The class of a sample, from 0: where the largest output is, or for a single one whether it is more than one half.</summary>
    /// <param name="network">The network.</param>
    /// <param name="sample">The sample.</param>
    /// <exception cref="ArgumentException">An array of the sample has another length, or a number of it is infinite or not a number.</exception>
    /// <exception cref="InvalidOperationException">The network was neither trained on samples nor loaded.</exception>
    public static int Classify<TNetwork, TSample>(TNetwork network, TSample sample)
        where TNetwork : class, ISampleNetwork<TNetwork, TSample>
        where TSample : ISample<TSample>
    {
        Span<float> outputs = Memory(ref s_outputs, TNetwork.OutputSize);
        Predict(network, sample, outputs);

        return ClassOf(outputs);
    }

    /// <summary>The classes of samples.</summary>
    /// <param name="network">The network.</param>
    /// <param name="samples">The samples.</param>
    /// <param name="labels">Takes the class of each.</param>
    /// <param name="labelOf">The label that a class is.</param>
    /// <exception cref="ArgumentException"><paramref name="labels"/> or an array of a sample has another length.</exception>
    /// <exception cref="InvalidOperationException">The network was neither trained on samples nor loaded.</exception>
    public static void Classify<TNetwork, TSample, TLabel>(
        TNetwork network, IReadOnlyList<TSample> samples, Span<TLabel> labels, Func<int, TLabel> labelOf)
        where TNetwork : class, ISampleNetwork<TNetwork, TSample>
        where TSample : ISample<TSample>
    {
        ArgumentNullException.ThrowIfNull(samples);
        ArgumentNullException.ThrowIfNull(labelOf);
        SampleScaling scaling = ScalingOf(network);
        ShapeGuard.Exactly(labels.Length, samples.Count, 1, nameof(labels));

        for (int start = 0; start < samples.Count; start += BatchSize)
        {
            int count = Math.Min(BatchSize, samples.Count - start);
            Span<float> outputs = Memory(ref s_outputs, count * TNetwork.OutputSize);
            Batch(network, samples, start, count, scaling, outputs);

            for (int i = 0; i < count; i++)
            {
                labels[start + i] = labelOf(ClassOf(outputs.Slice(i * TNetwork.OutputSize, TNetwork.OutputSize)));
            }
        }
    }

    /// <summary>A scaling that a network of such samples may have.</summary>
    /// <param name="value">The scaling.</param>
    /// <exception cref="ArgumentException">It is of other samples.</exception>
    public static SampleScaling? Checked<TSample>(SampleScaling? value)
        where TSample : ISample<TSample> => value is null || value.Schema == TSample.Schema
            ? value
            : throw new ArgumentException(
                $"Expected the scaling of samples of type '{TSample.Schema.Name}', but it is of '{value.Schema.Name}'.", nameof(value));

    private static void Batch<TNetwork, TSample>(
        TNetwork network, IReadOnlyList<TSample> samples, int start, int count, SampleScaling scaling, Span<float> outputs)
        where TNetwork : class, ISampleNetwork<TNetwork, TSample>
        where TSample : ISample<TSample>
    {
        Span<float> features = Memory(ref s_features, count * TNetwork.InputSize);

        for (int i = 0; i < count; i++)
        {
            TSample sample = samples[start + i] ?? throw new ArgumentException($"Expected samples, but sample {start + i} is null.", nameof(samples));
            Write(sample, scaling, features.Slice(i * TNetwork.InputSize, TNetwork.InputSize));
        }

        network.Predict(features, outputs);
        Restore(scaling, outputs);
    }

    private static void Write<TSample>(TSample sample, SampleScaling scaling, Span<float> features)
        where TSample : ISample<TSample>
    {
        if (sample is null)
        {
            throw new ArgumentNullException(nameof(sample));
        }

        Span<double> values = Memory(ref s_values, features.Length);
        sample.WriteFeatures(values);
        scaling.Apply(values, features);

        if (FiniteCheck.IsFinite(features))
        {
            return;
        }

        int place = 0;

        while (float.IsFinite(features[place]))
        {
            place++;
        }

        throw new ArgumentException(
            FormattableString.Invariant($"Expected a finite number, but '{scaling.Schema.Values[place].Name}' is {values[place]}."), nameof(sample));
    }

    private static void Restore(SampleScaling scaling, Span<float> outputs)
    {
        if (!scaling.Targets.IsEmpty)
        {
            scaling.RestoreTargets(outputs);
        }
    }

    private static int ClassOf(ReadOnlySpan<float> outputs) =>
        Accuracy.ClassOf(outputs, outputs.Length == 1 ? AccuracyKind.Binary : AccuracyKind.LargestOutput);

    /// <summary>The scaling that a network has.</summary>
    /// <exception cref="InvalidOperationException">It has none.</exception>
    internal static SampleScaling ScalingOf<TNetwork>(TNetwork network)
        where TNetwork : class, INetworkModel<TNetwork>, ISampleNetwork
    {
        ArgumentNullException.ThrowIfNull(network);

        return network.Scaling ?? throw new InvalidOperationException(
            $"'{TNetwork.Name}' does not know how samples of type '{network.Schema.Name}' are scaled, because it was neither trained on some nor loaded from " +
            "the file of a network that was: train it, or set Scaling.");
    }

    /// <summary>Memory of this thread, allocated when it first needs so much.</summary>
    private static Span<T> Memory<T>(ref T[]? memory, int length)
    {
        if (memory is null || memory.Length < length)
        {
            memory = new T[length];
        }

        return memory.AsSpan(0, length);
    }
}
