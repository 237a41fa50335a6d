using System.Text.RegularExpressions;

namespace Nnfs.Generators.Tests.Documentation;

/// <summary>
/// Holds the blocks of a page against the compiler. Every <c>csharp</c> block is a program: statements first, then types. It builds upon
/// nothing but what a comment directly before it names.
/// <list type="bullet">
/// <item>On a rule's page, a comment after code under <c>Wrong</c> is the message that the rule reports on that line, and under
/// <c>Configuration</c> a pragma silences the rule. Everything else is without errors and warnings.</item>
/// <item><c>&lt;!-- after: Example --&gt;</c>: the earlier blocks under this heading come first.</item>
/// <item><c>&lt;!-- context: … --&gt;</c>: this code comes first; for what would distract a reader.</item>
/// <item><c>&lt;!-- generated: Example --&gt;</c>: the block is a part of what is generated for the blocks under this heading.</item>
/// </list>
/// A <c>mermaid</c> block is the drawing of a generated summary. A block without a language is commands or output; where it quotes one of our
/// errors, the wrong code on the rule's page reports it. Blocks of other languages are only read.
/// </summary>
/// <param name="pages">All pages, because an error that one quotes is that of another.</param>
internal sealed partial class DocumentationCheck(IReadOnlyList<MarkdownPage> pages)
{
    private const string SummaryEnd = "\"\"\";";

    /// <summary>What is wrong with a block, or nothing.</summary>
    public async Task<string?> FindProblemAsync(MarkdownPage page, MarkdownBlock block) => (block.Language, block.Section) switch
    {
        ("csharp" or "mermaid", _) when block.Generated is not null => FindDifference(page, block),
        ("csharp", "Right") => await CompareAsync(page, block, []),
        ("csharp", "Wrong") when page.RuleId is not null => await CompareWithCommentsAsync(page, block),
        ("csharp", "Configuration") when page.RuleId is not null => await FindUnsilencedAsync(page, block),
        ("csharp", _) when page.RuleId is null => await CompareAsync(page, block, []),
        ("csharp", _) => Problem(block, "The code of a rule's page must be under Wrong, Right or Configuration."),
        ("ini", "Configuration") when page.RuleId is not null => FindOtherSetting(page, block),
        ("", _) when QuotedError().Match(block.Code.Text) is { Success: true } error => await FindUnreportedAsync(block, error),
        ("", _) when CodeLine().IsMatch(block.Code.Text) => Problem(block, "The block looks like C#, but does not say so."),
        ("", _) => null,
        ("fsharp" or "html" or "js" or "xml", _) => null,
        _ => Problem(block, $"It is not known how to test a block of '{block.Language}'."),
    };

    private static async Task<string?> CompareWithCommentsAsync(MarkdownPage page, MarkdownBlock block)
    {
        string[] expected = [.. block.Code.CommentsBehindCode()
            .Select(comment => BlockProgram.Expect(page.File, comment.Line, page.RuleId!, comment.Comment))];

        IReadOnlyList<string> reported = await BlockProgram.Compile(Fragments(page, block)).ReportAsync();

        if (expected.Length == 0)
        {
            return Problem(block, "No comment after code quotes the message.", reported);
        }

        // A rule that explains an error of the compiler reports at its place.
        reported = [.. reported.Where(line => !CompilerError().IsMatch(line)
            || !expected.Any(other => other.StartsWith(CompilerError().Match(line).Groups[1].Value, StringComparison.Ordinal)))];

        return Compare(block, expected, reported);
    }

    private static async Task<string?> CompareAsync(MarkdownPage page, MarkdownBlock block, IReadOnlyList<string> expected)
    {
        IReadOnlyList<string> reported = await BlockProgram.Compile(Fragments(page, block)).ReportAsync();

        return Compare(block, expected, reported);
    }

    private static string? Compare(MarkdownBlock block, IReadOnlyList<string> expected, IReadOnlyList<string> reported) =>
        reported.SequenceEqual(expected, StringComparer.Ordinal) ? null : Problem(block, Lines("Expected", expected), reported);

