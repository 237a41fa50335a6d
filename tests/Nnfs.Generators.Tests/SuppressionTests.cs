using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Nnfs.Generators.Tests;

/// <summary>That a project can silence or raise a rule by every means that the compiler offers.</summary>
public sealed class SuppressionTests
{
    private const string Warning = "[Network(2), Dense(3), Softmax, SoftmaxCrossEntropy] partial class Net;";
    private const string Error = "[Network(2), Dense(4, 3)] partial class Net;";

    [Theory]
    [InlineData("using Nnfs;\n#pragma warning disable NNFS008\n" + Warning)]
    [InlineData("using Nnfs;\n#pragma warning disable NNFS005\n" + Error)]
    [InlineData("using Nnfs;\n#pragma warning disable\n" + Warning)]
    [InlineData("using Nnfs;\n[System.Diagnostics.CodeAnalysis.SuppressMessage(\"Nnfs\", \"NNFS008\")]\n" + Warning)]
    [InlineData("using Nnfs;\n[System.Diagnostics.CodeAnalysis.SuppressMessage(\"Nnfs\", \"NNFS005:Inputs\", Justification = \"A test.\")]\n" + Error)]
    [InlineData(
        "using Nnfs;\n[assembly: System.Diagnostics.CodeAnalysis.SuppressMessage(\"Nnfs\", \"NNFS008\", Scope = \"type\", Target = \"~T:Net\")]\n" + Warning)]
    public async Task Rule_that_is_suppressed_in_the_source_is_silent(string source) => Assert.Empty(await GeneratorHarness.Run(source).AnalyzeAsync());

    [Theory]
    [InlineData("using Nnfs;\n#pragma warning disable NNFS007\n" + Warning)]
    [InlineData("using Nnfs;\n#pragma warning disable NNFS008\n#pragma warning restore NNFS008\n" + Warning)]
    public async Task Rule_that_is_not_the_one_suppressed_is_reported(string source) => Assert.Single(await GeneratorHarness.Run(source).AnalyzeAsync());

    [Theory]
    [InlineData(Warning, "NNFS008", "none", null)]
    [InlineData(Warning, "NNFS008", "error", DiagnosticSeverity.Error)]
    [InlineData(Warning, "NNFS008", "suggestion", DiagnosticSeverity.Info)]
    [InlineData(Error, "NNFS005", "warning", DiagnosticSeverity.Warning)]
    [InlineData(Error, "NNFS005", "none", null)]
    [InlineData("[Dense(3)] partial class Net;", "NNFS012", "none", null)]
    public async Task Severity_of_an_editorconfig_holds(string source, string id, string severity, DiagnosticSeverity? expected)
    {
        AnalyzerConfig file = AnalyzerConfig.Parse($"root = true\n[*.cs]\ndotnet_diagnostic.{id}.severity = {severity}\n", "/project/.editorconfig");
        AnalyzerConfigSet configuration = AnalyzerConfigSet.Create(new[] { file });
        CSharpCompilation compilation = GeneratorHarness.Compile().AddSyntaxTrees(GeneratorHarness.Parse("using Nnfs; " + source, "/project/File1.cs"));
        compilation = compilation.WithOptions(compilation.Options
            .WithGeneralDiagnosticOption(ReportDiagnostic.Default)
            .WithSyntaxTreeOptionsProvider(new EditorConfig(configuration)));

        IReadOnlyList<Diagnostic> diagnostics = await GeneratorHarness.Run(compilation).AnalyzeAsync();

        Assert.Equal(expected, diagnostics.SingleOrDefault()?.Severity);
    }

    private sealed class EditorConfig(AnalyzerConfigSet configuration) : SyntaxTreeOptionsProvider
    {
        public override GeneratedKind IsGenerated(SyntaxTree tree, CancellationToken cancellationToken) => GeneratedKind.Unknown;

        public override bool TryGetDiagnosticValue(SyntaxTree tree, string diagnosticId, CancellationToken cancellationToken, out ReportDiagnostic severity) =>
            configuration.GetOptionsForSourcePath(tree.FilePath).TreeOptions.TryGetValue(diagnosticId, out severity);

        public override bool TryGetGlobalDiagnosticValue(string diagnosticId, CancellationToken cancellationToken, out ReportDiagnostic severity) =>
            configuration.GlobalConfigOptions.TreeOptions.TryGetValue(diagnosticId, out severity);
    }
}
