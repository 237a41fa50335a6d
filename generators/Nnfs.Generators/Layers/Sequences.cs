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

        // A recurrent layer gives the state after the last step unless it says otherwise.
        string cure = layer.Values[0].Declaration is { } source && Recurrent.IsOfLastStep(source)
            ? $"set {Recurrent.ReturnSequencesProperty} = true for '{source.Name}'"
            : $"add [Reshape(steps, {features})] before it";

        layer.ReportShape(other, $"sequences of steps × {features}", cure);
        layer.GivenShape = null;

        return null;
    }
}
