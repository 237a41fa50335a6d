namespace Nnfs.Training;

/// <summary>How fast a training is, and how long it may last.</summary>
/// <param name="time">The clock.</param>
/// <param name="epochs">The number of epochs.</param>
/// <param name="samples">The number of samples of an epoch.</param>
internal sealed class ProgressPace(TimeProvider time, int epochs, int samples)
{
    private readonly long _start = time.GetTimestamp();
    private long _samplesDone;

    /// <summary>The time since training began.</summary>
    public TimeSpan Elapsed => time.GetElapsedTime(_start);

    /// <summary>The samples in a second so far; 0 where it can't be told.</summary>
    public double SamplesPerSecond => Elapsed.TotalSeconds is > 0 and double seconds ? _samplesDone / seconds : 0;

    /// <summary>Takes note of samples that are done.</summary>
    public void Add(int count) => _samplesDone += count;

    /// <summary>How long the samples that are left take; <see langword="null"/> where there are none, or it can't be told.</summary>
    /// <param name="epochsDone">The whole epochs that are done.</param>
    /// <param name="samplesOfEpoch">The samples that are done of the next one.</param>
    public TimeSpan? Left(int epochsDone, long samplesOfEpoch)
    {
        double left = (((double)epochs - epochsDone) * samples) - samplesOfEpoch;
        double seconds = left / SamplesPerSecond;

        return left <= 0 || !(seconds <= TimeSpan.MaxValue.TotalSeconds / 2) ? null : TimeSpan.FromSeconds(seconds);
    }
}
