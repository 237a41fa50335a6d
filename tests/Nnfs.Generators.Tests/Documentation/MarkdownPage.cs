using System.Reflection;
using System.Text.RegularExpressions;

namespace Nnfs.Generators.Tests.Documentation;

/// <summary>The fenced blocks of a Markdown file.</summary>
internal sealed partial class MarkdownPage
{
    private const string Fence = "```";

    private static readonly string s_repository = typeof(MarkdownPage).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(static attribute => attribute.Key == "Repository")
        .Value!;

    private readonly List<MarkdownBlock> _blocks = [];

    private MarkdownPage(string file)
    {
        File = file;
        RuleId = RulePage().Match(file) is { Success: true } match ? match.Groups[1].Value : null;
    }

    /// <summary>The path from the repository's root, with slashes.</summary>
    public string File { get; }

    /// <summary>The rule that the page is about, such as <c>NNFS005</c>, if it is the page of a rule of the compiler. NNFS030 is one of the build.</summary>
    public string? RuleId { get; }

    public IReadOnlyList<MarkdownBlock> Blocks => _blocks;

    /// <summary>The pages of the repository's root and of <c>docs</c> with all its folders.</summary>
    public static IReadOnlyList<MarkdownPage> ReadAll()
    {
        IEnumerable<string> files = Directory.GetFiles(s_repository, "*.md")
            .Concat(Directory.GetFiles(Path.Combine(s_repository, "docs"), "*.md", SearchOption.AllDirectories));

        return [.. files
            .Select(static file => Parse(Path.GetRelativePath(s_repository, file).Replace('\\', '/'), System.IO.File.ReadAllText(file)))
            .OrderBy(static page => page.File, StringComparer.Ordinal)];
    }

    /// <summary>Reads a text as the page of a path.</summary>
    /// <exception cref="FormatException">A block has no end, or a comment before a block says what is not known.</exception>
    public static MarkdownPage Parse(string file, string text)
    {
        MarkdownPage page = new(file);
        string[] lines = text.ReplaceLineEndings("\n").Split('\n');
        string section = "";

        for (int i = 0; i < lines.Length; i++)
        {
            if (Heading().Match(lines[i]) is { Success: true } heading)
            {
                section = heading.Groups[1].Value;
            }
            else if (lines[i].TrimStart().StartsWith(Fence, StringComparison.Ordinal))
            {
                int end = Array.FindIndex(lines, i + 1, static line => line.Trim() == Fence);

                if (end < 0)
                {
                    throw new FormatException($"{file}:{i + 1}: the block has no end.");
                }

                CodeFragment code = new(file, i + 2, string.Join('\n', lines[(i + 1)..end]));
                page._blocks.Add(page.WithComments(new MarkdownBlock(code, lines[i].Trim()[Fence.Length..].Trim(), section), lines, i));
                i = end;
            }
        }

        return page;
    }

    public override string ToString() => File;

    /// <summary>Goes up through the comments directly before a fence.</summary>
    private MarkdownBlock WithComments(MarkdownBlock block, string[] lines, int fence)
    {
        for (int end = fence; end > 0 && lines[end - 1].EndsWith("-->", StringComparison.Ordinal);)
        {
            int start = Array.FindLastIndex(lines, end - 1, static line => line.StartsWith("<!--", StringComparison.Ordinal));
            Match comment = start < 0 ? Match.Empty : Comment().Match(string.Join('\n', lines[start..end]));
            Group content = comment.Groups[2];

            block = comment.Groups[1].Value switch
            {
                "context" => block with { Context = new CodeFragment(File, start + 1 + comment.Value.AsSpan(0, content.Index).Count('\n'), content.Value) },
                "after" => block with { After = content.Value },
                "generated" => block with { Generated = content.Value },
                _ => throw new FormatException($"{File}:{end}: a comment before a block says context, after or generated."),
            };
            end = start;
        }

        return block;
    }

    [GeneratedRegex(@"^docs/diagnostics/(NNFS(?!030)\d+)\.md$")]
    private static partial Regex RulePage();

    [GeneratedRegex(@"^#+ (.*?)\s*$")]
    private static partial Regex Heading();

    [GeneratedRegex(@"^<!-- (\w+):\s+(.*?)\s+-->$", RegexOptions.Singleline)]
    private static partial Regex Comment();
}
