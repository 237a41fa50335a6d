namespace Nnfs.Site;

/// <summary>Writes the Markdown of the repository as a folder of HTML: the files keep their places, and README.md becomes index.html.</summary>
internal static class SiteBuilder
{
    /// <summary>The folder of the site that the playground is in.</summary>
    public const string PlaygroundFolder = "playground";

    /// <summary>What is a page of the site whether or not another one links to it.</summary>
    private static readonly string[] s_roots = ["README.md", "CHANGELOG.md", "CONTRIBUTING.md", "SECURITY.md"];

    /// <summary>Writes the site.</summary>
    /// <param name="repository">The folder that README.md is in.</param>
    /// <param name="output">The folder to write into; other files in it stay.</param>
    /// <param name="playground">The folder of the published playground; without it, nothing links to it.</param>
    /// <returns>The number of pages.</returns>
    /// <exception cref="SiteException">A link leads nowhere, or the playground is not in its folder.</exception>
    public static int Build(string repository, string output, string? playground)
    {
        if (playground is not null && !File.Exists(Path.Combine(playground, "index.html")))
        {
            throw new SiteException($"Expected the published playground in '{playground}', but it has no index.html.");
        }

        SortedDictionary<string, SourcePage> pages = Read(repository);
        HashSet<string> images = new(StringComparer.Ordinal);

        foreach (SourcePage page in pages.Values)
        {
            Links links = new(repository, page.File, pages);
            string body = page.Render(links, hasPlayground: playground is not null);
            images.UnionWith(links.Images);
            Write(output, page.Address, PageLayout.Write(page, body, pages.Values, hasPlayground: playground is not null));
        }

        foreach (string image in images)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(output, image))!);
            File.Copy(Path.Combine(repository, image), Path.Combine(output, image), overwrite: true);
        }

        foreach (string file in (string[])["site.css", "icon.svg"])
        {
            using Stream content = typeof(SiteBuilder).Assembly.GetManifestResourceStream(file)!;
            using FileStream copy = File.Create(Path.Combine(output, file));
            content.CopyTo(copy);
        }

        if (playground is not null)
        {
            CopyFolder(playground, Path.Combine(output, PlaygroundFolder));
        }

        return pages.Count;
    }

    /// <summary>The pages by their files: the roots, the documentation, and what they link to.</summary>
    private static SortedDictionary<string, SourcePage> Read(string repository)
    {
        SortedDictionary<string, SourcePage> pages = new(StringComparer.Ordinal);
        Queue<string> files = new(
            s_roots.Concat(
                Directory.EnumerateFiles(Path.Combine(repository, "docs"), "*.md", SearchOption.AllDirectories)
                    .Select(file => Path.GetRelativePath(repository, file).Replace('\\', '/'))));

        while (files.TryDequeue(out string? file))
        {
            if (pages.ContainsKey(file))
            {
                continue;
            }

            SourcePage page = SourcePage.Read(repository, file);
            pages.Add(file, page);

            foreach (string linked in page.LinkedFiles)
            {
                if (Links.FindPage(repository, linked) is { } target)
                {
                    files.Enqueue(target);
                }
            }
        }

        return pages;
    }

    private static void Write(string output, string address, string html)
    {
        string path = Path.Combine(output, address);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, html);
    }

    private static void CopyFolder(string source, string destination)
    {
        foreach (string file in Directory.EnumerateFiles(source, "*", SearchOption.AllDirectories))
        {
            string target = Path.Combine(destination, Path.GetRelativePath(source, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target, overwrite: true);
        }
    }
}
