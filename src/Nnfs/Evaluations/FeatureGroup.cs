using System.Collections.Immutable;

namespace Nnfs;

/// <summary>Features that belong together, such as those of a category that is written as one 1 among zeros.</summary>
public sealed class FeatureGroup
{
    /// <summary>Names features.</summary>
    /// <param name="name">What tables call them.</param>
    /// <param name="features">The features, from 0: at least one.</param>
    /// <exception cref="ArgumentException">There are no features, or no name.</exception>
    public FeatureGroup(string name, params ReadOnlySpan<int> features)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);

        if (features.IsEmpty)
        {
            throw new ArgumentException($"Expected at least one feature in the group '{name}', but there are none.", nameof(features));
        }

        Name = name;
        Features = [.. features];
    }

    /// <summary>What tables call them.</summary>
    public string Name { get; }

    /// <summary>The features, from 0.</summary>
    public ImmutableArray<int> Features { get; }
}
