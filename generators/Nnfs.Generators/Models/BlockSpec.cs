namespace Nnfs.Generators.Models;

/// <summary>A block of the workspace that belongs to a stage, in addition to its outputs and their gradients.</summary>
/// <param name="Name">What it is called, after the stage.</param>
/// <param name="Meaning">What it holds, as a sentence.</param>
/// <param name="PerSample">Its floats for each sample; 0 where it does not depend on the samples.</param>
/// <param name="Length">Its floats in all, where they do not depend on the samples.</param>
internal sealed record BlockSpec(string Name, string Meaning, int PerSample, int Length)
{
    /// <summary>Whether it is only room that the way back takes, rather than something that the way forward keeps for it.</summary>
    public bool IsRoom { get; init; }

    /// <summary>Whether it is what passes carry from one to the next.</summary>
    public bool IsCarried { get; init; }

    /// <summary>Whether a prediction needs it too, as room while the stage is computed.</summary>
    public bool InPredictions { get; init; }

    /// <summary>Its floats for some samples.</summary>
    public long LengthFor(int samples) => Length + ((long)PerSample * samples);
}
