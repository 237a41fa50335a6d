using System.Collections.Immutable;
using Nnfs.Generators.Models;
using Nnfs.Generators.Parsing;

namespace Nnfs.Generators.Losses;

/// <summary>A kind of loss, as far as the parser has to know it: what its attribute is called, and what may come before it.</summary>
/// <param name="Name">The attribute's name.</param>
/// <param name="Read">Turns a declaration into the loss of an output: checks its settings.</param>
internal sealed record Loss(string Name, Func<DeclarationReading, LossSpec> Read)
{
    /// <summary>All kinds of losses: a new one is added here.</summary>
    public static readonly ImmutableArray<Loss> All =
    [
        SoftmaxCrossEntropy.Kind,
        CategoricalCrossEntropy.Kind,
        BinaryCrossEntropy.Kind,
        SigmoidBinaryCrossEntropy.Kind,
        MeanSquaredError.Kind,
        MeanAbsoluteError.Kind,
        Huber.Kind,
    ];

    /// <summary>What a last attribute that the compiler could not resolve is taken for.</summary>
    public static readonly LossSpec Assumed = new SoftmaxCrossEntropy(Smoothing: 0f);

    /// <summary>The losses that most networks have, as part of a sentence.</summary>
    public static readonly string Suggested = $"[{SoftmaxCrossEntropy.Kind.Name}] for classes, [{MeanSquaredError.Kind.Name}] for values or another loss";

    /// <summary>The loss that most networks have whose samples have a class.</summary>
    public static readonly string ForClasses = SoftmaxCrossEntropy.Kind.Name;

    /// <summary>The loss that most networks have which predict numbers.</summary>
    public static readonly string ForNumbers = MeanSquaredError.Kind.Name;

    /// <summary>What makes outputs probabilities of classes, with a loss or without.</summary>
    public static readonly string SuggestedForClasses = $"[{SoftmaxCrossEntropy.Kind.Name}] or [{SoftmaxCrossEntropy.Kind.Applies}]";

    private static readonly Dictionary<string, Loss> s_byName = All.ToDictionary(static loss => loss.Name, StringComparer.Ordinal);

    /// <summary>The layer whose outputs it compares, which has to come before it; <see langword="null"/> where any may.</summary>
    public string? Expects { get; init; }

    /// <summary>The layer that it applies itself, which must not come before it; <see langword="null"/> where it applies none.</summary>
    public string? Applies { get; init; }

    /// <summary>What to use where there is a single class, of which nothing is learned; <see langword="null"/> for other losses.</summary>
    public string? OfOneClass { get; init; }

    /// <summary>
    /// The probabilities that it makes of logits in a range, by the number of classes; <see langword="null"/> where they can be nearly 0 and nearly 1, and
    /// for a loss that makes none.
    /// </summary>
    public Func<ValueRange, int, ValueRange?> Limits { get; init; } = static (_, _) => null;

    /// <summary>The name of the loss that applies the layer which this one expects; <see langword="null"/> where there is none.</summary>
    public string? Fused => Expects is null ? null : All.FirstOrDefault(other => other.Applies == Expects)?.Name;

    /// <summary>Whether it makes sense of an input, without any layer.</summary>
    public bool TakesInput { get; init; }

    /// <summary>The kind of an attribute's name.</summary>
    public static Loss? Find(string name) => s_byName.TryGetValue(name, out Loss? loss) ? loss : null;
}
