using System.Buffers.Text;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Nnfs.Site.Tests;

/// <summary>The documentation of this repository as a site.</summary>
public sealed partial class SiteTests(BuiltSite site) : IClassFixture<BuiltSite>
{
    [Fact]
    public void Every_link_leads_to_a_file_and_a_place_in_it()
    {
        List<string> dead = [];

        foreach ((string page, string html) in site.Pages)
        {
            foreach (string link in BuiltSite.LinksOf(html).Where(static link => !link.StartsWith("https://", StringComparison.Ordinal)))
            {
                (string address, string place) = BuiltSite.Follow(page, link);

                // What follows the # of the playground is for its script.
                bool isThere = File.Exists(Path.Combine(site.Root, address))
                    && (place.Length == 0
                        || !site.Pages.TryGetValue(address, out string? target)
                        || target.Contains($" id=\"{place}\"", StringComparison.Ordinal));

                if (!isThere)
                {
                    dead.Add($"{page}: {link}");
                }
            }
        }

        Assert.Empty(dead);
    }

    [Fact]
    public void Every_page_is_reached_from_the_front_page()
    {
        HashSet<string> reached = ["index.html"];
        Queue<string> toRead = new(reached);

        while (toRead.TryDequeue(out string? page))
        {
            foreach (string link in BuiltSite.LinksOf(site.Pages[page]))
            {
                string address = BuiltSite.Follow(page, link).Address;

                if (site.Pages.ContainsKey(address) && reached.Add(address))
                {
                    toRead.Enqueue(address);
                }
            }
        }

        Assert.Empty(site.Pages.Keys.Except(reached));
        Assert.Equal(site.Count, reached.Count);
    }

    [Fact]
    public void Every_file_of_the_documentation_is_a_page()
    {
        string docs = Path.Combine(BuiltSite.Repository, "docs");

        Assert.All(
            Directory.EnumerateFiles(docs, "*.md", SearchOption.AllDirectories),
            file =>
            {
                string address = Path.ChangeExtension(Path.GetRelativePath(docs, file), ".html").Replace('\\', '/');
                Assert.Contains($"docs/{address.Replace("README", "index", StringComparison.Ordinal)}", site.Pages);
            });
    }

    /// <summary>A rule's wrong code is C#, or a project, or of another language; only C# can be compiled in the page.</summary>
    [Fact]
    public void Wrong_code_of_rules_opens_in_the_compiler_as_the_page_shows_it()
    {
        int examples = 0;

        foreach ((string page, string html) in site.Pages.Where(static page => page.Key.StartsWith("docs/diagnostics/NNFS", StringComparison.Ordinal)))
        {
            foreach (Match match in Example().Matches(html))
            {
                (string address, string place) = BuiltSite.Follow(page, match.Groups["link"].Value);
                Assert.Equal("playground/index.html", address);
                Assert.StartsWith("compiler=", place, StringComparison.Ordinal);

                string shown = WebUtility.HtmlDecode(Tag().Replace(match.Groups["code"].Value, ""));
                Assert.EndsWith(shown, Encoding.UTF8.GetString(Base64Url.DecodeFromChars(place.AsSpan("compiler=".Length))), StringComparison.Ordinal);
                examples++;
            }
        }

        Assert.InRange(examples, 50, int.MaxValue);
    }

    [Fact]
    public void Every_page_is_well_formed_and_has_a_title_and_one_first_heading()
    {
        foreach ((string page, string html) in site.Pages)
        {
            // The tags that HTML leaves open, closed as in XML.
            XDocument document = XDocument.Parse(Open().Replace(html, "${tag}/>").Replace("<!DOCTYPE html>", "", StringComparison.Ordinal));

            Assert.NotEqual("", document.Descendants("title").Single().Value);
            Assert.True(document.Descendants("h1").Count() == 1, page);
            Assert.Contains(document.Descendants("link"), static link => (string?)link.Attribute("rel") == "icon");
            Assert.DoesNotContain(document.Descendants("img"), static image => (string?)image.Attribute("alt") is null or "");
        }
    }

