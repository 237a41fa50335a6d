namespace Nnfs.Generators.Tests.Documentation;

/// <summary>The code in the documentation is what it says: see <see cref="DocumentationCheck"/>.</summary>
public sealed class DocumentationTests
{
    private static readonly Lazy<IReadOnlyList<MarkdownPage>> s_pages = new(MarkdownPage.ReadAll);

    public static IEnumerable<TheoryDataRow<string, int>> Blocks => s_pages.Value
        .SelectMany(static page => page.Blocks)
        .Select(static block => new TheoryDataRow<string, int>(block.Code.File, block.Code.Line) { TestDisplayName = $"{block.Code.File}:{block.Code.Line}" });

    public static IEnumerable<TheoryDataRow<string>> RulePages => s_pages.Value
        .Where(static page => page.RuleId is not null)
        .Select(static page => new TheoryDataRow<string>(page.File));

    [Theory]
    [MemberData(nameof(Blocks))]
    public async Task Block_of_a_page_is_what_it_says(string file, int line)
    {
        MarkdownPage page = Page(file);
        MarkdownBlock block = page.Blocks.Single(candidate => candidate.Code.Line == line);

        if (await new DocumentationCheck(s_pages.Value).FindProblemAsync(page, block) is { } problem)
        {
            Assert.Fail(problem);
        }
    }

    /// <summary>What is wrong with a project is in its file, which is XML, or in its language.</summary>
    [Theory]
    [MemberData(nameof(RulePages))]
    public void Page_of_a_rule_shows_wrong_and_right_code(string file) => Assert.Superset(
        new HashSet<string> { "Wrong", "Right" },
        Page(file).Blocks.Where(static block => block.IsProgram || block.Language is "fsharp" or "xml").Select(static block => block.Section).ToHashSet());

    private static MarkdownPage Page(string file) => s_pages.Value.Single(page => page.File == file);
}
