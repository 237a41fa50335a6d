using System.Globalization;

namespace Nnfs.Sweeps.Cluster;

/// <summary>
/// The checkpoint files of a trial. A step that has ended leaves <c>trial-3.epochs-9.safetensors</c>. One that is under way writes a
/// <c>trial-3.epochs-27.….partial.safetensors</c> of its own, so that another process that takes the trial over never writes to the same file.
/// </summary>
internal sealed class TrialCheckpoints
{
    private const string Extension = ".safetensors", PartialExtension = ".partial.safetensors", EpochsPart = ".epochs-";

    private readonly string _folder, _trial, _partial;
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

        string step = string.Create(CultureInfo.InvariantCulture, $"{_trial}{EpochsPart}{order.Epochs}");
        _partial = Path.Combine(_folder, $"{step}.{order.Ticket:N}{PartialExtension}");
        Complete = Path.Combine(_folder, step + Extension);

        // A training of all epochs that is resumed after its end ends at once; any other would go an epoch further.
        string? partial = ignorePartial
            ? null
            : Directory.EnumerateFiles(_folder, $"{step}.*{PartialExtension}").OrderByDescending(File.GetLastWriteTimeUtc).FirstOrDefault();
        ResumeFrom = order.Epochs == order.MaxEpochs && File.Exists(Complete) ? Complete : partial ?? LastStep();
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

        foreach (string old in Directory.EnumerateFiles(_folder, $"{_trial}{EpochsPart}*{Extension}").Where(file => file != Complete))
        {
            File.Delete(old);
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
