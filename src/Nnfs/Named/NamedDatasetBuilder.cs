using System.Collections.Immutable;
using System.ComponentModel;
using Nnfs.Training;

namespace Nnfs;

/// <summary>Makes a <see cref="NamedDataset"/>: takes the values of the inputs and of the outputs with a loss in their order, and checks them.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class NamedDatasetBuilder
{
    private readonly string _network;
    private readonly ImmutableArray<InputInfo> _inputs;
    private readonly ImmutableArray<OutputInfo> _outputs;
    private readonly PackedRows _inputRows;
    private readonly PackedRows _targetRows;
    private AlignedBlock _features = new(0);
    private AlignedBlock _targets = new(0);
    private int _count;
    private int _part;

    private NamedDatasetBuilder(string network, ImmutableArray<InputInfo> inputs, ImmutableArray<OutputInfo> outputs)
    {
        _network = network;
        _inputs = inputs;
        _outputs = [.. outputs.Where(static output => output.Loss is not null)];
        _inputRows = PackedPass.InputsOf(inputs.AsSpan());
        _targetRows = PackedPass.TargetsOf(outputs.AsSpan());
    }

    /// <summary>Begins a data set for a network.</summary>
    public static NamedDatasetBuilder For<TNetwork>()
        where TNetwork : INetwork<TNetwork> => new(TNetwork.Name, TNetwork.Inputs, TNetwork.Outputs);

    /// <summary>Adds the numbers of the next input, or the targets of the next output.</summary>
    /// <param name="values">[samples × values of a sample], row-major.</param>
    /// <param name="name">The parameter that they were passed as.</param>
    /// <exception cref="ArgumentException">The length is not that of a whole number of samples, or of as many as the first input has.</exception>
    public NamedDatasetBuilder Add(ReadOnlySpan<float> values, string name)
    {
        Begin(values.Length, name);
        Write(values);

        return this;
    }

    /// <summary>Adds the indices of the next input, or the labels of the next output.</summary>
    /// <param name="values">[samples × values of a sample], row-major.</param>
    /// <param name="name">The parameter that they were passed as.</param>
    /// <exception cref="ArgumentException">The length is not that of a whole number of samples, or of as many as the first input has.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An index or a label is out of range.</exception>
    public NamedDatasetBuilder Add(ReadOnlySpan<int> values, string name)
    {
        Begin(values.Length, name);

        if (_part < _inputs.Length)
        {
            CheckRange(values, least: 0, _inputs[_part].Vocabulary, "indices", name);
        }
        else
        {
            OutputInfo output = _outputs[_part - _inputs.Length];
            bool isCategorical = output.Kind == AccuracyKind.LargestOutput;
            CheckRange(
                values,
                isCategorical && output.TargetSize > 1 ? ShapeGuard.LeftOut : 0,
                isCategorical ? output.Shape[^1] : 2,
                "labels",
                name);
        }

        float[] floats = new float[values.Length];

        for (int i = 0; i < floats.Length; i++)
        {
            floats[i] = values[i];
        }

        Write(floats);

        return this;
    }

    /// <summary>The data set, when all has been added.</summary>
    public NamedDataset Build() => new(_network, _inputs, _outputs, _features, _targets, _count);

    private static void CheckRange(ReadOnlySpan<int> values, int least, int limit, string what, string name)
    {
        int outside = values.IndexOfAnyExceptInRange(least, limit - 1);

        if (outside >= 0)
        {
            string leftOut = least < 0 ? ", or −1 where a position does not count" : "";

            throw new ArgumentOutOfRangeException(
                name, values[outside], $"Expected {what} from 0 to {limit - 1}{leftOut}, but number {outside} is {values[outside]}.");
        }
    }

    private void Begin(int length, string name)
    {
        if (_part == 0)
        {
            _count = ShapeGuard.Samples(length, _inputs[0].Size, name);
            _features = new AlignedBlock(checked(_count * _inputRows.RowSize));
            _targets = new AlignedBlock(checked(_count * _targetRows.RowSize));
        }
        else
        {
            ShapeGuard.Exactly(length, _count, _part < _inputs.Length ? _inputs[_part].Size : _outputs[_part - _inputs.Length].TargetSize, name);
        }
    }

    private void Write(ReadOnlySpan<float> values)
    {
        if (_part < _inputs.Length)
        {
            _inputRows.Write(_part, values, _features.Span);
        }
        else
        {
            _targetRows.Write(_part - _inputs.Length, values, _targets.Span);
        }

        _part++;
    }
}
