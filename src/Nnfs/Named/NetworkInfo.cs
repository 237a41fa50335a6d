using System.Collections.Immutable;

namespace Nnfs;

/// <summary>What there is to know of a class of networks, as data.</summary>
public sealed class NetworkInfo
{
    private NetworkInfo(
        string name,
        ImmutableArray<InputInfo> inputs,
        ImmutableArray<OutputInfo> outputs,
        ImmutableArray<LayerInfo> layers,
        int parameterCount,
        string summary)
    {
        Name = name;
        Inputs = inputs;
        Outputs = outputs;
        Layers = layers;
        ParameterCount = parameterCount;
        Summary = summary;
        InputSize = inputs.Sum(static input => input.Size);
        OutputSize = outputs.Sum(static output => output.Size);
    }

    /// <summary>The full name: that of the class, with namespace and containing types.</summary>
    public string Name { get; }

    /// <summary>What it takes.</summary>
    public ImmutableArray<InputInfo> Inputs { get; }

    /// <summary>What it gives.</summary>
    public ImmutableArray<OutputInfo> Outputs { get; }

    /// <summary>The number of values of all inputs of a sample.</summary>
    public int InputSize { get; }

    /// <summary>The number of values of all outputs for a sample.</summary>
    public int OutputSize { get; }

    /// <summary>The layers, as <see cref="INetworkModel{TSelf}.Layers"/> has them.</summary>
    public ImmutableArray<LayerInfo> Layers { get; }

    /// <summary>The number of weights and biases, without padding.</summary>
    public int ParameterCount { get; }

    /// <summary>A table of the layers.</summary>
    public string Summary { get; }

    /// <summary>The name, and the inputs and outputs with their shapes.</summary>
    public override string ToString() => $"{Name}: {string.Join(", ", Inputs)} → {string.Join(", ", Outputs)}";

    /// <summary>That of a class, made once.</summary>
    internal static NetworkInfo Of<TNetwork>()
        where TNetwork : INetwork<TNetwork> => OfClass<TNetwork>.Info;

    private static class OfClass<TNetwork>
        where TNetwork : INetwork<TNetwork>
    {
        public static readonly NetworkInfo Info =
            new(TNetwork.Name, TNetwork.Inputs, TNetwork.Outputs, TNetwork.Layers, TNetwork.ParameterCount, TNetwork.Summary);
    }
}
