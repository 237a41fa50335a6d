using System.Net;
using System.Text;

namespace Nnfs.Site;

/// <summary>What is around the text of each page: the menu of all pages and the list of its own headings. Nothing of it needs a script.</summary>
internal static class PageLayout
{
    private const string Name = "Nnfs.Generators";

    /// <summary>The whole page.</summary>
    public static string Write(SourcePage page, string body, IReadOnlyCollection<SourcePage> pages, bool hasPlayground)
    {
        string title = page.File == "README.md" ? $"{Name}: neural networks for C#, written by the compiler" : $"{page.Title} – {Name}";
        string playground = hasPlayground ? $"""<a href="{To(page, $"{SiteBuilder.PlaygroundFolder}/index.html")}">Playground</a>""" : "";

        return $"""
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <title>{Encode(title)}</title>
            <link rel="icon" href="{To(page, "icon.svg")}" type="image/svg+xml">
            <link rel="stylesheet" href="{To(page, "site.css")}">
            </head>
            <body>
            <a class="skip" href="#content">To the text</a>
            <header>
            <a class="name" href="{To(page, "index.html")}">{Name}</a>
            <nav aria-label="Site"><a class="to-menu" href="#menu">All pages</a>{playground}<a href="{To(page, "docs/diagnostics/index.html")}">Rules</a></nav>
            </header>
            <div class="columns">
            <main id="content">
            {body}
            </main>
            {ContentsOf(page)}
            <nav id="menu" aria-label="All pages">
            {MenuOf(page, pages)}
            </nav>
            </div>
            </body>
            </html>

            """;
    }

    private static string ContentsOf(SourcePage page)
    {
        PageHeading[] headings = [.. page.Headings.Where(static heading => heading.Level == 2)];

        return headings.Length < 2 ? "" : $"""
            <nav class="contents" aria-label="On this page">
            <h2>On this page</h2>
            <ul>
            {string.Join('\n', headings.Select(static heading => $"""<li><a href="#{heading.Id}">{Encode(heading.Text)}</a></li>"""))}
            </ul>
            </nav>
            """;
    }

    private static string MenuOf(SourcePage page, IReadOnlyCollection<SourcePage> pages)
    {
        StringBuilder menu = new();

        foreach ((string title, IReadOnlyList<SourcePage> sectionPages) in Sections.Of(pages))
        {
            menu.Append($"<h2>{Encode(title)}</h2>\n<ul>\n");

            foreach (SourcePage other in sectionPages)
            {
                string current = other == page ? " aria-current=\"page\"" : "";
                menu.Append($"""<li><a href="{To(page, other.Address)}"{current}>{Encode(Sections.LabelOf(other))}</a></li>""").Append('\n');
            }

            menu.Append("</ul>\n");
        }

        return menu.ToString();
    }

    private static string To(SourcePage page, string address) => Links.From(page.Address, address);

    private static string Encode(string text) => WebUtility.HtmlEncode(text);
}
