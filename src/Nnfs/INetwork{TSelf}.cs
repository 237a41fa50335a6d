using System.Collections.Immutable;

namespace Nnfs;

/// <summary>What every generated network has that predicts, for code that is generic over networks.</summary>
/// <remarks>
/// A network whose input is indices takes them here as floats, whole numbers below 2²⁴. One with several inputs or outputs takes and gives them here as rows
/// that hold all of a sample, one after another. Their own methods, which the classes have by the same names, take integers, and a span for each.
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

    /// <summary>What it takes: its inputs by name.</summary>
    static virtual ImmutableArray<InputInfo> Inputs => [InputInfo.OfOnly<TSelf>()];

    /// <summary>What it gives: its outputs by name.</summary>
    static virtual ImmutableArray<OutputInfo> Outputs => [OutputInfo.OfOnly<TSelf>()];

    /// <summary>Runs the network forward on any whole number of samples. Safe from many threads at once.</summary>
    /// <param name="inputs">[samples × <see cref="InputSize"/>], row-major.</param>
    /// <param name="outputs">[samples × <see cref="OutputSize"/>], row-major; must not overlap <paramref name="inputs"/>.</param>
    /// <exception cref="ArgumentException">A length is not that of a whole number of samples, or the two disagree or overlap.</exception>
    new void Predict(ReadOnlySpan<float> inputs, Span<float> outputs);

    NetworkInfo INetwork.Info => NetworkInfo.Of<TSelf>();

    void INetwork.Predict(ReadOnlySpan<float> inputs, Span<float> outputs) => Predict(inputs, outputs);

    void INetwork.Save(string path) => NetworkFiles.Save((TSelf)this, path);

    void INetwork.LoadParameters(string path) => NetworkFiles.LoadParameters((TSelf)this, path);
}
