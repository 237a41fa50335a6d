using Nnfs.Training;

namespace Nnfs;

/// <summary>
/// Writes a line of text now and then while a network is trained: how far it is, losses and accuracies, the learning rate, how many samples it takes in a
/// second and how long it may last. Set it as <see cref="TrainingOptions.Progress"/>.
/// </summary>
/// <remarks>
/// <code>
/// epoch  12/100: loss 0.2314, accuracy 0.9312, validation loss 0.2551, validation accuracy 0.9241, learning rate 0.001, 52,300 samples/s, 3 min 20 s left
/// </code>
/// In the middle of a long epoch, a line has the batch too, and the means over the epoch's batches so far. The last line says how training ended. Lines end
/// with the writer's line break, and each is flushed, so that a file can be watched. One object may serve several trainings at the same time if the writer
/// may be used from several threads.
/// </remarks>
public sealed class ProgressLines : IProgress<EpochReport>, ITrainingProgress
{
    private readonly TextWriter _writer;

    /// <summary>Lines for a writer: <see cref="Console.Out"/>, or that of a file.</summary>
    /// <param name="writer">The writer, which stays open.</param>
    /// <exception cref="ArgumentNullException"><paramref name="writer"/> is null.</exception>
    public ProgressLines(TextWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        _writer = writer;
    }

    /// <summary>
    /// How much time lies at least between two lines, not negative; 2 seconds by default. Zero gives a line for every epoch, and none within.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative.</exception>
    public TimeSpan Interval
    {
        get;
        init => field = value >= TimeSpan.Zero
            ? value
            : throw new ArgumentOutOfRangeException(nameof(Interval), value, $"Interval must not be negative, but is {value:c}.");
    } = TimeSpan.FromSeconds(2);

    /// <summary>The clock. The default is that of the system.</summary>
    /// <exception cref="ArgumentNullException">The value is null.</exception>
    public TimeProvider TimeProvider
    {
        get;
        init => field = value ?? throw new ArgumentNullException(nameof(TimeProvider));
    } = TimeProvider.System;

    /// <summary>Lines on the console's standard output.</summary>
    public static ProgressLines ToConsole() => new(Console.Out);

    /// <summary>Writes the line of an epoch at once, without what only a training knows: the number of epochs, the speed, and how long it may last.</summary>
    /// <param name="value">How the epoch went.</param>
    public void Report(EpochReport value) => Write($"epoch {ProgressText.Count(value.Epoch)}: {ProgressText.Of(value)}");

    IProgressRun ITrainingProgress.Begin(int epochs, int samples) => new ProgressRun(this, epochs, samples);

    internal void Write(string line)
    {
        _writer.WriteLine(line);
        _writer.Flush();
    }
}
