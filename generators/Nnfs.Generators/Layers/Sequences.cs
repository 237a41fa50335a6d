using Nnfs.Generators.Parsing;

namespace Nnfs.Generators.Layers;

/// <summary>What layers of sequences ask of what they read.</summary>
internal static class Sequences
{
    /// <summary>Whether a sequence arrives: a sample of steps × features. What is known to be none is reported; nobody knows what the layer gives.</summary>
    public static bool Arrive(LayerReading layer)
    {
        if (layer.Values[0].Shape is { Rank: not 2 } other)
        {
            layer.ReportShape(other, "sequences of steps × features", "[Reshape(steps, features)]");
            layer.GivenShape = null;
        }

        return layer.GivenShape is not null;
    }
}
