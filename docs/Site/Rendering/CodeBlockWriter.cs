using System.Buffers.Text;
using System.Net;
using System.Text;
using Markdig.Renderers;
using Markdig.Renderers.Html;
using Markdig.Syntax;

namespace Nnfs.Site.Rendering;

/// <summary>
/// A block of code: C# in colours, a flow chart as a drawing, and the wrong code of a rule with a link that opens it in the playground's compiler.
/// </summary>
/// <param name="compiler">The playground's page; <see langword="null"/> if the site has none.</param>
internal sealed class CodeBlockWriter(string? compiler) : HtmlObjectRenderer<CodeBlock>
{
    private const string ContextStart = "<!-- context:";

    /// <inheritdoc/>
    protected override void Write(HtmlRenderer renderer, CodeBlock obj)
    {
        string language = (obj as FencedCodeBlock)?.Info ?? "";
        string code = obj.Lines.ToString();

        renderer.EnsureLine();

        if (language == "mermaid")
        {
            renderer.WriteLine(FlowChart.Draw(code));

            return;
        }

        renderer.Write("<pre tabindex=\"0\"><code>");
        renderer.Write(language == "csharp" ? CSharpColours.Write(code) : WebUtility.HtmlEncode(code));
        renderer.WriteLine("</code></pre>");

        if (compiler is not null && language == "csharp" && IsWrong(obj))
        {
            string text = ContextOf(obj) + code;
            string link = $"{compiler}#compiler={Base64Url.EncodeToString(Encoding.UTF8.GetBytes(text))}";
            renderer.WriteLine($"<p class=\"try\"><a href=\"{link}\">Try it in the compiler</a></p>");
        }
    }

    /// <summary>Whether the heading before a block says that its code is wrong.</summary>
    private static bool IsWrong(CodeBlock block) =>
        block.Parent!.TakeWhile(other => other != block).OfType<HeadingBlock>().LastOrDefault()?.Inline?.FirstChild?.ToString() == "Wrong";

    /// <summary>The code that a comment directly before a block has.</summary>
    private static string ContextOf(CodeBlock block)
    {
        int index = block.Parent!.IndexOf(block);

        if (index == 0 || block.Parent[index - 1] is not HtmlBlock comment)
        {
            return "";
        }

        string text = comment.Lines.ToString().Trim();

        return text.StartsWith(ContextStart, StringComparison.Ordinal) ? text[ContextStart.Length..^"-->".Length].Trim() + "\n\n" : "";
    }
}
