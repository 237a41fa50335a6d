using System.Globalization;
using Nnfs.Files.Onnx;
using Nnfs.Training.TensorBoard;

namespace Nnfs;

/// <summary>
/// Writes what each epoch measured to a file that TensorBoard reads, while training runs: <c>tensorboard --logdir runs</c> shows a curve for each run, that is
/// for each folder. Set it as <see cref="TrainingOptions.Progress"/>, and dispose of it after training.
/// </summary>
/// <remarks>
/// The step of each number is its epoch. The tags are <c>loss/training</c>, <c>accuracy/training</c>, <c>loss/validation</c>, <c>accuracy/validation</c> and
/// <c>learning_rate</c>; losses of training are without what regularisation adds, as those of validation are, and what it adds is
/// <c>loss/regularization</c> where there is any. A network with several inputs or outputs has <c>loss/policy/training</c> and the like for each output.
/// The file is one of TensorFlow's events (tensorflow/core/util/event.proto, version 2): records of the TFRecord format. A training that is resumed gets a new
/// writer for the same folder, and so a second file, which TensorBoard reads after the first.
/// </remarks>
public sealed class TensorBoardWriter : IProgress<EpochReport>, IDisposable
{
    private static int s_files;

    private readonly Lock _lock = new();
    private readonly FileStream _stream;
    private readonly TimeProvider _time;

    /// <summary>Creates the file, in a folder that is created too if it does not exist.</summary>
    /// <param name="folder">The folder of the run: <c>runs/first</c>.</param>
    /// <param name="timeProvider">The clock that events have their times from; that of the system where it is null.</param>
    /// <exception cref="ArgumentException"><paramref name="folder"/> is null or empty.</exception>
    /// <exception cref="IOException">The file cannot be created.</exception>
    /// <exception cref="UnauthorizedAccessException">The file must not be created.</exception>
    public TensorBoardWriter(string folder, TimeProvider? timeProvider = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        _time = timeProvider ?? TimeProvider.System;
        Directory.CreateDirectory(folder);

        // As TensorFlow names them: TensorBoard takes the files of a folder in the order of their names, and so of their times. The rest of the name makes it
        // one that no other file has.
        long seconds = _time.GetUtcNow().ToUnixTimeSeconds();
        string name = string.Create(
            CultureInfo.InvariantCulture,
            $"events.out.tfevents.{seconds:D10}.{Environment.MachineName}.{Environment.ProcessId}.{Interlocked.Increment(ref s_files)}");
        Path = System.IO.Path.Combine(folder, name);
        _stream = new FileStream(Path, FileMode.CreateNew, FileAccess.Write, FileShare.Read);
        Write(Event().Add(EventFields.FileVersion, "brain.Event:2"));
    }

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>Writes the numbers of an epoch, so that they are in the file at once.</summary>
    /// <param name="value">How the epoch went.</param>
    /// <exception cref="ObjectDisposedException">The writer has been disposed of.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void Report(EpochReport value)
    {
        ProtobufMessage summary = new();
        Add("loss/training", value.DataLoss);
        Add("accuracy/training", value.Accuracy);
        Add("loss/regularization", value.RegularizationLoss == 0f ? null : value.RegularizationLoss);
        Add("loss/validation", value.ValidationLoss);
        Add("accuracy/validation", value.ValidationAccuracy);

        foreach (OutputReport output in value.Outputs)
        {
            Add($"loss/{output.Name}/training", output.Loss);
            Add($"accuracy/{output.Name}/training", output.Accuracy);
            Add($"loss/{output.Name}/validation", output.ValidationLoss);
            Add($"accuracy/{output.Name}/validation", output.ValidationAccuracy);
        }

        Add("learning_rate", value.LearningRate);
        Write(Event().Add(EventFields.Step, (long)value.Epoch).Add(EventFields.Summary, summary));

        // What was not measured has no number.
        void Add(string tag, float? number)
        {
            if (number is { } measured)
            {
                summary.Add(EventFields.SummaryValue, new ProtobufMessage().Add(EventFields.Tag, tag).Add(EventFields.SimpleValue, measured));
            }
        }
    }

    /// <summary>Closes the file.</summary>
    public void Dispose() => _stream.Dispose();

    private ProtobufMessage Event() => new ProtobufMessage().Add(EventFields.WallTime, (_time.GetUtcNow() - DateTimeOffset.UnixEpoch).TotalSeconds);

    private void Write(ProtobufMessage message)
    {
        using MemoryStream data = new();
        message.WriteTo(data);
        byte[] record = RecordFile.Record(data.ToArray());

        lock (_lock)
        {
            _stream.Write(record);
            _stream.Flush();
        }
    }
}
