using Nnfs.Files;
using Nnfs.Files.Safetensors;

namespace Nnfs.Training.Checkpoints;

/// <summary>Writes the files of a training when their time has come: checkpoints, those before them, and the network of the best epoch.</summary>
/// <typeparam name="TNetwork">The network.</typeparam>
/// <param name="options">Where and when they are written.</param>
/// <param name="checkpoint">The training.</param>
/// <param name="best">Its best epoch.</param>
internal sealed class CheckpointFiles<TNetwork>(CheckpointOptions options, Checkpoint<TNetwork> checkpoint, BestEpoch best)
    where TNetwork : class, INetwork<TNetwork>
{
    private long _last = options.TimeProvider.GetTimestamp();
    private int _bestWritten;

    /// <summary>Writes the files, if their time has come, after a batch that does not end its epoch.</summary>
    /// <exception cref="IOException">A file cannot be written.</exception>
    public void AfterBatch()
    {
        if (options.Interval is { } interval && options.TimeProvider.GetElapsedTime(_last) >= interval)
        {
            Write();
        }
    }

    /// <summary>Writes the files, if their time has come, after an epoch.</summary>
    /// <param name="epoch">The epoch, from 1.</param>
    /// <exception cref="IOException">A file cannot be written.</exception>
    public void AfterEpoch(int epoch)
    {
        if (options.EveryEpochs > 0 && epoch % options.EveryEpochs == 0)
        {
            Write();
        }
        else
        {
            AfterBatch();
        }
    }

    /// <summary>
    /// Writes the checkpoint of an epoch again, if a callback has set the learning rate since: a training that is resumed from it must go on with that.
    /// </summary>
    /// <exception cref="IOException">A file cannot be written.</exception>
    public void AfterCallback()
    {
        if (checkpoint.IsAtButForRate(options.Path))
        {
            checkpoint.Write(options.Path);
        }
    }

    /// <summary>Writes the files. Where nothing was done since the last time, nothing is written.</summary>
    /// <exception cref="IOException">A file cannot be written.</exception>
    public void Write()
    {
        // The best first: should the process end now, the checkpoint brings the same epoch about once more.
        if (options.BestPath is { } path && best.HasParameters && best.Epoch != _bestWritten)
        {
            AtomicFile.Write(path, WriteBest);
            _bestWritten = best.Epoch;
        }

        if (!checkpoint.IsAt(options.Path))
        {
            KeepOld();
            checkpoint.Write(options.Path);
        }

        _last = options.TimeProvider.GetTimestamp();
    }

    private void WriteBest(Stream stream)
    {
        SafetensorsWriter.WriteHeader(stream, NetworkTensors<TNetwork>.Descriptions, NetworkTensors<TNetwork>.MetadataOf(checkpoint.Network));
        NetworkTensors<TNetwork>.Write(stream, best.Parameters);
    }

    /// <summary>Moves the checkpoints before the last one by a place, and copies the last one, which stays until the new one replaces it.</summary>
    private void KeepOld()
    {
        if (options.KeepLast == 1 || !File.Exists(options.Path))
        {
            return;
        }

        for (int place = options.KeepLast - 1; place > 1; place--)
        {
            if (File.Exists(Old(place - 1)))
            {
                File.Move(Old(place - 1), Old(place), overwrite: true);
            }
        }

        AtomicFile.Write(Old(1), stream =>
        {
            using FileStream last = File.OpenRead(options.Path);
            last.CopyTo(stream);
        });
    }

    private string Old(int place) => Path.ChangeExtension(options.Path, FormattableString.Invariant($"{place}{Path.GetExtension(options.Path)}"));
}
