using System.Globalization;
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

    /// <summary>Of the projects of the solution only these make packages: the library, which the fixture packs, and four beside it.</summary>
    [Fact]
    public void Solution_hasFiveProjectsThatArePacked()
    {
        IEnumerable<string> packed = SolutionProject().Matches(File.ReadAllText(Path.Combine(fixture.Repository, "Nnfs.Generators.sln")))
            .Select(static match => match.Groups[1].Value.Replace('\\', '/'))
            .Where(project => File.ReadAllText(Path.Combine(fixture.Repository, project)).Contains("<IsPackable>true</IsPackable>", StringComparison.Ordinal));

        Assert.Equal(
            [
                "src/Nnfs.Distributed/Nnfs.Distributed.csproj", "src/Nnfs.Sweeps/Nnfs.Sweeps.csproj", "src/Nnfs.Templates/Nnfs.Templates.csproj",
                "src/Nnfs.Tool/Nnfs.Tool.csproj", PackageFixture.PackedProject,
            ],
            packed.Order(StringComparer.Ordinal));
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
                "build/Nnfs.Generators.targets",
                "buildTransitive/Nnfs.Generators.targets",
                "lib/net10.0/Nnfs.dll",
                "lib/net10.0/Nnfs.pdb",
                "lib/net10.0/Nnfs.xml",
                "tools/net10.0/Nnfs.Build.dll",
                "tools/net10.0/Nnfs.Import.dll",
                "tools/net10.0/Nnfs.dll",
                "tools/net10.0/System.Numerics.Tensors.dll",
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

    /// <summary>What each template makes is built and run as it is, from its package alone.</summary>
    [Fact]
    public async Task Templates_installed_makeProgramsThatLearn()
    {
        // Templates go into a folder of their own, so that those of the user are left alone.
        string[] hive = ["--debug:custom-hive", fixture.Folder("Hive")];
        string package = await fixture.PackTemplatesAsync();
        await CommandLine.RunAsync(fixture.Repository, "dotnet", ["new", "install", package, .. hive]);

        string classifier = fixture.Folder("Irises");
        await CommandLine.RunAsync(
            fixture.Repository, "dotnet", ["new", "nnfs-classifier", "-o", classifier, "--network", "IrisNet", "--no-restore", .. hive]);
        string classified = await CommandLine.RunAsync(classifier, "dotnet", "run");

        Assert.Equal(
            ["Flower.cs", "IrisNet.cs", "IrisNet.safetensors", "Irises.csproj", "Program.cs", "Species.cs", "flowers.csv"],
            Directory.GetFiles(classifier).Select(Path.GetFileName).Order(StringComparer.Ordinal).ToArray()!);
        Assert.Contains("completed after 100 epochs", classified, StringComparison.Ordinal);
        Assert.InRange(Number(AccuracyShown(), classified), 0.9, 1);
        Assert.Contains("The flower is of the species Virginica.", classified, StringComparison.Ordinal);

        string regression = fixture.Folder("Prices");
        await CommandLine.RunAsync(fixture.Repository, "dotnet", ["new", "nnfs-regression", "-o", regression, "--no-restore", .. hive]);
        string predicted = await CommandLine.RunAsync(regression, "dotnet", "run");

        string network = await File.ReadAllTextAsync(Path.Combine(regression, "RegressionNet.cs"), TestContext.Current.CancellationToken);
        Assert.Contains("namespace Prices;", network, StringComparison.Ordinal);
        Assert.InRange(Number(PredictionShown(), predicted), 0.97, 1.03);

        await CommandLine.RunAsync(fixture.Repository, "dotnet", ["new", "uninstall", "Nnfs.Templates", .. hive]);
        Assert.Empty(Directory.GetFiles(fixture.Folder("Hive"), "Nnfs.Templates.*.nupkg", SearchOption.AllDirectories));

        static double Number(Regex shown, string output) => double.Parse(shown.Match(output).Groups[1].Value, CultureInfo.InvariantCulture);
    }

    /// <summary>A model becomes a class that carries its weights. New weights in the same layers leave the text alone that the generator reads.</summary>
    [Fact]
    public async Task Model_inTheBuild_isAClassThatCarriesItsWeights()
    {
        string folder = fixture.Folder("Model");
        string model = Path.Combine(folder, "flowers.onnx");

        string output = await CommandLine.RunAsync(folder, "dotnet", "run");

        Assert.Equal("0.34550 0.33443 0.32008", output.Trim());

        string source = Assert.Single(Directory.GetFiles(folder, "FlowerNet.cs", SearchOption.AllDirectories));
        DateTime written = File.GetLastWriteTimeUtc(source);
        byte[] bytes = await File.ReadAllBytesAsync(model, TestContext.Current.CancellationToken);

        // The first bias of the last layer.
        const float Bias = -0.0466834009f;
        BitConverter.GetBytes(5f).CopyTo(bytes, bytes.AsSpan().IndexOf(BitConverter.GetBytes(Bias)));
        await File.WriteAllBytesAsync(model, bytes, TestContext.Current.CancellationToken);

        string changed = await CommandLine.RunAsync(folder, "dotnet", "run");

        Assert.StartsWith("0.98", changed, StringComparison.Ordinal);
        Assert.Equal(written, File.GetLastWriteTimeUtc(source));
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

    /// <summary>The compiler sees the tensors of the project's weights, not their numbers: with others it has nothing to do again.</summary>
    [Fact]
    public async Task Weights_withOtherNumbers_leaveTheirTable()
    {
        string folder = fixture.Folder("Weights");
        string weights = Path.Combine(folder, "models", "net.safetensors");
        byte[] content = await File.ReadAllBytesAsync(Path.Combine(fixture.Consumer, "carried.safetensors"), TestContext.Current.CancellationToken);
        Directory.CreateDirectory(Path.GetDirectoryName(weights)!);
        File.Copy(Path.Combine(fixture.Folder("Library"), "Library.csproj"), Path.Combine(folder, "Weights.csproj"));
        await File.WriteAllBytesAsync(weights, content, TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(
            Path.Combine(folder, "Weights.cs"), "// [Pretrained(\"models/net.safetensors\")]", TestContext.Current.CancellationToken);
        await File.WriteAllBytesAsync(Path.Combine(folder, "other.safetensors"), content, TestContext.Current.CancellationToken);

        FileInfo table = await DescribeAsync();
        string text = await File.ReadAllTextAsync(table.FullName, TestContext.Current.CancellationToken);
        DateTime written = table.LastWriteTimeUtc;
        content[^1] ^= 1;
        await File.WriteAllBytesAsync(weights, content, TestContext.Current.CancellationToken);
        DateTime afterOtherNumbers = (await DescribeAsync()).LastWriteTimeUtc;
        await File.WriteAllBytesAsync(weights, content[..^1], TestContext.Current.CancellationToken);
        string faulty = await File.ReadAllTextAsync((await DescribeAsync()).FullName, TestContext.Current.CancellationToken);

        Assert.EndsWith("\nfile\tmodels/net.safetensors\ntensor\tF32\t3\tdense1.biases\ntensor\tF32\t2,3\tdense1.weights\n", text, StringComparison.Ordinal);
        Assert.Equal(written, afterOtherNumbers);
        Assert.Contains(
            "\nfile\tmodels/net.safetensors\nfault\tThe tensors have 36 bytes, but 35 follow the header.\n", faulty, StringComparison.Ordinal);

        async Task<FileInfo> DescribeAsync()
        {
            await CommandLine.RunAsync(folder, "dotnet", "msbuild", "-restore", "-t:NnfsDescribeWeights");

            return Assert.Single(new DirectoryInfo(Path.Combine(folder, "obj")).GetFiles("NnfsWeights.txt", SearchOption.AllDirectories));
        }
    }

    [Fact]
    public async Task Faults_built_areEachReportedOnceInTheirPlaces()
    {
        string output = await BuildAsync(1, "Faults");
        IReadOnlyList<string> expected = await ExpectedFaultsAsync("Faults");

        Assert.Equal(expected, ReportedFaults(output));
        Assert.Equal(expected.Count, AnyReport().Count(output));
    }

    /// <summary>Where the compiler runs no analyzers, the generator reports the errors for which it generates nothing.</summary>
    [Fact]
    public async Task Faults_builtWithoutAnalyzers_areReportedByTheGenerator()
    {
        string output = await BuildAsync(1, "Faults", "-p:RunAnalyzers=false");

        Assert.Equal((await ExpectedFaultsAsync("Faults")).Where(static fault => DeclarationError().IsMatch(fault)), ReportedFaults(output));
    }

    /// <summary>A workspace that doesn't exist, in a signature, is an error that ends the compiler's work before analyzers.</summary>
    [Fact]
    public async Task Faults_thatMakeOtherDeclarationsUnsound_areReported()
    {
        string output = await BuildAsync(1, "Unseen");

        Assert.Contains("error CS0426", output, StringComparison.Ordinal);
        Assert.Equal(await ExpectedFaultsAsync("Unseen"), ReportedFaults(output));
    }

    /// <summary>Neither a file that looks generated nor any setting hides an error for which nothing is generated.</summary>
    [Fact]
    public async Task Faults_thatAreHidden_areReported()
    {
        await File.WriteAllTextAsync(
            Path.Combine(fixture.Folder("Hidden"), ".editorconfig"),
            "root = true\n\n[*.cs]\ndotnet_diagnostic.NNFS003.severity = none\n",
            TestContext.Current.CancellationToken);

        Assert.Equal(await ExpectedFaultsAsync("Hidden"), ReportedFaults(await BuildAsync(1, "Hidden")));
    }

    [Theory]
    [InlineData("FSharp", "the Network attribute in this file: the generator writes C#, and this is an F# project.")]
    [InlineData("VisualBasic", "the Network attribute in this file: the generator writes C#, and this is a Visual Basic project.")]
    [InlineData("WithoutAnalyzers", "the [Network] in this file: the project has Nnfs.Generators without its analyzers")]
    public async Task Network_whereTheGeneratorDoesNotRun_isAnError(string project, string reason) =>
        Assert.Contains("error NNFS030: Nothing is generated for " + reason, await BuildAsync(1, project), StringComparison.Ordinal);

    [Fact]
    public async Task FSharpProject_thatUsesANetworkOfACSharpProject_isBuilt() =>
        Assert.DoesNotContain("NNFS", await BuildAsync(0, "FSharpUser"), StringComparison.Ordinal);

    private async Task<string> BuildAsync(int exitCode, string project, params string[] arguments)
    {
        string output = await CommandLine.RunAsync(exitCode, fixture.Folder(project), "dotnet", ["build", "-c", "Release", "--tl:off", .. arguments]);

        // The compiler's own lines; the build repeats them afterwards as a summary.
        return output.Split("Build FAILED.")[0];
    }

    /// <summary>What the comments in a project's sources say.</summary>
    private async Task<IReadOnlyList<string>> ExpectedFaultsAsync(string project)
    {
        List<string> faults = [];

        foreach (string file in Directory.GetFiles(fixture.Folder(project), "*.cs"))
        {
            string[] source = await File.ReadAllLinesAsync(file, TestContext.Current.CancellationToken);

            faults.AddRange(source.SelectMany((line, index) => ExpectedFault().Matches(line).Select(match =>
                $"{Path.GetFileName(file)}({LineOf(line, index)},{match.Groups[2].Value}) {match.Groups[1].Value}: {match.Groups[3].Value}")));
        }

        return [.. faults.Order(StringComparer.Ordinal)];
    }

    private static IEnumerable<string> ReportedFaults(string output) => ReportedFault().Matches(output)
        .Select(static match => $"{match.Groups[1].Value}({match.Groups[2].Value},{match.Groups[3].Value}) {match.Groups[4].Value}: {match.Groups[5].Value}")
        .Order(StringComparer.Ordinal);

    /// <summary>The first line of an evaluation.</summary>
    [GeneratedRegex(@"\nloss [\d.]+, accuracy ([\d.]+), 30 samples")]
    private static partial Regex AccuracyShown();

    /// <summary>A sine has its top at a quarter.</summary>
    [GeneratedRegex(@"The network predicts ([\d.]+) for 0\.25\.")]
    private static partial Regex PredictionShown();

    [GeneratedRegex("\"([^\"]+\\.csproj)\"")]
    private static partial Regex SolutionProject();

    /// <summary>The rules of declarations, without those that warn.</summary>
    [GeneratedRegex(@" NNFS0(?!08|12|22|23)\d\d: ")]
    private static partial Regex DeclarationError();

    [GeneratedRegex(@"// (NNFS\d{3}):(\d+): (.+)$")]
    private static partial Regex ExpectedFault();

    /// <summary>A line of the build: after the message come the rule's page and the project.</summary>
    [GeneratedRegex(@"([\w.]+\.cs)\((\d+),(\d+)\): (?:error|warning) (NNFS\d+): (.*) \(https://[^ )]+\) \[")]
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
        Assert.Contains("carried 0.875 -5.5 6.25\n", output, StringComparison.Ordinal);
    }

    private static bool IsOnPath(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, program)));
}
