namespace Nnfs.Generators.Tests.Documentation;

/// <summary>That a page which does not say what is so is found out.</summary>
public sealed class DocumentationCheckTests
{
    private const string Wrong = """
        ## Wrong

        ```csharp
        [Network(2)]
        [Dense(0)] // 'Dense1' must have at least 1 neuron, but has 0
        public partial class Net;
        ```
        """;

    private const string Silenced = """
        ## Configuration

        ```csharp
        #pragma warning disable NNFS008
        [Network(2), Dense(3), Softmax, SoftmaxCrossEntropy]
        public partial class Net;
        ```
        """;

    private const string Example = """
        # Example

        ```csharp
        Net net = new();

        [Network(2)]
        [Dense(3)]
        [SoftmaxCrossEntropy]
        public partial class Net;
        ```

        <!-- after: Example -->
        ```csharp
        Console.WriteLine(net.Classify([0.1f, -0.3f]));
        ```

        # Text

        <!-- generated: Example -->
        ```csharp
        /// <summary>The number of features of one sample.</summary>
        public const int InputSize = 2;
        ```

        <!-- context:
        Net net = new();
        [Network(2), Dense(3)] public partial class Net;
        -->
        ```csharp
        net.Save("net.safetensors");
        ```
        """;

    private const string Drawing = """
        # Network

        ```csharp
        [Network(2)]
        [ReLU]
        [Tanh(From = "ReLU1")]
        [Add("ReLU1", "Tanh1")]
        public partial class Net;
        ```

        <!-- generated: Network -->
        ```mermaid
        flowchart TD
            i0(["inputs"])
            s0["ReLU1"]
            i0 -- 2 --> s0
            s1["Tanh1"]
            s0 -- 2 --> s1
            s2["Add1"]
            s0 -- 2 --> s2
            s1 -- 2 --> s2
            o0(["outputs"])
            s2 -- 2 --> o0
        ```
        """;

    private const string Quoted = """
        ```
        error NNFS004: 'Dense1' must have at least 1 neuron, but has 0
        ```
        """;

    [Theory]
    [InlineData("docs/diagnostics/NNFS004.md", Wrong)]
    [InlineData("docs/diagnostics/NNFS008.md", Silenced)]
    [InlineData("README.md", Example)]
    [InlineData("README.md", Drawing)]
    [InlineData("README.md", Quoted)]
    public async Task Page_that_says_what_is_so_has_no_problem(string file, string text) => Assert.Empty(await FindProblemsAsync(file, text));

    [Theory]
    [InlineData("has 0", "has 1", ":5: error NNFS004: 'Dense1' must have at least 1 neuron, but has 0")]
    [InlineData(" // 'Dense1'", " // 'Dense1' must have at least 1 neuron, but has 0 // 'Dense1'", "Reported")]
    [InlineData("[Dense(0)] //", "[Dense(0)]\n//", "No comment after code quotes the message.")]
    [InlineData("[Dense(0)]", "[Dense(3)]", "Reported: nothing.")]
    [InlineData("[Dense(0)]", "[Dense(0), Dense(0)]", "'Dense2'")]
    [InlineData("class Net;", "class Net { Missing Field; }", "error CS0246")]
    [InlineData("[Network(2)]", "[Network(2)] // Another.", "error NNFS004: Another.")]
    [InlineData("## Wrong", "## Right", "Expected: nothing.")]
    [InlineData("## Wrong", "## Why", "must be under Wrong, Right or Configuration")]
    [InlineData("## Wrong", "## Configuration", "Expected that NNFS004 is silenced")]
    [InlineData("csharp", "cs", "a block of 'cs'")]
    [InlineData("csharp", "", "looks like C#")]
    public Task Wrong_code_that_is_otherwise_is_found(string text, string other, string problem) =>
        AssertFoundAsync("docs/diagnostics/NNFS004.md", Wrong, text, other, problem);

    [Theory]
    [InlineData("Softmax, ", "", "Reported: nothing.")]
    [InlineData("NNFS008", "NNFS005", "warning NNFS008: ")]
    public Task Silenced_code_that_is_otherwise_is_found(string text, string other, string problem) =>
        AssertFoundAsync("docs/diagnostics/NNFS008.md", Silenced, text, other, problem);

    [Theory]
    [InlineData("[Dense(3)]", "[Dense(5, 3)]", "README.md:7: error NNFS005: 'Dense1' takes 5 inputs")]
    [InlineData("Net net = new();\n\n", "", "README.md:12: error CS0103: The name 'net'")]
    [InlineData("[0.1f, -0.3f]", "[0.1f]", "README.md:14: error NNFS101: ")]
    [InlineData("after: Example", "after: Text", "error CS0103")]
    [InlineData("Net net = new();\n\n", "Net net = new();\nint unused = 1;\n\n", "README.md:5: warning CS0219")]
    [InlineData("InputSize = 2", "InputSize = 3", "does not have line 2 of the block after those before:\npublic const int InputSize = 3;")]
    [InlineData("generated: Example", "generated: Nothing", "There is no code under 'Nothing'.")]
    [InlineData("Save(\"net.safetensors\")", "Save()", "README.md:30: error CS")]
    public Task Example_that_is_otherwise_is_found(string text, string other, string problem) =>
        AssertFoundAsync("README.md", Example, text, other, problem);

    [Theory]
    [InlineData("s1[", "s9[", "line 5 of the block")]
    [InlineData("\n    s2 -- 2 --> o0", "", "line 11 of the block")]
    public Task Drawing_that_is_otherwise_is_found(string text, string other, string problem) =>
        AssertFoundAsync("README.md", Drawing, text, other, problem);

    [Theory]
    [InlineData("has 0", "has 1", "error NNFS004: 'Dense1' must have at least 1 neuron, but has 0")]
    [InlineData("error", "warning", "error NNFS004: 'Dense1' must have at least 1 neuron, but has 0")]
    [InlineData("NNFS004", "NNFS999", "NNFS999 has no page.")]
    public Task Quoted_error_that_is_otherwise_is_found(string text, string other, string problem) =>
        AssertFoundAsync("README.md", Quoted, text, other, problem);

    [Theory]
    [InlineData("```csharp\nint i = 0;")]
    [InlineData("<!-- befor: Example -->\n```csharp\n```")]
    [InlineData("Text -->\n```csharp\n```")]
    public void Page_that_cannot_be_read_throws(string text)
    {
        FormatException exception = Assert.Throws<FormatException>(() => MarkdownPage.Parse("README.md", text));

        Assert.StartsWith("README.md:1: ", exception.Message, StringComparison.Ordinal);
    }

    private static async Task AssertFoundAsync(string file, string page, string text, string other, string problem)
    {
        Assert.Contains(text, page, StringComparison.Ordinal);

        IReadOnlyList<string> problems = await FindProblemsAsync(file, page.Replace(text, other, StringComparison.Ordinal));

        Assert.Contains(problem, string.Join('\n', problems), StringComparison.Ordinal);
    }

    private static async Task<IReadOnlyList<string>> FindProblemsAsync(string file, string text)
    {
        MarkdownPage page = MarkdownPage.Parse(file, text);
        DocumentationCheck check = new([page, MarkdownPage.Parse("docs/diagnostics/NNFS004.md", Wrong)]);
        List<string> problems = [];

        foreach (MarkdownBlock block in page.Blocks)
        {
            if (await check.FindProblemAsync(page, block) is { } problem)
            {
                problems.Add(problem);
            }
        }

        return problems;
    }
}
