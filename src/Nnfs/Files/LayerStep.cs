using System.Collections.Immutable;
using System.Globalization;

namespace Nnfs.Files;

/// <summary>What one layer does, in words that two networks are compared by.</summary>
/// <param name="Name">The layer's name, for messages.</param>
/// <param name="Kind">What it computes.</param>
/// <param name="Setting">Its setting; 0 for a layer without.</param>
/// <param name="Shape">The shape of what it gives, or of what it takes and gives.</param>
/// <param name="Sources">What it reads: the same word where it is the same step.</param>
/// <param name="SourceNames">The names of what it reads, for messages.</param>
internal sealed record LayerStep(
    string Name, string Kind, float Setting, string Shape, ImmutableArray<string> Sources, ImmutableArray<string> SourceNames)
{
    /// <summary>Whether another computes the same of what it reads.</summary>
    public bool ComputesAs(LayerStep other) => Kind == other.Kind && Setting.Equals(other.Setting) && Shape == other.Shape;

    /// <summary>Whether another reads the same.</summary>
    public bool ReadsAs(LayerStep other) => Sources.AsSpan().SequenceEqual(other.Sources.AsSpan());

    /// <summary>What it computes, for messages; its shape only if that is what differs.</summary>
    public string Describe(LayerStep? other) =>
        (Setting == 0f ? Kind : string.Create(CultureInfo.InvariantCulture, $"{Kind}({Setting})")) +
        (other is not null && Kind == other.Kind && Setting.Equals(other.Setting) ? $" of {Shape}" : "");
}