    /// <summary>Every box is drawn in the row after the last that it reads, and no two of a row touch.</summary>
    [Fact]
    public void Summary_of_a_network_is_drawn()
    {
        Match drawing = Drawing().Match(site.Pages["index.html"]);
        Assert.True(drawing.Success);
        XElement chart = XElement.Parse(drawing.Value);

        Assert.Equal(
            [
                "state", "goal", "Concat1", "Dense1 + Trunk", "Dense2", "Add1", "Body", "Dense3", "Dense4", "policy: SoftmaxCrossEntropy",
                "value: MeanSquaredError",
            ],
            chart.Elements("text").Where(static text => text.Attribute("class") is null).Select(static text => text.Value));
        Assert.Equal(
            ["8", "2", "10", "64", "64", "64", "64", "64", "64", "4", "1"],
            chart.Elements("text").Where(static text => text.Attribute("class") is not null).Select(static text => text.Value));
        Assert.Equal(8, chart.Elements("rect").Select(static box => box.Attribute("y")!.Value).Distinct().Count());

        foreach (IGrouping<string, XElement> row in chart.Elements("rect").GroupBy(static box => box.Attribute("y")!.Value))
        {
            XElement[] boxes = [.. row.OrderBy(static box => (double)box.Attribute("x")!)];
            Assert.All(boxes.Zip(boxes.Skip(1)), static pair =>
                Assert.True((double)pair.First.Attribute("x")! + (double)pair.First.Attribute("width")! < (double)pair.Second.Attribute("x")!));
        }
    }

    [Fact]
    public void Site_without_a_playground_does_not_link_to_it()
    {
        string folder = Path.Combine(site.Root, "..", "plain");
        SiteBuilder.Build(BuiltSite.Repository, folder, playground: null);

        Assert.All(
            Directory.EnumerateFiles(folder, "*.html", SearchOption.AllDirectories),
            static file => Assert.DoesNotContain("playground/index.html", File.ReadAllText(file), StringComparison.Ordinal));
    }

    [Fact]
    public void Folder_that_is_no_playground_is_refused()
    {
        SiteException exception = Assert.Throws<SiteException>(
            () => SiteBuilder.Build(BuiltSite.Repository, Path.Combine(site.Root, "..", "none"), playground: site.Root + "-missing"));

        Assert.Contains("has no index.html", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("See [this](missing.md).", "docs/page.md: the link 'missing.md' leads to no page.")]
    [InlineData("See [this](page.md#nowhere).", "docs/page.md: the link 'page.md#nowhere' leads to no heading of docs/page.md.")]
    [InlineData("See [this](../src).", "docs/page.md: the link '../src' leads to no page.")]
    public void Link_that_leads_nowhere_is_named(string text, string message)
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("nnfs-site-");

        try
        {
            folder.CreateSubdirectory("docs");
            folder.CreateSubdirectory("src");

            foreach (string file in (string[])["README.md", "CHANGELOG.md", "CONTRIBUTING.md", "SECURITY.md"])
            {
                File.WriteAllText(Path.Combine(folder.FullName, file), "# Title\n");
            }

            File.WriteAllText(Path.Combine(folder.FullName, "docs", "page.md"), $"# Page\n\n{text}\n");

            SiteException exception = Assert.Throws<SiteException>(
                () => SiteBuilder.Build(folder.FullName, Path.Combine(folder.FullName, "site"), playground: null));
            Assert.Equal(message, exception.Message);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [GeneratedRegex("""<pre tabindex="0"><code>(?<code>(?:(?!</code>).)*)</code></pre>\n<p class="try"><a href="(?<link>[^"]*)">""", RegexOptions.Singleline)]
    private static partial Regex Example();

    [GeneratedRegex("<svg .*?</svg>", RegexOptions.Singleline)]
    private static partial Regex Drawing();

    [GeneratedRegex("<[^>]*>")]
    private static partial Regex Tag();

    [GeneratedRegex("(?<tag><(?:meta|link|br|hr|img)[^>]*?) ?/?>")]
    private static partial Regex Open();
}
