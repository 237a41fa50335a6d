using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Nnfs.Generators.Tests;

/// <summary>Generated code has no error and no warning, whatever a project sets and however far the user's code has come.</summary>
public sealed class GeneratedCodeSettingsTests
{
    private const string Chain =
        "[global::Nnfs.Network(2), global::Nnfs.Dense(64), global::Nnfs.ReLU, global::Nnfs.Dense(3), global::Nnfs.SoftmaxCrossEntropy]";

    private const string Graph =
        "[Nnfs.Network, Nnfs.Input(\"state\", 8), Nnfs.Input(\"goal\", 2), Nnfs.Concat(\"state\", \"goal\"), Nnfs.Dense(64, WeightL1 = 0.1f), " +
        "Nnfs.ReLU(Name = \"Trunk\"), Nnfs.Dropout(0.1f), Nnfs.Dense(64), Nnfs.Add(\"Trunk\", \"Dense2\"), Nnfs.LayerNorm, Nnfs.BatchNorm, " +
        "Nnfs.Dense(4), Nnfs.SoftmaxCrossEntropy(Weight = 2), Nnfs.Output(\"policy\"), Nnfs.Dense(1, From = \"Trunk\"), Nnfs.MeanSquaredError, " +
        "Nnfs.Output(\"value\")]";

    private const string Sample =
        "[Nnfs.Sample] partial record Third([Nnfs.Feature(2)] float[] A, [Nnfs.Feature] E? B, [Nnfs.Feature(Cyclic = 24)] System.DateTime? C, " +
        "[Nnfs.Feature(2)] System.Collections.Immutable.ImmutableArray<int>? D, [Nnfs.Feature] decimal? F, [Nnfs.Label] E G); enum E { X, Y }";

    private static readonly Dictionary<string, Func<CSharpCompilationOptions, CSharpCompilationOptions>> s_compilerSettings = new(StringComparer.Ordinal)
    {
        ["checked"] = static options => options.WithOverflowChecks(true),
        ["debug"] = static options => options.WithOptimizationLevel(OptimizationLevel.Debug),
        ["unsafe"] = static options => options.WithAllowUnsafe(true),
        ["without nullable"] = static options => options.WithNullableContextOptions(NullableContextOptions.Disable),
        ["nullable warnings"] = static options => options.WithNullableContextOptions(NullableContextOptions.Warnings),
        ["nullable annotations"] = static options => options.WithNullableContextOptions(NullableContextOptions.Annotations),
        ["x86"] = static options => options.WithPlatform(Platform.X86),
    };

    private static readonly Dictionary<string, Func<CSharpParseOptions, CSharpParseOptions>> s_languageSettings = new(StringComparer.Ordinal)
    {
        ["strict"] = static options => options.WithFeatures([new("strict", "true")]),
        ["without documentation"] = static options => options.WithDocumentationMode(DocumentationMode.None),
        ["preview"] = static options => options.WithLanguageVersion(LanguageVersion.Preview),
        ["C# 13"] = static options => options.WithLanguageVersion(LanguageVersion.CSharp13),
        ["C# 12"] = static options => options.WithLanguageVersion(LanguageVersion.CSharp12),
    };

    public static TheoryData<string> Settings => [.. s_compilerSettings.Keys, .. s_languageSettings.Keys];

    [Theory]
    [MemberData(nameof(Settings))]
    public async Task Project_with_a_setting_compiles(string setting)
    {
        GeneratorRun run = Run(setting, $"namespace A {{ {Chain} partial class First {{ }} {Graph} partial class Second {{ }} {Sample} }}");

        Assert.Equal(3, run.Files.Count);
        Assert.Empty(run.CompilerProblems());
        Assert.Empty(await run.AnalyzeAsync());
    }

