using System.IO.Compression;
using System.Reflection.Metadata;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;

namespace Nnfs.EndToEnd.Tests;

public sealed partial class PackageTests(PackageFixture fixture) : IClassFixture<PackageFixture>
{
    private const string ExpectedSummary = """
        layer                 shape  parameters  FLOPs/sample
        Dense1 + ReLU1       2 → 64         192           320
        """;

    /// <summary>Of the projects of the solution only the one that the fixture packs makes a package.</summary>
    [Fact]
    public void Solution_hasOneProjectThatIsPacked()
    {
        IEnumerable<string> packed = SolutionProject().Matches(File.ReadAllText(Path.Combine(fixture.Repository, "Nnfs.Generators.sln")))
            .Select(static match => match.Groups[1].Value.Replace('\\', '/'))
            .Where(project => File.ReadAllText(Path.Combine(fixture.Repository, project)).Contains("<IsPackable>true</IsPackable>", StringComparison.Ordinal));

        Assert.Equal([PackageFixture.PackedProject], packed);
        Assert.Contains(
            "<IsPackable>false</IsPackable>", File.ReadAllText(Path.Combine(fixture.Repository, "Directory.Build.props")), StringComparison.Ordinal);
    }

    [Fact]
    public void Pack_givesOnePackageWithEverything()
    {
        string package = Assert.Single(Directory.GetFiles(fixture.Packages));
        Assert.StartsWith("Nnfs.Generators.", Path.GetFileName(package), StringComparison.Ordinal);

        using ZipArchive archive = ZipFile.OpenRead(package);
        string[] files = [.. archive.Entries.Select(static entry => entry.FullName)
            .Where(static name => !name.StartsWith('_') && !name.StartsWith("package/", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)];

        Assert.Equal(
            [
                "LICENSE",
                "Nnfs.Generators.nuspec",
                "README.md",
                "[Content_Types].xml",
                "analyzers/dotnet/cs/Nnfs.Generators.CodeFixes.dll",
                "analyzers/dotnet/cs/Nnfs.Generators.dll",
                "lib/net10.0/Nnfs.dll",
                "lib/net10.0/Nnfs.pdb",
                "lib/net10.0/Nnfs.xml",
            ],
            files);
    }

    /// <summary>A debugger that steps from generated code into a kernel needs its source, and gets it from the symbols.</summary>
    [Fact]
    public async Task Symbols_inPackage_haveTheSourceOfEveryFile()
    {
        using ZipArchive archive = ZipFile.OpenRead(Assert.Single(Directory.GetFiles(fixture.Packages)));
        using MemoryStream symbols = new();
        await using (Stream entry = archive.GetEntry("lib/net10.0/Nnfs.pdb")!.Open())
        {
            await entry.CopyToAsync(symbols, TestContext.Current.CancellationToken);
        }

        symbols.Position = 0;
        using MetadataReaderProvider provider = MetadataReaderProvider.FromPortablePdbStream(symbols);
        Dictionary<string, string?> sources = EmbeddedSource.ReadAll(provider.GetMetadataReader());

        Assert.DoesNotContain(null, sources.Values);

        foreach (string file in Directory.GetFiles(Path.Combine(fixture.Repository, "src", "Nnfs"), "*.cs", SearchOption.AllDirectories))
        {
            string name = Path.GetRelativePath(fixture.Repository, file).Replace('\\', '/');
            string expected = await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken);

            Assert.Equal(expected, Assert.Single(sources, source => source.Key.Replace('\\', '/').EndsWith("/" + name, StringComparison.Ordinal)).Value);
        }
    }

    [Fact]
    public async Task Consumer_builtAndRun_givesTheNotebooksNumbers()
    {
        string output = await CommandLine.RunAsync(fixture.Consumer, "dotnet", "run", "-c", "Release");

        AssertOutput(output);
    }

