using System.Reflection;
using System.Text.RegularExpressions;

namespace Nnfs.Site.Tests;

/// <summary>The site of this repository, written once, with a playground of one page.</summary>
public sealed partial class BuiltSite : IDisposable
{
    private const string PlaygroundPage = "<!DOCTYPE html><title>The playground</title>";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("nnfs-site-");

    public BuiltSite()
    {
        string playground = Directory.CreateDirectory(Path.Combine(_folder.FullName, "published", "_framework")).Parent!.FullName;
        File.WriteAllText(Path.Combine(playground, "index.html"), PlaygroundPage);
        File.WriteAllText(Path.Combine(playground, "_framework", "dotnet.js"), "");

        Count = SiteBuilder.Build(Repository, Root, playground);
        Pages = Directory.EnumerateFiles(Root, "*.html", SearchOption.AllDirectories)
            .Where(static file => Path.GetFileName(Path.GetDirectoryName(file)) != SiteBuilder.PlaygroundFolder)
            .ToDictionary(file => Path.GetRelativePath(Root, file).Replace('\\', '/'), File.ReadAllText, StringComparer.Ordinal);
    }

    /// <summary>The folder that README.md is in.</summary>
    public static string Repository { get; } = typeof(BuiltSite).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(static item => item.Key == "Repository").Value!;

    /// <summary>The folder of the site.</summary>
    public string Root => Path.Combine(_folder.FullName, "site");

    /// <summary>The number of pages that the program says.</summary>
    public int Count { get; }

    /// <summary>The pages' text by their addresses.</summary>
    public IReadOnlyDictionary<string, string> Pages { get; }

    /// <summary>What a page links to, as it is written there.</summary>
    public static IEnumerable<string> LinksOf(string html) => Link().Matches(html).Select(static match => match.Groups["to"].Value.Replace("&amp;", "&"));

    /// <summary>The address of a link's target, and what follows a # in it.</summary>
    public static (string Address, string Place) Follow(string page, string link)
    {
        string[] parts = link.Split('#', 2);
        string root = Path.GetFullPath("/");
        string address = parts[0].Length == 0
            ? page
            : Path.GetRelativePath(root, Path.GetFullPath(Path.Combine(root, Path.GetDirectoryName(page)!, parts[0]))).Replace('\\', '/');

        return (address, parts.ElementAtOrDefault(1) ?? "");
    }

    public void Dispose() => _folder.Delete(recursive: true);

    [GeneratedRegex("""(?:href|src)="(?<to>[^"]*)""")]
    private static partial Regex Link();
}
