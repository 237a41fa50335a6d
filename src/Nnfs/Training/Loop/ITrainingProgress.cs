namespace Nnfs.Training;

/// <summary>Progress that is told of batches too, and of the end. What does not implement it is told of epochs alone.</summary>
internal interface ITrainingProgress
{
    /// <summary>Begins to show a training.</summary>
    /// <param name="epochs">The number of epochs.</param>
    /// <param name="samples">The number of samples of an epoch.</param>
    IProgressRun Begin(int epochs, int samples);
}
