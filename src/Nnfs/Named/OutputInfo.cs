using System.Collections.Immutable;
using Nnfs.Layers;
using Nnfs.Losses;
using Nnfs.Training;

namespace Nnfs;

/// <summary>An output of a network: its name, what it is for a sample, and what it is trained on.</summary>
public sealed class OutputInfo
{
    /// <summary>Describes an output.</summary>
    /// <param name="name">Its name, as parameters have it.</param>
    /// <param name="shape">The shape for a sample.</param>
    /// <param name="loss">The kind of its loss; <see langword="null"/> for none.</param>
    /// <param name="lossWeight">What its loss is multiplied by in the loss of the network.</param>
    public OutputInfo(string name, ImmutableArray<int> shape, LayerKind? loss = null, float lossWeight = 1f)
    {
        ArgumentNullException.ThrowIfNull(name);
        Name = name;
        Shape = shape;
        Loss = loss;
        LossWeight = lossWeight;
        Size = ShapeProduct.Of(shape.AsSpan());
    }

    /// <summary>Its name, as parameters have it: <c>policy</c>. The only output of a network without names is called <c>outputs</c>.</summary>
    public string Name { get; }

    /// <summary>The shape for a sample.</summary>
    public ImmutableArray<int> Shape { get; }

    /// <summary>The number of values for a sample.</summary>
    public int Size { get; }

    /// <summary>The kind of its loss; <see langword="null"/> for an output that is not trained.</summary>
    public LayerKind? Loss { get; }

    /// <summary>What its loss is multiplied by in the loss of the network.</summary>
    public float LossWeight { get; }

    /// <summary>
    /// Whether it is compared with labels: the class of each sample or position, or a 0 or 1 for each value. Otherwise it is compared with a target for each
    /// value.
    /// </summary>
    public bool TakesLabels => Loss is not null && Kind != AccuracyKind.Regression;

    /// <summary>How many labels or targets a sample has; 0 for an output without a loss.</summary>
    public int TargetSize => Loss is null ? 0 : Kind == AccuracyKind.LargestOutput ? Size / Shape[^1] : Size;

    /// <summary>What counts as right, for an output with a loss.</summary>
    internal AccuracyKind Kind => ((LossDefinition)LayerDefinitions.Of(Loss!.Value)).Accuracy;

    /// <summary>The only output of a network without names.</summary>
    internal static OutputInfo OfOnly<TNetwork>()
        where TNetwork : INetwork<TNetwork>
    {
        LayerInfo last = TNetwork.Layers[^1];

        return new("outputs", [.. TNetwork.OutputShape], last.Definition is LossDefinition ? last.Kind : null);
    }

    /// <summary>The name, and the shape in parentheses.</summary>
    public override string ToString() => $"{Name} ({string.Join(" × ", Shape)})";
}
