using System.Collections.Immutable;
using System.Globalization;
using Nnfs.Files;
using Nnfs.Files.Safetensors;
using Nnfs.Samples;

namespace Nnfs.Training.Checkpoints;

/// <summary>
/// A training as a safetensors file: the parameters under the names that a saved network has, and with a prefix the optimizer's state, the
/// best parameters, the averages of the parameters and the summed gradients; the last epochs as a table; all other numbers as metadata.
/// </summary>
/// <typeparam name="TNetwork">The network.</typeparam>
/// <param name="network">The network that is trained.</param>
/// <param name="state">How far the training has come.</param>
/// <param name="steps">Its steps and their optimizer.</param>
/// <param name="best">Its best epoch.</param>
/// <param name="stateful">The states that its batches carry on; <see langword="null"/> where they carry none.</param>
/// <param name="settings">What a training that resumes it must agree on.</param>
internal sealed class Checkpoint<TNetwork>(
    TNetwork network, TrainingState state, GradientSteps steps, BestEpoch best, IStatefulWorkspace? stateful, TrainingSettings settings)
    where TNetwork : class, INetwork<TNetwork>
{
    /// <summary>The carried states, a block for each layer that has some.</summary>
    private readonly ImmutableArray<AlignedBlock> _carried = stateful?.States ?? [];

    /// <summary>The network that is trained.</summary>
    public TNetwork Network => network;

    private HistoryFile _history = new("", count: 0);
    private string? _place;
    private (int Epoch, int Batches, float BaseLearningRate) _written;

    /// <summary>Whether the file was written or read, and nothing was done since.</summary>
    public bool IsAt(string path) => _place == path && _written == (state.Epoch, state.Batches, steps.BaseLearningRate);

    /// <summary>Whether the file was written or read, and nothing was done since but that the learning rate was set.</summary>
    public bool IsAtButForRate(string path) => !IsAt(path) && _place == path && (_written.Epoch, _written.Batches) == (state.Epoch, state.Batches);

    /// <summary>Writes the file, which is then there as a whole or as it was.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void Write(string path)
    {
        // The first in its place has all epochs itself: what is there now, and the epochs that belong to it, stay whole until it is replaced.
        if (path != _place)
        {
            _history = HistoryFile.New(path);
        }
        else if (state.Reports.Count - _history.Count > HistoryFile.MostInCheckpoint)
        {
            _history.Append(path, state.Reports, state.Outputs);
        }

        AtomicFile.Write(path, Write);
        _place = path;
        _written = (state.Epoch, state.Batches, steps.BaseLearningRate);
    }

    /// <summary>Puts the training where that of the file is; if the file does not fit, nothing is changed.</summary>
    /// <exception cref="ArgumentException">The file is the checkpoint of a training with other settings.</exception>
    /// <exception cref="SafetensorsException">The file is not a checkpoint, or is that of another network.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public void Read(string path)
    {
        using FileStream stream = new(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
        SafetensorsHeader header = SafetensorsHeader.Read(stream);
        Require(header, CheckpointFormat.VersionName, CheckpointFormat.Version);
        settings.Require(header, optionsName: "options");

        CheckpointPosition position = CheckpointPosition.Read(header, steps.Batches);
        HistoryFile history = ReadHistory(header, path, position.Epoch - 1);
        int epochs = position.Epoch - 1 - history.Count;
        Action? takeOutputs = state.Outputs?.Read(header);
        header.Require([.. Tensors(), .. CheckpointHistory.Tensors(epochs, state.Outputs)]);

        // Layers without parameters may differ though all tensors are the same.
        NetworkTensors<TNetwork>.RequireSameLayers(header);
        SampleScaling? scaling = NetworkScaling.Read(network, header);
        double[] firstEpochs = history.Count == 0 ? [] : history.Read(path, state.Outputs);
        SafetensorsFile file = header.ReadData(stream);

        // The file suits: from here on nothing fails.
        steps.Optimizer.Restore(position.OptimizerSteps, network.Parameters.Length);
        ForEachBlock((prefix, block) => NetworkTensors<TNetwork>.Copy(file, prefix, block));
        NetworkScaling.Set(network, scaling);

        for (int i = 0; i < _carried.Length; i++)
        {
            file.CopyTo(CheckpointFormat.CarriedPrefix + i, _carried[i].Span);
        }

        state.Reports.Clear();
        CheckpointHistory.Add(firstEpochs, state.Reports, state.Outputs);
        CheckpointHistory.Add(CheckpointHistory.Read(file, epochs, state.Outputs), state.Reports, state.Outputs);
        position.Apply(state, steps, best);
        takeOutputs?.Invoke();
        _history = history;
        _place = path;
        _written = (state.Epoch, state.Batches, steps.BaseLearningRate);
    }

    private static HistoryFile ReadHistory(SafetensorsHeader header, string path, int epochs)
    {
        if (header.Metadata(CheckpointFormat.HistoryFileName) is not { } name)
        {
            return HistoryFile.New(path);
        }

        return HistoryFile.IsName(name)
            ? new HistoryFile(name, CheckpointPosition.Number(header, CheckpointFormat.HistoryEpochsName, 1, epochs))
            : throw new SafetensorsException(
                $"Expected the name of a file under '{CheckpointFormat.HistoryFileName}' in the checkpoint's metadata, but it is '{name}'.");
    }

    private static void Require(SafetensorsHeader header, string name, string expected)
    {
        if (header.Metadata(name) is var found && found != expected)
        {
            throw new SafetensorsException($"Expected a checkpoint with '{expected}' under '{name}' in its metadata, but it is '{found}'.");
        }
    }

    private void Write(Stream stream)
    {
        SafetensorsWriter.WriteHeader(
            stream,
            [.. Tensors(), .. CheckpointHistory.Tensors(state.Reports.Count - _history.Count, state.Outputs)],
            [
                new(CheckpointFormat.VersionName, CheckpointFormat.Version),
                .. NetworkTensors<TNetwork>.MetadataOf(network),
                .. settings.ToMetadata(),
                .. CheckpointPosition.Of(state, steps, best).ToMetadata(),
                .. state.Outputs?.ToMetadata() ?? [],
                .. HistoryMetadata(),
            ]);

        ForEachBlock((_, block) => NetworkTensors<TNetwork>.Write(stream, block));

        foreach (AlignedBlock block in _carried)
        {
            SafetensorsWriter.Write<float>(stream, block.Span);
        }

        SafetensorsWriter.Write<double>(stream, CheckpointHistory.Rows(state.Reports, _history.Count, state.Outputs));
    }

    private IEnumerable<KeyValuePair<string, string>> HistoryMetadata() => _history.Count == 0 ? [] :
    [
        new(CheckpointFormat.HistoryFileName, _history.Name),
        new(CheckpointFormat.HistoryEpochsName, _history.Count.ToString(CultureInfo.InvariantCulture)),
    ];

    private List<TensorDescription> Tensors()
    {
        List<TensorDescription> tensors = [];
        ForEachBlock((prefix, _) => tensors.AddRange(NetworkTensors<TNetwork>.Descriptions.Select(tensor => tensor with { Name = prefix + tensor.Name })));

        tensors.AddRange(_carried.Select(static (block, i) =>
            new TensorDescription(CheckpointFormat.CarriedPrefix + i, SafetensorsType.F32, [block.Length])));

        return tensors;
    }

    /// <summary>All blocks with the layout of the parameters, and what the names of their tensors begin with.</summary>
    private void ForEachBlock(Action<string, Span<float>> visit)
    {
        visit("", network.Parameters);

        foreach (string name in steps.Optimizer.StateNames)
        {
            visit($"optimizer.{name}.", steps.Optimizer.GetState(name));
        }

        if (best.RestoresParameters)
        {
            visit(CheckpointFormat.BestPrefix, best.Parameters);
        }

        if (steps.Averages is not null)
        {
            visit(CheckpointFormat.AveragePrefix, steps.Averages.Values);
        }

        if (steps.Accumulates)
        {
            visit("sum.", steps.Sum);
        }
    }
}
