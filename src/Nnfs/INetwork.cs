namespace Nnfs;

/// <summary>What every generated network with one input and one output has, for code that is generic over networks.</summary>
/// <remarks>
/// A network whose input is indices takes them here as floats, whole numbers below 2²⁴. Its own methods, which the class has by the same names, take integers.
/// </remarks>
/// <typeparam name="TSelf">The network itself.</typeparam>
public interface INetwork<TSelf> : INetworkModel<TSelf>
    where TSelf : INetwork<TSelf>
{
    /// <summary>The number of features of one sample.</summary>
    static abstract int InputSize { get; }

    /// <summary>The number of outputs for one sample.</summary>
    static abstract int OutputSize { get; }

    /// <summary>
    /// The shape of one sample, row-major in memory: one to four sizes, whose product is <see cref="InputSize"/>; of images height, width and channels,
    /// of sequences steps and features.
    /// </summary>
    static abstract ReadOnlySpan<int> InputShape { get; }

    /// <summary>The shape of the outputs for one sample: one to four sizes, whose product is <see cref="OutputSize"/>.</summary>
    static abstract ReadOnlySpan<int> OutputShape { get; }

    /// <summary>Runs the network forward on any whole number of samples. Safe from many threads at once.</summary>
    /// <param name="inputs">[samples × <see cref="InputSize"/>], row-major.</param>
    /// <param name="outputs">[samples × <see cref="OutputSize"/>], row-major; must not overlap <paramref name="inputs"/>.</param>
    /// <exception cref="ArgumentException">A length is not that of a whole number of samples, or the two disagree or overlap.</exception>
    void Predict(ReadOnlySpan<float> inputs, Span<float> outputs);
}