    [Fact]
    public async Task Consumer_publishedWithNativeAot_hasNoWarningsAndRuns()
    {
        string program = Path.Combine(fixture.Consumer, "native", OperatingSystem.IsWindows() ? "Consumer.exe" : "Consumer");
        List<string> publish = ["publish", "-c", "Release", "-r", RuntimeInformation.RuntimeIdentifier, "-o", Path.GetDirectoryName(program)!];

        if (OperatingSystem.IsLinux() && !IsOnPath("clang"))
        {
            // NativeAOT links with clang where nothing is said; gcc does as well, and is often what a machine has.
            publish.Add("-p:CppCompilerAndLinker=gcc");
        }

        string published = await CommandLine.RunAsync(fixture.Consumer, "dotnet", [.. publish]);

        Assert.Contains("Generating native code", published, StringComparison.Ordinal);
        Assert.DoesNotContain("warning", published, StringComparison.OrdinalIgnoreCase);

        if (RuntimeInformation.RuntimeIdentifier.EndsWith("-x64", StringComparison.Ordinal))
        {
            Assert.Contains("Set IlcInstructionSet in the project to x86-64-v3", published, StringComparison.Ordinal);
        }

        string output = await CommandLine.RunAsync(fixture.Consumer, program);

        AssertOutput(output);
    }

    [Fact]
    public async Task Faults_built_areEachReportedOnceInTheirPlaces()
    {
        string[] source = await File.ReadAllLinesAsync(Path.Combine(fixture.Faults, "Faults.cs"), TestContext.Current.CancellationToken);
        string output = await CommandLine.RunAsync(1, fixture.Faults, "dotnet", "build", "-c", "Release", "--tl:off");

        // The compiler's own lines; the build repeats them afterwards as a summary.
        output = output[..output.IndexOf("Build FAILED.", StringComparison.Ordinal)];

        IEnumerable<string> expected = source.SelectMany(static (line, index) =>
            ExpectedFault().Matches(line).Select(match => $"({LineOf(line, index)},{match.Groups[2].Value}) {match.Groups[1].Value}: {match.Groups[3].Value}"));
        IEnumerable<string> actual = ReportedFault().Matches(output).Select(static match =>
            $"({match.Groups[1].Value},{match.Groups[2].Value}) {match.Groups[3].Value}: {match.Groups[4].Value}");

        Assert.Equal(expected.Order(StringComparer.Ordinal), actual.Order(StringComparer.Ordinal));
        Assert.Equal(expected.Count(), AnyReport().Count(output));
    }

    [GeneratedRegex("\"([^\"]+\\.csproj)\"")]
    private static partial Regex SolutionProject();

    [GeneratedRegex(@"// (NNFS\d{3}):(\d+): (.+)$")]
    private static partial Regex ExpectedFault();

    /// <summary>A line of the build: after the message come the rule's page and the project.</summary>
    [GeneratedRegex(@"Faults\.cs\((\d+),(\d+)\): (?:error|warning) (\w+): (.*) \(https://[^ )]+\) \[")]
    private static partial Regex ReportedFault();

    /// <summary>Whatever is reported, wherever: also what has no place in the source.</summary>
    [GeneratedRegex(@"(?:error|warning) \w+:")]
    private static partial Regex AnyReport();

    /// <summary>The number of the line that a comment is about: a comment alone on its line is about the line above.</summary>
    private static int LineOf(string line, int index) => line.AsSpan().TrimStart().StartsWith("//", StringComparison.Ordinal) ? index : index + 1;

    private static void AssertOutput(string output)
    {
        output = output.ReplaceLineEndings("\n");

        Assert.Contains("notebook loss 1.0986104\n", output, StringComparison.Ordinal);
        Assert.Contains("notebook accuracy 0.34\n", output, StringComparison.Ordinal);
        Assert.Contains(ExpectedSummary, output, StringComparison.Ordinal);
        Assert.Contains("training learns\n", output, StringComparison.Ordinal);
        Assert.Contains("class True\n", output, StringComparison.Ordinal);
        Assert.Contains("trained True\n", output, StringComparison.Ordinal);
        Assert.Contains("resumed True\n", output, StringComparison.Ordinal);
        Assert.Contains("loaded True\n", output, StringComparison.Ordinal);
        Assert.Contains("exported True\n", output, StringComparison.Ordinal);
    }

    private static bool IsOnPath(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, program)));
}
