using System.Reflection;
using System.Text.RegularExpressions;

namespace Nnfs.Generators.Tests;

/// <summary>What .editorconfig asks of sources, and no build checks.</summary>
public sealed partial class SourceStyleTests
{
    /// <summary>The <c>max_line_length</c> of .editorconfig.</summary>
    private const int LongestLine = 160;

    /// <summary>The folders that have sources.</summary>
    private static readonly string[] s_folders = ["src", "generators", "tests", "samples", "benchmarks"];

    private static readonly string s_repository = typeof(SourceStyleTests).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(static attribute => attribute.Key == "Repository")
        .Value!;

    [Fact]
    public void Lines_ofAllSources_areShort()
    {
        IEnumerable<string> files = s_folders
            .SelectMany(static folder => Directory.EnumerateFiles(Path.Combine(s_repository, folder), "*.cs", SearchOption.AllDirectories))
            .Where(static file => !file.EndsWith(".verified.cs", StringComparison.Ordinal));

        Assert.Empty(files.SelectMany(TooLongLines));
    }

    [Fact]
    public void LongestLine_isThatOfEditorConfig() =>
        Assert.Contains($"max_line_length = {LongestLine}", File.ReadAllLines(Path.Combine(s_repository, ".editorconfig")));

    [Fact]
    public void Files_thatSamplesWriteByDefault_areIgnoredByGit()
    {
        string[] ignored = File.ReadAllLines(Path.Combine(s_repository, ".gitignore"));
        string[] written = [.. Directory.EnumerateFiles(Path.Combine(s_repository, "samples"), "Program.cs", SearchOption.AllDirectories)
            .SelectMany(static file => WrittenFile().Matches(File.ReadAllText(file)))
            .Select(static match => match.Groups[1].Value)];

        Assert.Contains("spiral.png", written);
        Assert.Empty(written.Except(ignored));
    }

    /// <summary>The name of a picture, a network or a model as a literal.</summary>
    [GeneratedRegex("\"([a-z-]+\\.(?:png|onnx|safetensors))\"")]
    private static partial Regex WrittenFile();

    private static IEnumerable<string> TooLongLines(string file) => File.ReadLines(file)
        .Select((line, index) => (Text: line, Number: index + 1))
        .Where(static line => line.Text.Length > LongestLine)
        .Select(line => $"{Path.GetRelativePath(s_repository, file)}:{line.Number} has {line.Text.Length} characters.");
}
