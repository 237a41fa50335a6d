using System.Globalization;

namespace Nnfs.Sweeps.Cluster;

/// <summary>
/// The checkpoint files of a trial. A step that has ended leaves <c>trial-3.epochs-9.safetensors</c>. One that is under way writes a
/// <c>trial-3.epochs-27.….partial.safetensors</c> of its own, so that another process that takes the trial over never writes to the same file.
/// </summary>
internal sealed class TrialCheckpoints
{
    private const string Extension = ".safetensors", PartialExtension = ".partial.safetensors", EpochsPart = ".epochs-";

    private readonly string _folder, _trial, _step, _partial;
    private readonly int _epochs;

    /// <summary>Finds what a step can go on from.</summary>
    /// <param name="order">The step.</param>
    /// <param name="ignorePartial">Whether to ignore what steps that have not ended left.</param>
    public TrialCheckpoints(TrialOrder order, bool ignorePartial)
    {
        _folder = order.Folder;
        _trial = string.Create(CultureInfo.InvariantCulture, $"trial-{order.Number}");
        _epochs = order.Epochs;
        Directory.CreateDirectory(_folder);

        _step = string.Create(CultureInfo.InvariantCulture, $"{_trial}{EpochsPart}{order.Epochs}");
        _partial = Path.Combine(_folder, $"{_step}.{order.Ticket:N}{PartialExtension}");
        Complete = Path.Combine(_folder, _step + Extension);

        // Not from the end of this step: whoever asks for it once more, because its line was deleted, wants it trained.
        string? partial = ignorePartial
            ? null
            : Directory.EnumerateFiles(_folder, $"{_step}.*{PartialExtension}").OrderByDescending(File.GetLastWriteTimeUtc).FirstOrDefault();
        ResumeFrom = partial ?? LastStep();
        Options = new CheckpointOptions(_partial) { ResumeFrom = ResumeFrom };
    }

    /// <summary>The checkpoint of a step that has ended.</summary>
    public string Complete { get; }

    /// <summary>What the step goes on from, if there is anything.</summary>
    public string? ResumeFrom { get; }

    /// <summary>How its training writes checkpoints.</summary>
    public CheckpointOptions Options { get; }

    /// <summary>Names the checkpoint after the step that has ended, and deletes those before it. An objective that trains in its own way has none.</summary>
    public void Finish()
    {
        if (File.Exists(_partial))
        {
            File.Move(_partial, Complete, overwrite: true);
        }

        // The first epochs of a long training are in a file of their own, whose name begins with that under which the checkpoint was written.
        Delete($"{_trial}{EpochsPart}*", file => file != Complete && !file.StartsWith(_partial, StringComparison.Ordinal));
    }

    /// <summary>Deletes what a step that has failed leaves, so that it does not go on from there when it is tried again.</summary>
    public void Discard() => Delete($"{_step}.*", file => file != Complete);

    private void Delete(string pattern, Func<string, bool> isOld)
    {
        try
        {
            foreach (string old in Directory.EnumerateFiles(_folder, pattern).Where(isOld))
            {
                File.Delete(old);
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // What stays takes room, and nothing else: the result of the step does not depend on it.
        }
    }

    /// <summary>The checkpoint of the longest step before this one.</summary>
    private string? LastStep() => Directory.EnumerateFiles(_folder, $"{_trial}{EpochsPart}*{Extension}")
        .Select(file => (File: file, Epochs: EpochsOf(file)))
        .Where(step => step.Epochs is { } epochs && epochs < _epochs)
        .OrderByDescending(static step => step.Epochs)
        .Select(static step => step.File)
        .FirstOrDefault();

    /// <summary>The epochs of a step that has ended, by the name of its file.</summary>
    private int? EpochsOf(string file)
    {
        string name = Path.GetFileName(file)[(_trial.Length + EpochsPart.Length)..^Extension.Length];

        return int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out int epochs) ? epochs : null;
    }
}
