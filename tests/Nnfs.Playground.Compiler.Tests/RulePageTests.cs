using Nnfs.Generators.Tests.Documentation;
using Playground.Compiler;

namespace Nnfs.Playground.Compiler.Tests;

/// <summary>The examples on the rules' pages, which the page shows on request: the wrong ones have their fault, and the right ones none.</summary>
public sealed class RulePageTests
{
    /// <summary>The rules about files of weights, which a page in a browser has none of.</summary>
    private static readonly string[] s_ofWeights = ["NNFS033", "NNFS034"];

    private static readonly CompilerSession s_session = new();

    private static readonly IReadOnlyList<MarkdownPage> s_pages =
        [.. MarkdownPage.ReadAll().Where(static page => page.RuleId is { } id && !s_ofWeights.Contains(id))];

    public static TheoryData<string> Rules => [.. s_pages.Select(static page => page.RuleId!)];

    [Theory]
    [MemberData(nameof(Rules))]
    public async Task Wrong_example_hasItsFaults_andTheFixesThatThePagePromises(string rule)
    {
        bool isFixed = false;

        foreach (MarkdownBlock block in Examples(rule, "Wrong"))
        {
            string text = Join(block);
            (_, CompilerReport whole) = await Text.LookAsync(s_session, text);
            IEnumerable<string> expected = block.Code.CommentsBehindCode().Select(static comment => comment.Comment);
            Fault[] faults = [.. whole.Faults.Where(fault => fault.Id == rule)];

            Assert.Equal(expected, faults.Select(static fault => fault.Message));
            Assert.All(faults, fault => Assert.EndsWith($"// {fault.Message}", LineOf(text, fault), StringComparison.Ordinal));
            Assert.All(faults, fault => Assert.EndsWith($"/docs/diagnostics/{rule}.md", fault.Help, StringComparison.Ordinal));

            // A rule may explain an error of the compiler at its place; nothing else is reported.
            Assert.All(whole.Faults, fault => Assert.Contains(fault.Line, faults.Select(static of => of.Line)));

            isFixed |= faults.Any(static fault => !fault.Fixes.IsEmpty);
            await CheckFixesAsync(faults);
        }

        string page = await File.ReadAllTextAsync(Path.Combine(Repository.Folder, Page(rule).File), TestContext.Current.CancellationToken);
        bool isPromised = page.Contains("| Code fix |", StringComparison.Ordinal) && !page.Contains("| Code fix | none |", StringComparison.Ordinal);

        // Of a length that is missing nobody knows what it should be; the fix is for one that is too much.
        Assert.Equal(isPromised && rule != "NNFS207", isFixed);
    }

    [Theory]
    [MemberData(nameof(Rules))]
    public async Task Right_example_hasNoFault_andBecomesAnAssembly(string rule)
    {
        foreach (MarkdownBlock block in Examples(rule, "Right"))
        {
            (CompilerReport first, CompilerReport whole) = await Text.LookAsync(s_session, Join(block));

            Assert.Empty(first.Faults);
            Assert.Empty(whole.Faults);
            Assert.Empty(s_session.Build().Report.Faults);
        }
    }

    /// <summary>A text after a fix does not have the fault any more.</summary>
    private static async Task CheckFixesAsync(IEnumerable<Fault> faults)
    {
        foreach (Fault fault in faults)
        {
            foreach (Fix fix in fault.Fixes)
            {
                (_, CompilerReport after) = await Text.LookAsync(s_session, fix.Text);

                Assert.DoesNotContain((fault.Id, fault.Message), after.Faults.Select(static other => (other.Id, other.Message)));
            }
        }
    }

    private static MarkdownPage Page(string rule) => s_pages.Single(page => page.RuleId == rule);

    private static IEnumerable<MarkdownBlock> Examples(string rule, string section) => Page(rule)
        .Blocks.Where(block => block.IsProgram && block.Section == section && block.After is null);

    private static string Join(MarkdownBlock block) => CodeFragment.Join(block.Context is { } context ? [context, block.Code] : [block.Code]);

    private static string LineOf(string text, Fault fault) => text.Split('\n')[fault.Line - 1].TrimEnd();
}
