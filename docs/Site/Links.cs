namespace Nnfs.Site;

/// <summary>The links of a page: what they lead to in the site.</summary>
/// <param name="repository">The folder that README.md is in.</param>
/// <param name="file">The page's file, from there.</param>
/// <param name="pages">All pages by their files.</param>
internal sealed class Links(string repository, string file, IReadOnlyDictionary<string, SourcePage> pages)
{
    private static readonly string[] s_imageEndings = [".svg", ".png"];

    /// <summary>The images that were met, from the repository's root.</summary>
    public HashSet<string> Images { get; } = new(StringComparer.Ordinal);

    /// <summary>The file of the page that a file or a folder is shown by; <see langword="null"/> for what is no page.</summary>
    public static string? FindPage(string repository, string target)
    {
        string path = Path.Combine(repository, target);

        if (Directory.Exists(path))
        {
            string readme = target.TrimEnd('/') + "/README.md";

            return File.Exists(Path.Combine(repository, readme)) ? readme : null;
        }

        return File.Exists(path) && !IsImage(target) ? target : null;
    }

    /// <summary>A link's target from the repository's root; <see langword="null"/> for other sites and places on the same page.</summary>
    public static string? Resolve(string file, string url)
    {
        string path = url.Split('#')[0];

        if (path.Length == 0 || path.Contains(':', StringComparison.Ordinal))
        {
            return null;
        }

        string root = Path.GetFullPath("/");

        return Path.GetRelativePath(root, Path.GetFullPath(Path.Combine(root, Path.GetDirectoryName(file)!, path))).Replace('\\', '/');
    }

    /// <summary>The same link in the site.</summary>
    /// <exception cref="SiteException">It leads nowhere.</exception>
    public string InSite(string url)
    {
        if (Resolve(file, url) is not { } target)
        {
            return url;
        }

        if (IsImage(target) && File.Exists(Path.Combine(repository, target)))
        {
            Images.Add(target);

            return url;
        }

        string anchor = url.Contains('#', StringComparison.Ordinal) ? url[url.IndexOf('#', StringComparison.Ordinal)..] : "";

        if (FindPage(repository, target) is not { } found || !pages.TryGetValue(found, out SourcePage? page))
        {
            throw new SiteException($"{file}: the link '{url}' leads to no page.");
        }

        if (anchor.Length > 0 && !page.HasPlace(anchor[1..]))
        {
            throw new SiteException($"{file}: the link '{url}' leads to no heading of {page.File}.");
        }

        return From(pages[file].Address, page.Address) + anchor;
    }

    /// <summary>The title of the page that a link leads to; <see langword="null"/> if it leads to none.</summary>
    public string? TitleOf(string url) =>
        Resolve(file, url) is { } target && FindPage(repository, target) is { } found && pages.TryGetValue(found, out SourcePage? page) ? page.Title : null;

    /// <summary>The way from one address of the site to another.</summary>
    public static string From(string from, string to) => string.Concat(Enumerable.Repeat("../", from.Count(static letter => letter == '/'))) + to;

    private static bool IsImage(string target) => s_imageEndings.Contains(Path.GetExtension(target), StringComparer.Ordinal);
}
