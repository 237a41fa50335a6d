using System.Collections.Immutable;
using System.Numerics.Tensors;
using Nnfs.Data;

namespace Nnfs;

/// <summary>
/// Samples for a network with several inputs or outputs, by their names: the values of each input, and what each output with a loss is compared with. The
/// network's <c>CreateDataset</c> makes one. It does not change once it is made.
/// </summary>
public sealed class NamedDataset
{
    private readonly string _network;
    private readonly AlignedBlock _features;
    private readonly AlignedBlock _targets;

    internal NamedDataset(
        string network,
        ImmutableArray<InputInfo> inputs,
        ImmutableArray<OutputInfo> outputs,
        AlignedBlock features,
        AlignedBlock targets,
        int count)
    {
        _network = network;
        Inputs = inputs;
        Outputs = outputs;
        _features = features;
        _targets = targets;
        Count = count;
    }

    /// <summary>The number of samples.</summary>
    public int Count { get; }

    /// <summary>The inputs that it has values of.</summary>
    public ImmutableArray<InputInfo> Inputs { get; }

    /// <summary>The outputs that it has labels or targets of: those with a loss.</summary>
    public ImmutableArray<OutputInfo> Outputs { get; }

    /// <summary>The rows of all inputs, one after another for each sample.</summary>
    internal ReadOnlySpan<float> Features => _features.Span;

    /// <summary>The rows of all labels and targets, one after another for each sample.</summary>
    internal ReadOnlySpan<float> Targets => _targets.Span;

    /// <summary>
    /// The values of an input, or the labels or targets of an output, as [samples, values]: a view without a copy. Indices and labels are floats in it.
    /// </summary>
    /// <param name="name">The name of the input or output.</param>
    /// <exception cref="ArgumentException">There is none of that name. The message lists those that there are.</exception>
    public ReadOnlyTensorSpan<float> this[string name]
    {
        get
        {
            ArgumentNullException.ThrowIfNull(name);

            for (int i = 0; i < Inputs.Length; i++)
            {
                if (Inputs[i].Name == name)
                {
                    return View(_features, PackedPass.InputsOf(Inputs.AsSpan()), i, Inputs[i].Size);
                }
            }

            for (int i = 0; i < Outputs.Length; i++)
            {
                if (Outputs[i].Name == name)
                {
                    return View(_targets, PackedPass.TargetsOf(Outputs.AsSpan()), i, Outputs[i].TargetSize);
                }
            }

            IEnumerable<string> names = Inputs.Select(static input => input.Name).Concat(Outputs.Select(static output => output.Name));

            throw new ArgumentException($"Expected one of the names [{string.Join(", ", names)}], but it is '{name}'.", nameof(name));
        }
    }

    /// <summary>Splits the samples at random into some to train on and some to test with. The same seed gives the same split.</summary>
    /// <param name="testFraction">The share of the samples for the test, 0 … 1, rounded to whole samples.</param>
    /// <param name="seed">The seed of the random order, not negative.</param>
    /// <returns>Two data sets, each in a random order, which together have every sample once.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="testFraction"/> is not from 0 to 1, or <paramref name="seed"/> is negative.</exception>
    public (NamedDataset Training, NamedDataset Test) Split(double testFraction, int seed = 0)
    {
        SampleSplit split = SampleSplit.Random(Count, testFraction, seed);

        return (Subset(split.Training), Subset(split.Test));
    }

    /// <summary>A data set of copies of some samples, in the order in which they are named. A sample may be named more than once.</summary>
    /// <param name="samples">The samples, 0 … <see cref="Count"/> − 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no sample with one of these numbers.</exception>
    public NamedDataset Subset(params ReadOnlySpan<int> samples)
    {
        int outside = samples.IndexOfAnyExceptInRange(0, Count - 1);

        if (outside >= 0)
        {
            throw new ArgumentOutOfRangeException(
                nameof(samples), samples[outside], $"Expected samples from 0 to {Count - 1}, but number {outside} is {samples[outside]}.");
        }

        return new(_network, Inputs, Outputs, Select(_features, samples), Select(_targets, samples), samples.Length);
    }

    /// <summary>Checks that the data set is one of a network.</summary>
    /// <param name="name">The parameter that it was passed as.</param>
    /// <exception cref="ArgumentException">It is of another network.</exception>
    internal void Check<TNetwork>(string name)
        where TNetwork : INetwork<TNetwork>
    {
        if (_network != TNetwork.Name)
        {
            throw new ArgumentException(
                $"Expected a data set of '{TNetwork.Name}', made by its CreateDataset, but it is one of '{_network}'.", name);
        }
    }

    private AlignedBlock Select(AlignedBlock rows, ReadOnlySpan<int> samples)
    {
        int size = Count == 0 ? 0 : rows.Length / Count;
        AlignedBlock selected = new(samples.Length * size);

        for (int i = 0; i < samples.Length; i++)
        {
            rows.Slice(samples[i] * size, size).CopyTo(selected.Slice(i * size, size));
        }

        return selected;
    }

    /// <summary>A part of all rows.</summary>
    /// <remarks>In a dimension of length 1 or less the only stride that a tensor takes is 0.</remarks>
    private ReadOnlyTensorSpan<float> View(AlignedBlock block, PackedRows rows, int part, int size) => Count == 0 ? default
        : new ReadOnlyTensorSpan<float>(block.Span[rows.StartOf(part)..], [Count, size], [Count == 1 ? 0 : rows.RowSize, size == 1 ? 0 : 1]);
}
