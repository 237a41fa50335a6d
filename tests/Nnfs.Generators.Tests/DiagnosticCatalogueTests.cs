using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Nnfs.Generators.Diagnostics;

namespace Nnfs.Generators.Tests;

/// <summary>The rules are in four places: descriptors, release tracking, a page each, and README's table. They must say the same.</summary>
public sealed partial class DiagnosticCatalogueTests
{
    private static readonly string s_repository = typeof(DiagnosticCatalogueTests).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(static attribute => attribute.Key == "Repository")
        .Value!;

    private static readonly DiagnosticDescriptor[] s_descriptors = [.. typeof(DiagnosticDescriptors)
        .GetFields(BindingFlags.Public | BindingFlags.Static)
        .Where(static field => field.FieldType == typeof(DiagnosticDescriptor))
        .Select(static field => (DiagnosticDescriptor)field.GetValue(null)!)
        .OrderBy(static descriptor => descriptor.Id, StringComparer.Ordinal)];

    public static TheoryData<string> Ids => [.. s_descriptors.Select(static descriptor => descriptor.Id)];

    [Fact]
    public void Descriptors_all_areReportedByAnAnalyzer()
    {
        IEnumerable<DiagnosticAnalyzer> analyzers = typeof(NetworkAnalyzer).Assembly.GetTypes()
            .Where(static type => !type.IsAbstract && type.IsSubclassOf(typeof(DiagnosticAnalyzer)))
            .Select(static type => (DiagnosticAnalyzer)Activator.CreateInstance(type)!);

        Assert.Equal(
            s_descriptors.Select(static descriptor => descriptor.Id),
            analyzers.SelectMany(static analyzer => analyzer.SupportedDiagnostics).Select(static descriptor => descriptor.Id).Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Page_ofRule_saysWhatTheDescriptorSays(string id)
    {
        DiagnosticDescriptor descriptor = Descriptor(id);
        string page = Read("docs", "diagnostics", $"{id}.md");
        string severity = Severity(descriptor);

        Assert.StartsWith($"# {id}: {descriptor.Title}\n", page, StringComparison.Ordinal);
        Assert.Contains($"| Severity | {severity} |\n", page, StringComparison.Ordinal);
        Assert.Contains($"| Category | {descriptor.Category} |\n", page, StringComparison.Ordinal);
        Assert.Contains(
            descriptor.CustomTags.Contains(WellKnownDiagnosticTags.NotConfigurable)
                ? "This error can't be turned off or made a warning"
                : $"dotnet_diagnostic.{id}.severity = ",
            page,
            StringComparison.Ordinal);
        Assert.All(
            (string[])["## Cause", "## Wrong", "## Right", "## Why", "## Configuration"],
            heading => Assert.Contains($"\n{heading}\n", page, StringComparison.Ordinal));
        Assert.EndsWith($"/docs/diagnostics/{id}.md", descriptor.HelpLinkUri, StringComparison.Ordinal);
    }

    [Fact]
    public void Pages_all_areThoseOfTheDescriptorsAndTheBuild()
    {
        IEnumerable<string> pages = Directory.GetFiles(Path.Combine(s_repository, "docs", "diagnostics"), "NNFS*.md")
            .Select(static file => Path.GetFileNameWithoutExtension(file)!);

        // The build reports NNFS030, in projects where no analyzer runs.
        Assert.Equal(
            s_descriptors.Select(static descriptor => descriptor.Id).Append("NNFS030").Order(StringComparer.Ordinal), pages.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("docs/diagnostics/")]
    [InlineData("")]
    public void Table_inReadmeAndIndex_isThatOfTheDescriptors(string prefix)
    {
        string text = prefix.Length > 0 ? Read("README.md") : Read("docs", "diagnostics", "README.md");

        Assert.Equal(
            s_descriptors.Select(descriptor => $"| [{descriptor.Id}]({prefix}{descriptor.Id}.md) | {Severity(descriptor)} | {descriptor.Title} |"),
            text.Split('\n').Where(static line => line.StartsWith("| [NNFS", StringComparison.Ordinal)));
    }

    [Fact]
    public void ReleaseTracking_rules_areThoseOfTheDescriptors()
    {
        string text = Read("generators", "Nnfs.Generators", "AnalyzerReleases.Shipped.md")
            + Read("generators", "Nnfs.Generators", "AnalyzerReleases.Unshipped.md");

        Assert.Equal(
            s_descriptors.Select(static descriptor => (descriptor.Id, descriptor.Category, descriptor.DefaultSeverity.ToString())),
            TrackedRule().Matches(text).Select(static match => (match.Groups[1].Value, match.Groups[2].Value, match.Groups[3].Value)).Order());
    }

    [GeneratedRegex(@"^(NNFS\d{3}) \| (\w+) \| (\w+) \|", RegexOptions.Multiline)]
    private static partial Regex TrackedRule();

    private static DiagnosticDescriptor Descriptor(string id) => s_descriptors.Single(descriptor => descriptor.Id == id);

    private static string Severity(DiagnosticDescriptor descriptor) => descriptor.DefaultSeverity == DiagnosticSeverity.Error ? "error" : "warning";

    private static string Read(params string[] path) => File.ReadAllText(Path.Combine([s_repository, .. path])).ReplaceLineEndings("\n");
}
