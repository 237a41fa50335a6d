using System.Collections.Immutable;

namespace Nnfs;

/// <summary>What the features and the label of a sample are: names, kinds, and the order of the values that the network reads.</summary>
public sealed class SampleSchema
{
    /// <summary>Describes a type of samples.</summary>
    /// <param name="name">The type's name.</param>
    /// <param name="features">The features, in the order of their declaration.</param>
    /// <param name="label">The label; <see langword="null"/> where there is none.</param>
    public SampleSchema(string name, ImmutableArray<FeatureInfo> features, LabelInfo? label)
    {
        ArgumentNullException.ThrowIfNull(name);

        Name = name;
        Label = label;

        // Indices of embeddings come after everything that the network reads as a number.
        int[] starts = new int[features.Length];
        int next = 0;

        foreach (bool isEmbedded in (ReadOnlySpan<bool>)[false, true])
        {
            for (int i = 0; i < features.Length; i++)
            {
                if (features[i].Embedding > 0 == isEmbedded)
                {
                    starts[i] = next;
                    next += features[i].Count;
                }
            }
        }

        Features = [.. features.Select((feature, index) => feature with { Start = starts[index] })];
        Values = [.. Features.OrderBy(static feature => feature.Start).SelectMany(static feature => feature.Values)];
        EmbeddedCount = features.Count(static feature => feature.Embedding > 0);
    }

    /// <summary>The name of the type.</summary>
    public string Name { get; }

    /// <summary>The features, in the order of their declaration.</summary>
    public ImmutableArray<FeatureInfo> Features { get; }

    /// <summary>The label; <see langword="null"/> where there is none.</summary>
    public LabelInfo? Label { get; }

    /// <summary>The values of a sample, in their order. Those of embedded features come last.</summary>
    public ImmutableArray<FeatureValue> Values { get; }

    /// <summary>The number of values of a sample.</summary>
    public int FeatureCount => Values.Length;

    /// <summary>How many of the values, at their end, are indices of embeddings.</summary>
    public int EmbeddedCount { get; }
}
