using System.Text.RegularExpressions;
using Nnfs.Catalogue.Drawing;

namespace Nnfs.Catalogue.Layers;

/// <summary>A tensor of a layer.</summary>
/// <param name="Name">The member that views of the layer have for it.</param>
/// <param name="Shape">Its extents.</param>
internal sealed partial record ReferenceTensor(string Name, params int[] Shape)
{
    /// <summary>Whether the optimizer changes it, rather than a training pass.</summary>
    public bool IsTrained { get; init; } = true;

    /// <summary>λ of the magnitudes and of the squares that it adds to the loss.</summary>
    public (float L1, float L2) Penalty { get; init; }

    /// <summary>What errors of a tensor that is not trained are at least a part of.</summary>
    public double LeastScale { get; init; }

    /// <summary>Whether its gradient is nothing but what roundings leave of differences, whose terms are as large as other gradients.</summary>
    public bool IsCancelled { get; init; }

    /// <summary>Draws values for tests, other than those at the start.</summary>
    public required Func<Random, int, float[]> Draw { get; init; }

    public int Count => Shape.Aggregate(1, static (product, extent) => product * extent);

    /// <summary>What files call it, after the name of the layer.</summary>
    public string FileName => Capital().Replace(Name, "_$1").ToLowerInvariant();

    /// <summary>Numbers from a normal distribution.</summary>
    public static Func<Random, int, float[]> About(double mean, double deviation) =>
        (random, count) => Array.ConvertAll(random.Gaussians(count, deviation), value => (float)(mean + value));

    [GeneratedRegex("(?<!^)([A-Z])")]
    private static partial Regex Capital();
}
