namespace Nnfs;

/// <summary>Why a training ended.</summary>
public enum StopReason
{
    /// <summary>All epochs were done.</summary>
    Completed,

    /// <summary>The loss had not improved for <see cref="Nnfs.EarlyStopping.Patience"/> epochs.</summary>
    EarlyStopping,

    /// <summary>Training took longer than <see cref="TrainingOptions.MaxTime"/>.</summary>
    MaxTime,

    /// <summary>A callback returned false: <see cref="TrainingOptions.ContinueAfterEpoch"/> or <see cref="TrainingOptions.ContinueAfterBatch"/>.</summary>
    Callback,

    /// <summary>The cancellation token was cancelled.</summary>
    Cancelled,
}
