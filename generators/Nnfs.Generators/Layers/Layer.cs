using System.Collections.Immutable;
using Nnfs.Generators.Models;
using Nnfs.Generators.Parsing;

namespace Nnfs.Generators.Layers;

/// <summary>A kind of layer, as far as the parser has to know it: what its attribute is called, and who reads it.</summary>
/// <param name="Name">The attribute's name.</param>
/// <param name="Read">Turns a declaration into a stage: checks its settings and its sizes.</param>
internal sealed record Layer(string Name, Func<LayerReading, StageSpec> Read)
{
    /// <summary>All kinds of layers that attributes declare: a new one is added here.</summary>
    public static readonly ImmutableArray<Layer> All =
    [
        Dense.Kind, .. Activations.All, Softmax.Kind, Dropout.Kind, LayerNorm.Kind, RMSNorm.Kind, BatchNorm.Kind, Add.Kind, Multiply.Kind, Concat.Kind,
        Flatten.Kind, Reshape.Kind, Conv2D.Kind, DepthwiseConv2D.Kind, ConvTranspose2D.Kind, Conv1D.Kind, DepthwiseConv1D.Kind,
        .. Pools.All, Upsample2D.Kind, .. ZeroPadding.All,
        .. Recurrent.All,
        Embedding.Kind, PositionalEmbedding.Kind, SelfAttention.Kind,
    ];

    private static readonly Dictionary<string, Layer> s_byName = All.ToDictionary(static layer => layer.Name, StringComparer.Ordinal);

    /// <summary>Whether it reads several values, which its arguments name.</summary>
    public bool JoinsSeveral { get; init; }

    /// <summary>Whether an activation directly after it can be computed with it.</summary>
    public bool TakesActivation { get; init; }

    /// <summary>What it computes as an activation that can be part of the layer before it; <see langword="null"/> for any other layer.</summary>
    public Func<LayerReading, ActivationFunction>? Activation { get; init; }

    /// <summary>What to use where it gets a single value, of which it makes nothing; <see langword="null"/> for other layers.</summary>
    public string? OfOneValue { get; init; }

    /// <summary>The argument that makes its parameters many; <see langword="null"/> where only its inputs do.</summary>
    public string? SizeArgument { get; init; }

    /// <summary>The kind that no attribute declares: what a network of samples reads a feature with an embedding by.</summary>
    public static Layer Of(EmbeddedFeature feature) => FeatureEmbedding.Of(feature);

    /// <summary>The kind of an attribute's name.</summary>
    public static Layer? Find(string name) => s_byName.TryGetValue(name, out Layer? layer) ? layer : null;
}
