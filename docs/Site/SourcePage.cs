using Markdig;
using Markdig.Extensions.AutoIdentifiers;
using Markdig.Helpers;
using Markdig.Renderers;
using Markdig.Renderers.Html;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;
using Nnfs.Site.Rendering;

namespace Nnfs.Site;

/// <summary>A file that is a page of the site: Markdown, or source text that a page links to.</summary>
internal sealed class SourcePage
{
    private static readonly MarkdownPipeline s_pipeline = new MarkdownPipelineBuilder()
        .UsePipeTables()
        .UseAutoIdentifiers(AutoIdentifierOptions.GitHub)
        .Build();

    private readonly MarkdownDocument _document;

    private SourcePage(string file, MarkdownDocument document)
    {
        File = file;
        _document = document;
        Headings =
        [
            .. document.Descendants<HeadingBlock>()
                .Select(static heading => new PageHeading(heading.Level, heading.GetAttributes().Id!, TextOf(heading))),
        ];
        Title = Headings.FirstOrDefault(static heading => heading.Level == 1)?.Text ?? file;
    }

    /// <summary>The file, from the repository's root.</summary>
    public string File { get; }

    /// <summary>The first heading.</summary>
    public string Title { get; }

    /// <summary>The headings, in their order.</summary>
    public IReadOnlyList<PageHeading> Headings { get; }

    /// <summary>The file in the site.</summary>
    public string Address => Path.GetExtension(File) != ".md"
        ? $"{File}.html"
        : Path.GetFileName(File) == "README.md" ? $"{File[..^"README.md".Length]}index.html" : Path.ChangeExtension(File, ".html");

    /// <summary>What the page links to, from the repository's root.</summary>
    public IEnumerable<string> LinkedFiles =>
        _document.Descendants<LinkInline>().Select(link => Links.Resolve(File, link.Url ?? "")).OfType<string>();

    /// <summary>Reads a file. Source text becomes a page with one block of code.</summary>
    public static SourcePage Read(string repository, string file)
    {
        string text = System.IO.File.ReadAllText(Path.Combine(repository, file));

        return new SourcePage(file, Markdown.Parse(Path.GetExtension(file) == ".md" ? text : AsMarkdown(file, text), s_pipeline));
    }

    /// <summary>Whether a link can lead to a place on the page.</summary>
    public bool HasPlace(string id) => Headings.Any(heading => heading.Id == id);

    /// <summary>The page as HTML.</summary>
    /// <param name="links">Where its links lead in the site.</param>
    /// <param name="hasPlayground">Whether wrong code links to the compiler of the playground.</param>
    public string Render(Links links, bool hasPlayground)
    {
        foreach (LinkInline link in _document.Descendants<LinkInline>().ToList())
        {
            string url = link.Url ?? "";
            link.Url = links.InSite(url);

            // A page that is named by its file has a title here.
            if (link.FirstChild is LiteralInline name && name.NextSibling is null && name.Content.ToString() == url && links.TitleOf(url) is { } title)
            {
                name.Content = new StringSlice(title);
            }
        }

        using StringWriter text = new();
        HtmlRenderer renderer = new(text);
        s_pipeline.Setup(renderer);
        string? compiler = hasPlayground ? Links.From(Address, $"{SiteBuilder.PlaygroundFolder}/index.html") : null;
        renderer.ObjectRenderers.ReplaceOrAdd<CodeBlockRenderer>(new CodeBlockWriter(compiler));
        renderer.ObjectRenderers.ReplaceOrAdd<HeadingRenderer>(new HeadingWriter());
        renderer.ObjectRenderers.ReplaceOrAdd<HtmlBlockRenderer>(new HtmlBlockWriter());
        renderer.ObjectRenderers.ReplaceOrAdd<Markdig.Extensions.Tables.HtmlTableRenderer>(new TableWriter());
        renderer.Render(_document);

        return text.ToString();
    }

    private static string AsMarkdown(string file, string text) =>
        $"# {file}\n\n~~~~{(Path.GetExtension(file) == ".cs" ? "csharp" : "")}\n{text.TrimEnd()}\n~~~~\n";

    private static string TextOf(HeadingBlock heading) => string.Concat(heading.Inline!.Descendants().Select(static inline => inline switch
    {
        LiteralInline literal => literal.Content.ToString(),
        CodeInline code => code.Content,
        _ => "",
    }));
}
