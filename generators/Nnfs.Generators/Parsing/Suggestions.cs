using Nnfs.Generators.Losses;

namespace Nnfs.Generators.Parsing;

/// <summary>What messages suggest to add to a network.</summary>
internal static class Suggestions
{
    /// <summary>Losses, as part of a sentence.</summary>
    public static string Losses => Loss.Suggested;

    /// <summary>What makes the outputs of a network probabilities of classes.</summary>
    public static string Probabilities => Loss.SuggestedForClasses;
}