    [Theory]
    [InlineData(LanguageVersion.CSharp11, "11")]
    [InlineData(LanguageVersion.CSharp10, "10")]
    [InlineData(LanguageVersion.CSharp9, "9")]
    [InlineData(LanguageVersion.CSharp8, "8")]
    [InlineData(LanguageVersion.CSharp7_3, "7.3")]
    public async Task Project_in_an_older_language_has_one_error_and_no_generated_code(LanguageVersion version, string text)
    {
        CSharpParseOptions options = new(version);
        CSharpCompilation compilation = GeneratorHarness.Compile()
            .AddSyntaxTrees(Parse($"namespace A {{ {Chain} partial class Net {{ }} }}", options));
        compilation = compilation.WithOptions(compilation.Options.WithNullableContextOptions(NullableContextOptions.Disable));
        GeneratorRun run = GeneratorRun.Start(CSharpGeneratorDriver.Create([new NetworkGenerator().AsSourceGenerator()], parseOptions: options), compilation);

        Assert.Empty(run.Files);
        Diagnostic diagnostic = Assert.Single(await run.AnalyzeAsync());
        Assert.Equal("NNFS024", diagnostic.Id);
        Assert.EndsWith(
            $"'Net' needs C# 12 or later, but the project sets C# {text}; remove <LangVersion> from the project file",
            diagnostic.ToString(),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[assembly: System.CLSCompliant(true)] namespace A { $ public partial class Net { } }")]
    [InlineData("[assembly: System.CLSCompliant(true)] namespace A { $ [System.CLSCompliant(false)] public partial class Net { } }")]
    [InlineData("[assembly: System.CLSCompliant(true)] namespace A { public partial class Outer { $ public partial class Net { } } }")]
    [InlineData(
        "[assembly: System.CLSCompliant(true)] [Nnfs.Network(2), Nnfs.Dense(3, Name = \"a\"), Nnfs.Dense(3, Name = \"A\")] public partial class Net { }")]
    [InlineData("$ public partial class @iris { }")]
    [InlineData("#pragma warning disable CS8981\n$ public partial class iris { }")]
    [InlineData("namespace @a.@b { public partial class @outer<@t> { $ public partial class @iris { } } }")]
    [InlineData("[module: System.Runtime.CompilerServices.SkipLocalsInit] $ public partial class Net { }")]
    [InlineData("[System.Diagnostics.CodeAnalysis.Experimental(\"X1\")] $ public partial class Net { }")]
    [InlineData("global using static System.Math; global using Span = System.String; global using Kernels = System.Math; $ public partial class Net { }")]
    [InlineData("namespace A { $ public partial class Net { } class System { } class Nnfs { } class Span { } class ReadOnlySpan<T> { } }")]
    [InlineData("namespace A.Nnfs.System { $ public partial class Net { } }")]
    [InlineData("$ public partial class Net { ~Net() { } }")]
    public void Class_with_what_the_compiler_may_complain_of_compiles(string source)
    {
        foreach (string network in (string[])[Chain, Graph.Replace("Nnfs.", "global::Nnfs.", StringComparison.Ordinal)])
        {
            GeneratorRun run = GeneratorHarness.Run("#pragma warning disable CS1591\n" + source.Replace("$", network, StringComparison.Ordinal));

            Assert.NotEmpty(run.Files);
            Assert.Empty(Generated(run));
        }
    }

    [Fact]
    public async Task Type_that_hides_a_namespace_is_reported_and_nothing_is_generated()
    {
        GeneratorRun run = GeneratorHarness.Run($"{Chain} partial class Net; class System;");

        Assert.Empty(run.Files);
        Assert.Contains(
            "'Net' cannot be a network, because it cannot reach the namespace 'System', which a type of that name in the global namespace hides",
            Assert.Single(await run.AnalyzeAsync()).ToString(),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData('N', 1)]
    [InlineData('語', 3)]
    public void Name_that_is_long_gives_a_file_name_that_fits(char letter, int bytes)
    {
        string first = new(letter, 300);
        GeneratorRun run = GeneratorHarness.Generate($"{Chain} partial class {first}A; {Chain} partial class {first}B; {Chain} partial class Net;");

        Assert.Equal(3, run.Files.Count);
        Assert.All(run.Files.Keys, static name => Assert.InRange(System.Text.Encoding.UTF8.GetByteCount(name), 1, 220));
        Assert.Contains("Net.g.cs", run.Files.Keys);
        Assert.Contains(run.Files.Keys, name => name.StartsWith(new string(letter, 180 / bytes), StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(
        "partial class Outer<T> { [Nnfs.Network(2)] [Nnfs.Dense(neurons: 64, Name = \"Encoder\"), Nnfs.ReLU] [Nnfs.Dense(3)] " +
        "public sealed partial class Net : Base, System.IDisposable { public int Own => 1; public void Dispose() { } } class Base { } }")]
    [InlineData("namespace A.B; " + Graph + " public partial class Net { }")]
    [InlineData("partial record struct Middle { partial interface IInner { [Nnfs.Network(4), Nnfs.Dense(2)] partial class Net { } } }")]
    [InlineData("[Nnfs.Network(4), Nnfs.Dense(2)] partial record Net { }")]
    public void Source_that_is_half_typed_has_no_fault_in_generated_code(string source)
    {
        GeneratorRun run = GeneratorHarness.Run(source);
        int[] starts = [.. SyntaxFactory.ParseTokens(source).Select(static token => token.SpanStart)];

        foreach ((int start, int end) in starts.Zip(starts.Skip(1)))
        {
            foreach (string text in (string[])[source[..start], source.Remove(start, end - start)])
            {
                run = run.ThenEdit("File1.cs", text);

                Assert.Null(run.Result.Exception);
                Assert.True(Generated(run) is [], $"{string.Join("\n", Generated(run))}\nin {text}");
            }
        }
    }

    private static SyntaxTree Parse(string source, CSharpParseOptions options) =>
        CSharpSyntaxTree.ParseText(source, options, "File1.cs", cancellationToken: TestContext.Current.CancellationToken);

    /// <summary>What the compiler says of generated files.</summary>
    private static string[] Generated(GeneratorRun run) =>
    [
        .. run.Output.GetDiagnostics(TestContext.Current.CancellationToken)
            .Where(diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning
                && diagnostic.Id != "CS1591"
                && diagnostic.Location.SourceTree is { } tree
                && !run.Input.SyntaxTrees.Contains(tree))
            .Select(static diagnostic => diagnostic.ToString()),
    ];

    private static GeneratorRun Run(string setting, string source)
    {
        CSharpParseOptions options = new(LanguageVersion.CSharp14, DocumentationMode.Diagnose);
        options = s_languageSettings.TryGetValue(setting, out Func<CSharpParseOptions, CSharpParseOptions>? change) ? change(options) : options;
        CSharpCompilation compilation = GeneratorHarness.Compile().AddSyntaxTrees(Parse(source, options));

        if (s_compilerSettings.TryGetValue(setting, out Func<CSharpCompilationOptions, CSharpCompilationOptions>? set))
        {
            compilation = compilation.WithOptions(set(compilation.Options));
        }

        return GeneratorRun.Start(CSharpGeneratorDriver.Create([new NetworkGenerator().AsSourceGenerator()], parseOptions: options), compilation);
    }
}
