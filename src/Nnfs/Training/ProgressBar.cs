using Nnfs.Training;

namespace Nnfs;

/// <summary>
/// Shows in one line of a terminal how far a training is: a bar, epoch and batch, loss and accuracy, and how long it may last. Set it as
/// <see cref="TrainingOptions.Progress"/>.
/// </summary>
/// <remarks>
/// <code>
/// ████████████░░░░░░░░░░░░░░░░░░ epoch  42/100, batch 400/1,875, loss 0.2279, accuracy 0.9326, 3 min 18 s left
/// </code>
/// The line is drawn again at most ten times a second, by a carriage return alone: no colours and no escape sequences, so there is nothing that <c>NO_COLOR</c>
/// would turn off. Where a terminal is narrow, parts of the line are left out. Below it, a last line says how training ended. One object serves one training at
/// a time.
/// </remarks>
public sealed class ProgressBar : IProgress<EpochReport>, ITrainingProgress
{
    private const int UsualWidth = 80;

    private readonly TextWriter _writer;
    private readonly bool _isRedirected;
    private readonly bool _asksConsole;

    /// <summary>A bar for a writer that understands carriage returns.</summary>
    /// <param name="writer">The writer, which stays open.</param>
    /// <exception cref="ArgumentNullException"><paramref name="writer"/> is null.</exception>
    public ProgressBar(TextWriter writer)
        : this(writer, isRedirected: false, asksConsole: false)
    {
    }

    private ProgressBar(TextWriter writer, bool isRedirected, bool asksConsole)
    {
        ArgumentNullException.ThrowIfNull(writer);
        _writer = writer;
        _isRedirected = isRedirected;
        _asksConsole = asksConsole;

        // Only Unicode has blocks: UTF-8, UTF-16 and UTF-32, by their code pages.
        (Full, Empty) = writer.Encoding.CodePage is 65001 or 1200 or 1201 or 12000 or 12001 ? ('█', '░') : ('#', '-');
    }

    /// <summary>The columns of the terminal, at least 1. The default is 80; a bar on the console has those of its window.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is less than 1.</exception>
    public int Width
    {
        get;
        init => field = OptionRange.AtLeast(value, 1, nameof(Width));
    } = UsualWidth;

    /// <summary>The clock. The default is that of the system.</summary>
    /// <exception cref="ArgumentNullException">The value is null.</exception>
    public TimeProvider TimeProvider
    {
        get;
        init => field = value ?? throw new ArgumentNullException(nameof(TimeProvider));
    } = TimeProvider.System;

    /// <summary>What a bar is made of as far as it is full.</summary>
    internal char Full { get; }

    /// <summary>What the rest of it is made of.</summary>
    internal char Empty { get; }

    /// <summary>The line break.</summary>
    internal string NewLine => _writer.NewLine;

    /// <summary>The columns of the terminal as they are now.</summary>
    internal int CurrentWidth => _asksConsole && Console.WindowWidth is > 0 and int width ? width : Width;

    /// <summary>A bar on the console's standard output; where that is no terminal but a file or a pipe, the lines of <see cref="ProgressLines"/>.</summary>
    public static ProgressBar ToConsole() => new(Console.Out, Console.IsOutputRedirected, asksConsole: !Console.IsOutputRedirected);

    /// <summary>Writes the line of an epoch at once, without a bar, as <see cref="ProgressLines.Report"/> does.</summary>
    /// <param name="value">How the epoch went.</param>
    public void Report(EpochReport value) => Lines().Report(value);

    IProgressRun ITrainingProgress.Begin(int epochs, int samples) =>
        _isRedirected ? new ProgressRun(Lines(), epochs, samples) : new ProgressBarRun(this, epochs, samples);

    internal void Write(string text)
    {
        _writer.Write(text);
        _writer.Flush();
    }

    private ProgressLines Lines() => new(_writer) { TimeProvider = TimeProvider };
}