    /// <summary>The code of a rule's configuration is wrong, and silences the rule.</summary>
    private static async Task<string?> FindUnsilencedAsync(MarkdownPage page, MarkdownBlock block)
    {
        IReadOnlyList<string> reported = await BlockProgram.Compile(Fragments(page, block)).ReportAsync();
        bool isSilenced = reported.Count > 0 && reported.All(line => line.Contains($" {page.RuleId} (silenced): ", StringComparison.Ordinal));

        return isSilenced ? null : Problem(block, $"Expected that {page.RuleId} is silenced, and nothing else is reported.", reported);
    }

    private static string? FindOtherSetting(MarkdownPage page, MarkdownBlock block) =>
        Setting().Match(block.Code.Text) is { Success: true } setting && setting.Groups[1].Value == page.RuleId
            ? null
            : Problem(block, $"Expected:\n[*.cs]\ndotnet_diagnostic.{page.RuleId}.severity = none, or another severity");

    private static string? FindDifference(MarkdownPage page, MarkdownBlock block)
    {
        IReadOnlyList<MarkdownBlock> sources = [.. page.Blocks.Where(other => other.IsProgram && other.Section == block.Generated)];

        if (sources.Count == 0)
        {
            return Problem(block, $"There is no code under '{block.Generated}'.");
        }

        // A drawing is the end of the summary, and shown whole.
        string[] excerpt = [.. Trim(block.Code.Text), .. block.Language == "mermaid" ? [SummaryEnd] : Array.Empty<string>()];
        string[][] files = [.. BlockProgram.Compile(Fragments(page, sources)).GeneratedFiles.Select(Trim)];

        if (files.Any(file => file.AsSpan().IndexOf(excerpt) >= 0))
        {
            return null;
        }

        // Where the two agree for longest, the first difference says most.
        int agreeing = files.SelectMany(file => file.Index().Select(line => file.AsSpan(line.Index).CommonPrefixLength(excerpt))).Max();

        return Problem(
            block,
            $"What is generated for '{block.Generated}' does not have line {agreeing + 1} of the block after those before:\n{excerpt[agreeing]}");
    }

    private async Task<string?> FindUnreportedAsync(MarkdownBlock block, Match error)
    {
        string id = error.Groups[1].Value;

        if (pages.SingleOrDefault(page => page.RuleId == id) is not { } page)
        {
            return Problem(block, $"{id} has no page.");
        }

        List<string> reported = [];

        foreach (MarkdownBlock wrong in page.Blocks.Where(static other => other is { IsProgram: true, Section: "Wrong" }))
        {
            reported.AddRange(await BlockProgram.Compile(Fragments(page, wrong)).ReportAsync());
        }

        return reported.Any(line => line.EndsWith($": {error.Value}", StringComparison.Ordinal))
            ? null
            : Problem(block, $"The wrong code in {page.File} is expected to report:\n{error.Value}", reported);
    }

    /// <summary>The blocks with all that they continue, each once.</summary>
    private static IReadOnlyList<CodeFragment> Fragments(MarkdownPage page, params IEnumerable<MarkdownBlock> blocks) => [.. blocks
        .SelectMany(block => (CodeFragment?[])
        [
            .. Fragments(page, page.Blocks.TakeWhile(other => other != block).Where(other => other.IsProgram && other.Section == block.After)),
            block.Context,
            block.Code,
        ])
        .OfType<CodeFragment>()
        .Distinct()];

    private static string[] Trim(string text) => [.. text.Split('\n').Select(static line => line.Trim())];

    private static string Problem(MarkdownBlock block, string problem, IReadOnlyList<string>? reported = null) =>
        $"{block.Code.File}:{block.Code.Line}: {problem}{(reported is null ? "" : "\n" + Lines("Reported", reported))}";

    private static string Lines(string name, IReadOnlyList<string> lines) => lines.Count > 0 ? $"{name}:\n{string.Join('\n', lines)}" : $"{name}: nothing.";

    [GeneratedRegex(@"\A(?:error|warning) (NNFS\d+): .*\z")]
    private static partial Regex QuotedError();

    [GeneratedRegex(@"\A([^:]+:\d+: error )CS\d+: ")]
    private static partial Regex CompilerError();

    [GeneratedRegex(@"[;{}]\s*$", RegexOptions.Multiline)]
    private static partial Regex CodeLine();

    [GeneratedRegex(@"\A\[\*\.cs\]\ndotnet_diagnostic\.(NNFS\d+)\.severity = (?:error|warning|suggestion|silent|none)\z")]
    private static partial Regex Setting();
}
