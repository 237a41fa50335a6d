using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Nnfs.Generators.Tests;

/// <summary>The errors that the generator reports itself, because no analyzer of a plain build would show them; and no others.</summary>
public sealed class UnseenFaultsTests
{
    private const string Sound =
        "[Network(2), Dense(3)] public partial class Sound { public static void Use(Sound.Workspace pass) => pass.BatchSize.ToString(); }";

    private const string TwoErrors = "[Network(2), Dense(4, 3), Dense(3, Name = \"1\")] public partial class Net; ";

    [Theory]
    [InlineData(
        "[Network(2), Dense(3)] public class Net { public static void Use(Net.Workspace pass) { } }",
        "NNFS001: 'Net' must be partial, so that the network 'Net' can be generated into it")]
    [InlineData(
        "[Network(2), Dense(3)] public partial record Net; class Use { Net.Workspace? Pass; }",
        "NNFS009: 'Net' cannot be a network, because it is a record")]
    [InlineData(
        "class Outer { [Network(2), Dense(3)] internal partial class Net; } class Use { Outer.Net.Workspace? Pass; }",
        "NNFS001: 'Outer' must be partial, so that the network 'Net' can be generated into it")]
    [InlineData(
        "[Network(2), Dense(3)] public partial class Net { Missing Type; } [Network(2)] public partial class Empty;",
        "NNFS002: The network 'Empty' has no layers")]
    [InlineData(
        "[Network(2), Dense(4, 3)] [SuppressMessage(\"Nnfs\", \"NNFS005:Inputs\")] public partial class Net;",
        "NNFS005: 'Dense1' takes 4 inputs, but the network's input gives 2")]
    [InlineData(
        "[assembly: SuppressMessage(\"Nnfs\", \"NNFS005\", Scope = \"type\", Target = \"~T:Net\")]\n[Network(2), Dense(4, 3)] public partial class Net;",
        "NNFS005: 'Dense1' takes 4 inputs, but the network's input gives 2")]
    [InlineData(
        "[Network(2), Dense(Sound.OutputSize)] public partial class Net { Missing Type; } " + Sound,
        "NNFS021: 'Sound.OutputSize' depends on generated code, which does not exist yet when the network is generated; "
        + "write its value, or a constant of your own that both use")]
    [InlineData("[Network(2), Dense(4, 3)] public partial class Net;")]
    [InlineData("[Network(2), Dense(4, 3)] public partial class Net { public static void Use(Net.Workspace pass) => pass.Backward(); }")]
    [InlineData("[Network(2), Dense(4, 3)] [SuppressMessage(\"Nnfs\", \"NNFS008\")] public partial class Net; " + Sound)]
    [InlineData("[Network(2), Dense(3)] public class Net; " + Sound)]
    [InlineData("public class Net { Missing Type; } " + Sound)]
    public async Task Generator_reports_errors_that_analyzers_would_not_show(string source, params string[] expected)
    {
        GeneratorRun run = GeneratorHarness.Run("using Nnfs; using System.Diagnostics.CodeAnalysis;\n" + source);

        Assert.Null(run.Result.Exception);
        Assert.Equal(expected, run.DriverDiagnostics.Select(static diagnostic => $"{diagnostic.Id}: {diagnostic.GetMessage(CultureInfo.InvariantCulture)}"));

        // The analyzer, which an editor runs, says the same of the same places. A SuppressMessage can hide what it says.
        IReadOnlyList<Diagnostic> analyzed = await run.AnalyzeAsync();
        Assert.All(
            run.DriverDiagnostics,
            diagnostic => Assert.True(
                source.Contains(nameof(SuppressMessageAttribute)[..15], StringComparison.Ordinal)
                    || analyzed.Any(other => other.Location == diagnostic.Location && SameFaults.Comparer.Equals([other], [diagnostic]))));
    }

    [Theory]
    [InlineData("RunAnalyzers", "false", 2)]
    [InlineData("RunAnalyzersDuringBuild", "False", 2)]
    [InlineData("RunAnalyzers", "true", 0)]
    [InlineData("RunAnalyzers", "", 0)]
    [InlineData("Other", "false", 0)]
    public void Generator_reports_everything_where_analyzers_are_off(string property, string value, int errors)
    {
        GeneratorDriver driver = CSharpGeneratorDriver.Create(
            [new NetworkGenerator().AsSourceGenerator()],
            parseOptions: new CSharpParseOptions(LanguageVersion.CSharp14),
            optionsProvider: new Properties(ImmutableDictionary<string, string>.Empty.Add("build_property." + property, value)));
        CSharpCompilation compilation = GeneratorHarness.Compile("using Nnfs; " + TwoErrors + Sound);

        driver.RunGeneratorsAndUpdateCompilation(compilation, out _, out ImmutableArray<Diagnostic> diagnostics, TestContext.Current.CancellationToken);

        Assert.Equal(errors, diagnostics.Length);
    }

    [Fact]
    public void Edit_elsewhere_leaves_reported_errors_cached()
    {
        GeneratorRun run = GeneratorHarness.Run(
            "using Nnfs; [Network(2), Dense(3)] public class Net { public static void Use(Net.Workspace pass) { } }", "// Nothing.");
        Assert.Single(run.DriverDiagnostics);

        GeneratorRun after = run.ThenEdit("File2.cs", "internal sealed class Other;");

        after.AssertCached();
        Assert.Single(after.DriverDiagnostics);
    }

    private sealed class Properties(ImmutableDictionary<string, string> properties) : AnalyzerConfigOptionsProvider
    {
        public override AnalyzerConfigOptions GlobalOptions { get; } = new Options(properties);

        public override AnalyzerConfigOptions GetOptions(SyntaxTree tree) => GlobalOptions;

        public override AnalyzerConfigOptions GetOptions(AdditionalText textFile) => GlobalOptions;
    }

    private sealed class Options(ImmutableDictionary<string, string> properties) : AnalyzerConfigOptions
    {
        public override bool TryGetValue(string key, [NotNullWhen(true)] out string? value) => properties.TryGetValue(key, out value);
    }
}
