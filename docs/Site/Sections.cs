namespace Nnfs.Site;

/// <summary>The pages in the order of the menu.</summary>
internal static class Sections
{
    /// <summary>The rules have pages of their own, which are listed on this one.</summary>
    public const string Rules = "docs/diagnostics/README.md";

    private static readonly (string Title, string[] Files)[] s_sections =
    [
        ("Begin", ["README.md", "docs/templates.md", "docs/book.md", "docs/from-keras.md", "docs/from-pytorch.md"]),
        (
            "Networks",
            [
                "docs/shapes.md", "docs/images.md", "docs/sequences.md", "docs/several-outputs.md", "docs/samples.md", "docs/own-loss.md",
                "docs/parameters.md",
            ]),
        ("Training", ["docs/training.md", "docs/evaluation.md", "docs/reinforcement.md", "docs/distributed.md", "docs/sweeps.md"]),
        ("Beside the library", ["docs/tool.md", "docs/webassembly.md", Rules]),
        ("How it works", ["docs/plans.md", "docs/architecture.md", "docs/benchmarks.md", "docs/generator-speed.md", "docs/compatibility.md"]),
        ("Project", ["CHANGELOG.md", "CONTRIBUTING.md", "SECURITY.md"]),
    ];

    /// <summary>The sections with those of their pages that there are; pages of the documentation that no section names come last.</summary>
    public static IEnumerable<(string Title, IReadOnlyList<SourcePage> Pages)> Of(IReadOnlyCollection<SourcePage> pages)
    {
        Dictionary<string, SourcePage> byFile = pages.ToDictionary(static page => page.File, StringComparer.Ordinal);

        foreach ((string title, string[] files) in s_sections)
        {
            yield return (title, [.. files.Where(byFile.ContainsKey).Select(file => byFile[file])]);
        }

        HashSet<string> named = [.. s_sections.SelectMany(static section => section.Files)];
        SourcePage[] others = [.. pages.Where(page => Path.GetDirectoryName(page.File) == "docs" && !named.Contains(page.File))];

        if (others.Length > 0)
        {
            yield return ("More", others);
        }
    }

    /// <summary>What the menu calls a page.</summary>
    public static string LabelOf(SourcePage page) => page.File switch
    {
        "README.md" => "Overview",
        Rules => "Rules",
        _ => page.Title,
    };
}
