namespace Nnfs.Training.Checkpoints;

/// <summary>The names that a checkpoint has besides those of a saved network.</summary>
internal static class CheckpointFormat
{
    /// <summary>What the version has as its name in the metadata, which only checkpoints have.</summary>
    public const string VersionName = "checkpoint";

    /// <summary>The version that is written and read.</summary>
    public const string Version = "3";

    /// <summary>What the names of the best epoch's parameters begin with.</summary>
    public const string BestPrefix = "best.";

    /// <summary>What the names of the averages of the parameters begin with.</summary>
    public const string AveragePrefix = "average.";

    /// <summary>What the names of the states begin with that a batch leaves to the next.</summary>
    public const string CarriedPrefix = "carried.";

    /// <summary>The name in the metadata of the file with the first epochs.</summary>
    public const string HistoryFileName = "history_file";

    /// <summary>The name in the metadata of the number of epochs in it.</summary>
    public const string HistoryEpochsName = "history_epochs";
}
