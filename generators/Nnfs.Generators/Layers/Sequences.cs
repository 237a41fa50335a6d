using Nnfs.Generators.Models;
using Nnfs.Generators.Parsing;

namespace Nnfs.Generators.Layers;

/// <summary>What layers of sequences ask of what they read.</summary>
internal static class Sequences
{
    /// <summary>
    /// The sequence that arrives, of steps × features; <see langword="null"/> where none is known to. What is known to be none is reported, and nobody knows
    /// what the layer gives.
    /// </summary>
    /// <param name="layer">The layer.</param>
    /// <param name="features">What the layer calls the values of a step.</param>
    public static Shape? Of(LayerReading layer, string features = "features")
    {
        if (layer.Values[0].Shape is not { Rank: not 2 } other)
        {
            return layer.Values[0].Shape;
        }

        layer.ReportShape(other, $"sequences of steps × {features}", $"[Reshape(steps, {features})]");
        layer.GivenShape = null;

        return null;
    }
}
