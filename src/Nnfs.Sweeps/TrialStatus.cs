namespace Nnfs.Sweeps;

/// <summary>How a trial ended.</summary>
public enum TrialStatus
{
    /// <summary>It had all its epochs.</summary>
    Completed,

    /// <summary>Others were better, so that successive halving did not go on with it.</summary>
    Dropped,

    /// <summary>The objective threw an exception or gave no finite number, or the silos that it ran on were lost again and again.</summary>
    Failed,

    /// <summary>The sweep was cancelled before its end. While a sweep runs, it is a trial that may go on.</summary>
    Stopped,
}
