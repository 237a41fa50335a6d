namespace Nnfs.Samples;

/// <summary>Samples of a type that is known only here.</summary>
internal abstract class SampleSource
{
    /// <summary>The same as features, scaled, with labels or targets.</summary>
    /// <param name="schema">What the samples of the training are.</param>
    /// <param name="scaling">How they are scaled.</param>
    /// <param name="name">The parameter that they were passed as.</param>
    /// <exception cref="ArgumentException">They are others, or a value is missing.</exception>
    public abstract ValidationData Encode(SampleSchema schema, SampleScaling scaling, string name);
}
