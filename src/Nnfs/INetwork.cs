using System.Collections.Immutable;

namespace Nnfs;

/// <summary>What every generated network has, for code that is generic over networks.</summary>
/// <typeparam name="TSelf">The network itself.</typeparam>
public interface INetwork<TSelf>
    where TSelf : INetwork<TSelf>
{
    /// <summary>The network's full name: that of its class, with namespace and containing types.</summary>
    static abstract string Name { get; }

    /// <summary>The layers in their order, the loss last, with the tensors that the parameters consist of.</summary>
    static abstract ImmutableArray<LayerInfo> Layers { get; }

    /// <summary>The number of features of one sample.</summary>
    static abstract int InputSize { get; }

    /// <summary>The number of outputs for one sample.</summary>
    static abstract int OutputSize { get; }

    /// <summary>The number of weights and biases, without padding.</summary>
    static abstract int ParameterCount { get; }

    /// <summary>A table of the layers: name, output shape, parameters and floating-point operations per sample, with totals.</summary>
    static abstract string Summary { get; }

    /// <summary>A network with weights drawn from <paramref name="random"/>, layer by layer.</summary>
    /// <param name="random">The generator that the weights are drawn from; it advances.</param>
    static abstract TSelf Create(NumpyRandom random);

    /// <summary>All weights and biases, one contiguous block aligned to 64 bytes. Padding between them is zero and must stay zero.</summary>
    Span<float> Parameters { get; }

    /// <summary>Runs the network forward on any whole number of samples. Safe from many threads at once.</summary>
    /// <param name="inputs">[samples × <see cref="InputSize"/>], row-major.</param>
    /// <param name="outputs">[samples × <see cref="OutputSize"/>], row-major; must not overlap <paramref name="inputs"/>.</param>
    /// <exception cref="ArgumentException">A length is not that of a whole number of samples, or the two disagree.</exception>
    void Predict(ReadOnlySpan<float> inputs, Span<float> outputs);
}
