using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace Nnfs.Training;

/// <summary>Measures each output that has a loss, of a network with several inputs or outputs: loss and accuracy of training and validation samples.</summary>
internal sealed class OutputMeters
{
    private readonly OutputInfo[] _outputs;
    private readonly int[] _numbers;
    private readonly Accuracy[] _accuracies;
    private readonly PackedRows _targets;

    private OutputMeters(
        ImmutableArray<OutputInfo> outputs,
        ReadOnlySpan<float> trainingTargets,
        Func<ReadOnlySpan<float>, int, double> precisionOf)
    {
        _numbers = [.. Enumerable.Range(0, outputs.Length).Where(i => outputs[i].Loss is not null)];
        _outputs = [.. _numbers.Select(i => outputs[i])];
        _targets = PackedPass.TargetsOf(outputs.AsSpan());
        _accuracies = new Accuracy[_outputs.Length];

        for (int i = 0; i < _outputs.Length; i++)
        {
            double precision = _outputs[i].Kind == AccuracyKind.Regression && !trainingTargets.IsEmpty
                ? precisionOf(ColumnOf(i, trainingTargets), _outputs[i].Size)
                : 0;

            _accuracies[i] = Accuracy.Of(_outputs[i], precision);
        }

        string[] names = [.. _outputs.Select(static output => output.Name)];
        Training = new OutputSums(names, _accuracies);
        Validation = new OutputSums(names, _accuracies);
        Shard = new OutputSums(names, _accuracies);
    }

    /// <summary>What was measured of the training samples of the epoch.</summary>
    public OutputSums Training { get; }

    /// <summary>What was measured of the validation samples.</summary>
    public OutputSums Validation { get; }

    /// <summary>What was measured of one shard of a batch or of the validation samples, in the training of a group.</summary>
    public OutputSums Shard { get; }

    /// <summary>The mean loss of the validation samples, which is the weighted sum of those of the outputs.</summary>
    public float ValidationLoss
    {
        get
        {
            double sum = 0;

            for (int i = 0; i < _outputs.Length; i++)
            {
                sum += _outputs[i].LossWeight * Validation.LossOf(i);
            }

            return (float)sum;
        }
    }

    /// <summary>The meters of a network; <see langword="null"/> for one with one input and one output.</summary>
    /// <param name="workspace">Its workspace.</param>
    /// <param name="trainingTargets">The rows of labels and targets that it is trained on, which decide how far an output may be off.</param>
    /// <param name="precisionOf">What decides that: <see cref="Accuracy.Precision"/>, or a group whose processes have a part of the rows each.</param>
    /// <exception cref="ArgumentException">A target is infinite or not a number.</exception>
    public static OutputMeters? Of<TNetwork, TTarget>(
        IWorkspace workspace, ReadOnlySpan<TTarget> trainingTargets, Func<ReadOnlySpan<float>, int, double> precisionOf)
        where TNetwork : INetwork<TNetwork>
        where TTarget : unmanaged => workspace is IPortsWorkspace
            ? new OutputMeters(TNetwork.Outputs, MemoryMarshal.Cast<TTarget, float>(trainingTargets), precisionOf)
            : null;

    /// <summary>How many labels of positions are left out.</summary>
    /// <param name="targets">Rows of labels and targets.</param>
    public long CountLeftOut<TTarget>(ReadOnlySpan<TTarget> targets)
        where TTarget : unmanaged
    {
        long count = 0;

        for (int i = 0; i < _outputs.Length; i++)
        {
            if (_outputs[i].TakesLabels && _accuracies[i].LeavesOut<int>())
            {
                count += ColumnOf(i, MemoryMarshal.Cast<TTarget, float>(targets)).AsSpan().Count(ShapeGuard.LeftOut);
            }
        }

        return count;
    }

    /// <summary>Adds the batch that the last pass of a workspace was of.</summary>
    /// <param name="workspace">The workspace, of the network.</param>
    /// <param name="sums">What it is added to.</param>
    /// <param name="targets">The rows of its labels and targets.</param>
    /// <param name="samples">The number of samples.</param>
    public void Add<TTarget>(IWorkspace workspace, OutputSums sums, ReadOnlySpan<TTarget> targets, int samples)
        where TTarget : unmanaged
    {
        IPortsWorkspace ports = (IPortsWorkspace)workspace;
        ReadOnlySpan<float> rows = MemoryMarshal.Cast<TTarget, float>(targets);

        for (int i = 0; i < _outputs.Length; i++)
        {
            Accuracy accuracy = _accuracies[i];
            ReadOnlySpan<float> outputs = ports.GetOutputs(_numbers[i]);
            float loss = ports.GetLoss(_numbers[i]);

            if (_outputs[i].TakesLabels)
            {
                ReadOnlySpan<int> labels = _targets.Integers(i, rows);
                sums.Add(i, loss, accuracy.Counted(labels, samples), accuracy.CountRight<int, LabelTargets>(outputs, labels));
            }
            else
            {
                ReadOnlySpan<float> values = _targets.Floats(i, rows);
                sums.Add(i, loss, accuracy.Counted(values, samples), accuracy.CountRight<float, FloatTargets>(outputs, values));
            }
        }
    }

    /// <summary>How the epoch went for each output.</summary>
    /// <param name="isValidated">Whether there are validation samples.</param>
    public OutputReports Report(bool isValidated)
    {
        OutputReport[] reports = new OutputReport[_outputs.Length];

        for (int i = 0; i < reports.Length; i++)
        {
            reports[i] = new OutputReport(
                _outputs[i].Name,
                (float)Training.LossOf(i),
                Training.AccuracyOf(i),
                isValidated ? (float)Validation.LossOf(i) : null,
                isValidated ? Validation.AccuracyOf(i) : null);
        }

        return new OutputReports(reports);
    }

    private float[] ColumnOf(int part, ReadOnlySpan<float> rows)
    {
        float[] column = new float[rows.Length / _targets.RowSize * _outputs[part].TargetSize];
        _targets.Read(part, rows, column);

        return column;
    }
}
