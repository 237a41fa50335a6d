using System.Collections.Immutable;

namespace Nnfs.Files;

/// <summary>Lists how the layers of a file differ from those of a network.</summary>
internal static class LayerDifferences
{
    private const int MostInMessages = 20;
    private const int LongestInMessages = 100;

    /// <summary>A line for each difference, in the order of the layers; none where they agree.</summary>
    public static IReadOnlyList<string> Between(IReadOnlyList<LayerStep> expected, IReadOnlyList<LayerStep> found)
    {
        // Where a layer is missing or surplus, those before and after it are compared with their own likes.
        int shorter = Math.Min(expected.Count, found.Count);
        int start = 0;
        int end = 0;

        while (start < shorter && expected[start].ComputesAs(found[start]))
        {
            start++;
        }

        while (end < shorter - start && expected[^(end + 1)].ComputesAs(found[^(end + 1)]))
        {
            end++;
        }

        List<string> lines = [];

        for (int i = start; i < Math.Max(expected.Count, found.Count) - end; i++)
        {
            LayerStep? own = i < expected.Count - end ? expected[i] : null;
            LayerStep? other = i < found.Count - end ? found[i] : null;

            if (own is null || other is null || !own.ComputesAs(other))
            {
                lines.Add($"{Quote((own ?? other)!.Name)}: expected {Describe(own, other)}, found {Describe(other, own)}");
            }
        }

        // What layers read is told by their places, which are others where a layer is missing.
        if (expected.Count == found.Count)
        {
            lines.AddRange(expected.Zip(found)
                .Where(static pair => pair.First.ComputesAs(pair.Second) && !pair.First.ReadsAs(pair.Second))
                .Select(static pair => $"{Quote(pair.First.Name)}: expected to read {Names(pair.First.SourceNames)}, found {Names(pair.Second.SourceNames)}"));
        }

        return lines.Count <= MostInMessages ? lines : [.. lines.Take(MostInMessages), $"and {lines.Count - MostInMessages} more"];
    }

    private static string Describe(LayerStep? step, LayerStep? other) => step is null ? "nothing" : Cut(step.Describe(other));

    private static string Names(ImmutableArray<string> names) => names.IsEmpty ? "the layer before" : Cut(string.Join(", ", names.Select(Quote)));

    private static string Quote(string name) => $"'{Cut(name)}'";

    /// <summary>A file may have names of any length.</summary>
    private static string Cut(string text) => text.Length <= LongestInMessages ? text : $"{text[..LongestInMessages]}…";
}
