namespace Nnfs;

/// <summary>What every network over samples of a type of your own has, for code that saves, loads or scales without knowing the type.</summary>
public interface ISampleNetwork
{
    /// <summary>What the samples are.</summary>
    SampleSchema Schema { get; }

    /// <summary>
    /// How samples are scaled: what the first training measured, or the network's file says; <see langword="null"/> for a network that was neither trained on
    /// samples nor loaded.
    /// </summary>
    /// <exception cref="ArgumentException">The value is of other samples.</exception>
    SampleScaling? Scaling { get; set; }
}
