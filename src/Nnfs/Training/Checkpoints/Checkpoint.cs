using Nnfs.Files;
using Nnfs.Files.Safetensors;

namespace Nnfs.Training.Checkpoints;

/// <summary>
/// A training as a safetensors file: the parameters under the names that a saved network has, and with a prefix the optimizer's state, the
/// best parameters and the summed gradients; the epochs as a table; all other numbers as metadata.
/// </summary>
/// <typeparam name="TNetwork">The network.</typeparam>
/// <param name="network">The network that is trained.</param>
/// <param name="state">How far the training has come.</param>
/// <param name="steps">Its steps and their optimizer.</param>
/// <param name="best">Its best epoch.</param>
/// <param name="settings">What a training that resumes it must agree on.</param>
internal sealed class Checkpoint<TNetwork>(TNetwork network, TrainingState state, GradientSteps steps, BestEpoch best, TrainingSettings settings)
    where TNetwork : class, INetwork<TNetwork>
{
    private const string VersionName = "checkpoint";
    private const string Version = "3";

    private (int Epoch, int Batches) _written;

    /// <summary>Writes the file, which is then there as a whole or as it was. Where nothing was done since the last time, nothing is written.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void Write(string path)
    {
        if (_written == (state.Epoch, state.Batches))
        {
            return;
        }

        AtomicFile.Write(path, Write);
        _written = (state.Epoch, state.Batches);
    }

    /// <summary>Puts the training where that of the file is; if the file does not fit, nothing is changed.</summary>
    /// <exception cref="ArgumentException">The file is the checkpoint of a training with other settings.</exception>
    /// <exception cref="SafetensorsException">The file is not a checkpoint, or is that of another network.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public void Read(string path)
    {
        using FileStream stream = new(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
        SafetensorsHeader header = SafetensorsHeader.Read(stream);
        Require(header, VersionName, Version);
        settings.Require(header, optionsName: "options");

        CheckpointPosition position = CheckpointPosition.Read(header, steps.Batches);
        header.Require([.. Tensors(), .. CheckpointHistory.Tensors(position.Epoch - 1)]);

        // Layers without parameters may differ though all tensors are the same.
        NetworkTensors<TNetwork>.RequireSameLayers(header);
        SafetensorsFile file = header.ReadData(stream);

        // The file suits: from here on nothing fails.
        steps.Optimizer.Restore(position.OptimizerSteps, network.Parameters.Length);
        ForEachBlock((prefix, block) => Copy(file, prefix, block));
        CheckpointHistory.Copy(file, position.Epoch - 1, state.Reports);
        position.Apply(state, steps, best);
        _written = (state.Epoch, state.Batches);
    }

    private static void Require(SafetensorsHeader header, string name, string expected)
    {
        if (header.Metadata(name) is var found && found != expected)
        {
            throw new SafetensorsException($"Expected a checkpoint with '{expected}' under '{name}' in its metadata, but it is '{found}'.");
        }
    }

    private static void Copy(SafetensorsFile file, string prefix, Span<float> block)
    {
        foreach (TensorInfo tensor in NetworkTensors<TNetwork>.All)
        {
            file.CopyTo(prefix + tensor.Name, tensor.In(block));
        }
    }

    private void Write(Stream stream)
    {
        SafetensorsWriter.WriteHeader(
            stream,
            [.. Tensors(), .. CheckpointHistory.Tensors(state.Reports.Count)],
            [
                new(VersionName, Version),
                .. NetworkTensors<TNetwork>.Metadata,
                .. settings.ToMetadata(),
                .. CheckpointPosition.Of(state, steps, best).ToMetadata(),
            ]);

        ForEachBlock((_, block) => NetworkTensors<TNetwork>.Write(stream, block));
        CheckpointHistory.Write(stream, state.Reports);
    }

    private List<TensorDescription> Tensors()
    {
        List<TensorDescription> tensors = [];
        ForEachBlock((prefix, _) => tensors.AddRange(NetworkTensors<TNetwork>.Descriptions.Select(tensor => tensor with { Name = prefix + tensor.Name })));

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

        if (best.KeepsParameters)
        {
            visit("best.", best.Parameters);
        }

        if (steps.Accumulates)
        {
            visit("sum.", steps.Sum);
        }
    }
}
