using System.Globalization;

namespace Nnfs.Catalogue;

/// <summary>The shape of one sample, channels last: 28 × 28 × 1 is height × width × channels, and 12 is twelve values.</summary>
/// <param name="extents">The extents, one to four of them.</param>
internal sealed class SampleShape(params int[] extents) : IEquatable<SampleShape>
{
    public IReadOnlyList<int> Extents => extents;

    public int Rank => extents.Length;

    /// <summary>The number of values.</summary>
    public int Size => extents.Aggregate(1, static (product, extent) => product * extent);

    /// <summary>The extent of the last axis: the features of a step, or the channels of a pixel.</summary>
    public int Channels => extents[^1];

    /// <summary>The number of steps or pixels, each of which has <see cref="Channels"/> values.</summary>
    public int Positions => Size / Channels;

    /// <summary>The same positions with another number of channels.</summary>
    public SampleShape WithChannels(int channels) => new([.. extents[..^1], channels]);

    /// <summary>Whether both have the same positions in the same order.</summary>
    public bool HasPositionsOf(SampleShape other) => extents.AsSpan(..^1).SequenceEqual(other.Extents.ToArray().AsSpan(..^1));

    public bool Equals(SampleShape? other) => other is not null && extents.AsSpan().SequenceEqual(other.Extents.ToArray());

    public override bool Equals(object? obj) => Equals(obj as SampleShape);

    public override int GetHashCode() => Size;

    /// <summary>The extents as arguments of an attribute: <c>28, 28, 1</c>.</summary>
    public override string ToString() => string.Join(", ", extents.Select(static extent => extent.ToString(CultureInfo.InvariantCulture)));
}
