using System.Collections.Immutable;
using System.ComponentModel;

namespace Nnfs;

/// <summary>What every generated network has, whatever inputs and outputs it takes, for code that saves, loads or exports it.</summary>
/// <typeparam name="TSelf">The network itself.</typeparam>
public interface INetworkModel<TSelf> : INetwork
    where TSelf : INetworkModel<TSelf>
{
    /// <summary>The network's full name: that of its class, with namespace and containing types.</summary>
    static abstract string Name { get; }

    /// <summary>
    /// The layers in their order, with the tensors that the parameters consist of: first the inputs that have attributes of their own, last the loss, or
    /// the outputs that have attributes of their own.
    /// </summary>
    static abstract ImmutableArray<LayerInfo> Layers { get; }

    /// <summary>The number of weights and biases, without padding. Running averages are not among them.</summary>
    static abstract int ParameterCount { get; }

    /// <summary>A table of the layers: name, output shape, parameters and floating-point operations per sample, with totals.</summary>
    static abstract string Summary { get; }

    /// <summary>A network with weights drawn from <paramref name="random"/>, layer by layer.</summary>
    /// <param name="random">The generator that the weights are drawn from; it advances.</param>
    static abstract TSelf Create(NumpyRandom random);

    /// <summary>A network whose parameters are about to be overwritten: no weights are drawn.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    static virtual TSelf CreateUninitialized() => TSelf.Create(NumpyRandom.WithoutWeights());

    /// <summary>All weights and biases, one contiguous block aligned to 64 bytes. What is in the padding between them has no effect.</summary>
    new Span<float> Parameters { get; }

    Span<float> INetwork.Parameters => Parameters;
}
