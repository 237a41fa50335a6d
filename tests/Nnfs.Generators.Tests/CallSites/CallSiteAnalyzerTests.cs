using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Nnfs.Generators.Tests.CallSites;

/// <summary>Additional locations, suppression, referenced assemblies, and half-typed code.</summary>
public sealed class CallSiteAnalyzerTests
{
    private const string Everything = """
        using System;

        public static class Caller
        {
            public static int Call(SpiralNet net, MapNet map, bool flag)
            {
                const int n = 3;
                int m = n + 1;
                float[] x = new float[n];
                ReadOnlySpan<float> all = [.. x, 1, 2], y = all[^m..];
                Span<int> labels = stackalloc int[] { 0, 3, -1 };
                SpiralNet.Workspace pass = net.CreateWorkspace(batchSize: 1);
                net.Predict(x.AsSpan(0, 3), new float[2 * SpiralNet.OutputSize]);
                net.Forward(y, labels[1..], pass);
                net.Backward(inputs: y, targets: flag ? new float[3] : stackalloc float[m - 1], workspace: pass);
                map.Backward(new[] { 1f, 2f }, default(Span<float>), map.CreateWorkspace(0));

                return net.Classify(SpiralNet.InputSize == 2 ? (float[])[1, 2, 3] : []);
            }
        }
        """;

    [Theory]
    [InlineData("net.Classify(new float[3]);", "Network(2)")]
    [InlineData("var x = new float[3]; net.Classify(x);", "new float[3]|Network(2)")]
    [InlineData("var x = new float[9]; var y = x.AsSpan(0, 3); net.Classify(y);", "new float[9]|Network(2)")]
    [InlineData("var x = new float[4]; var y = new float[3]; net.Predict(x, y);", "new float[3]|x")]
    [InlineData("var x = new float[4]; var w = net.CreateWorkspace(1); net.Forward(x, w);", "1|x")]
    [InlineData("net.Forward(floats, [3], pass);", "Network(2)")]
    [InlineData("int[] y = [3]; net.Forward(floats, y, pass);", "y|Network(2)")]
    [InlineData("net.CreateWorkspace(0);", "")]
    public async Task Additional_locations_tell_where_the_numbers_come_from(string statements, string expected)
    {
        SyntaxTree tree = CallSite.Parse(CallSite.Method(statements));
        Diagnostic diagnostic = Assert.Single(await CallSite.AnalyzeAsync(CallSite.WithNetworks.AddSyntaxTrees(tree)));

        Assert.Equal(
            expected, string.Join('|', diagnostic.AdditionalLocations.Select(static location => location.SourceTree!.GetText().ToString(location.SourceSpan))));
    }

    [Fact]
    public async Task Pragma_suppresses_and_severity_can_be_configured()
    {
        SyntaxTree tree = CallSite.Parse(CallSite.Method("""
            #pragma warning disable NNFS101
                    net.Classify(new float[3]);
            #pragma warning restore NNFS101
                    net.Forward(floats, [3], pass);
            """));
        CSharpCompilation compilation = CallSite.WithNetworks.AddSyntaxTrees(tree);
        ImmutableDictionary<string, ReportDiagnostic> asWarning = ImmutableDictionary<string, ReportDiagnostic>.Empty.Add("NNFS102", ReportDiagnostic.Warn);

        Diagnostic diagnostic = Assert.Single(
            await CallSite.AnalyzeAsync(compilation.WithOptions(compilation.Options.WithSpecificDiagnosticOptions(asWarning))));

        Assert.Equal("NNFS102", diagnostic.Id);
        Assert.Equal(DiagnosticSeverity.Warning, diagnostic.Severity);
        Assert.Equal(DiagnosticSeverity.Error, diagnostic.DefaultSeverity);
    }

    [Fact]
    public async Task Network_in_a_referenced_assembly_is_checked()
    {
        CSharpCompilation compilation = CallSite.WithLibrary.AddSyntaxTrees(CallSite.Parse("""
            public static class Caller
            {
                public static int Call(SpiralNet net) => net.Classify([1, 2]) + net.Classify([1, 2, 3]);
            }
            """));

        Diagnostic diagnostic = Assert.Single(await CallSite.AnalyzeAsync(compilation));
        Assert.Equal(
            "'input' of 'SpiralNet.Classify' must hold 2 values (1 sample of 2), but it has 3",
            diagnostic.GetMessage(System.Globalization.CultureInfo.InvariantCulture));
        Assert.Empty(diagnostic.AdditionalLocations);
    }

    [Fact]
    public async Task Network_in_a_referenced_project_is_checked_without_its_locations()
    {
        CSharpCompilation compilation = CallSite.Generate("", CallSite.Library.ToMetadataReference()).AddSyntaxTrees(CallSite.Parse("""
            public static class Caller
            {
                public static int Call(SpiralNet net) => net.Classify([1, 2]) + net.Classify([1, 2, 3]);
            }
            """));

        Diagnostic diagnostic = Assert.Single(await CallSite.AnalyzeAsync(compilation));
        Assert.Empty(diagnostic.AdditionalLocations);
    }

    [Fact]
    public async Task Example_with_everything_is_reported()
    {
        CSharpCompilation compilation = CallSite.WithNetworks.AddSyntaxTrees(CallSite.Parse(Everything));
        Assert.DoesNotContain(
            compilation.GetDiagnostics(TestContext.Current.CancellationToken), static diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);

        ImmutableArray<Diagnostic> diagnostics = await CallSite.AnalyzeAsync(compilation);

        Assert.Equal(
            [
                "NNFS102: 3",
                "NNFS102: -1",
                "NNFS101: x.AsSpan(0, 3)",
                "NNFS101: pass",
                "NNFS101: flag ? new float[3] : stackalloc float[m - 1]",
                "NNFS101: pass",
                "NNFS101: new[] { 1f, 2f }",
                "NNFS101: default(Span<float>)",
                "NNFS101: 0",
                "NNFS101: SpiralNet.InputSize == 2 ? (float[])[1, 2, 3] : []",
            ],
            diagnostics.Select(static diagnostic => $"{diagnostic.Id}: {diagnostic.Location.SourceTree!.GetText().ToString(diagnostic.Location.SourceSpan)}"));
    }

    [Fact]
    public async Task Source_cut_off_at_any_character_does_not_throw()
    {
        for (int length = 0; length < Everything.Length; length++)
        {
            await CallSite.AnalyzeAsync(CallSite.WithLibrary.AddSyntaxTrees(CallSite.Parse(Everything[..length])));
        }
    }

    [Fact]
    public async Task Source_without_one_character_does_not_throw()
    {
        // Every third, for time.
        for (int i = 0; i < Everything.Length; i += 3)
        {
            await CallSite.AnalyzeAsync(CallSite.WithLibrary.AddSyntaxTrees(CallSite.Parse(Everything.Remove(i, 1))));
        }
    }

    [Theory]
    [InlineData("float[] x = x; net.Classify(x);")]
    [InlineData("float[] x = y, y = x; net.Classify(x);")]
    [InlineData("int n = n + n; net.Classify(new float[n]);")]
    [InlineData("net.Classify([.. x]); float[] x = [.. x, .. x];")]
    [InlineData("net.Classify(new float[]); net.Classify(new float[,3]); net.Classify(stackalloc float[]); net.Classify(new float[1, 2]);")]
    [InlineData("net.Classify(stackalloc float[1, 2]); net.Classify(stackalloc float[\"\"]); net.Classify(new float[null]); net.Classify(new float[-3]);")]
    [InlineData("net.Classify(); net.Classify(1); net.Classify(input: ); net.Classify(x: [1]); net.Classify([1], [2]);")]
    [InlineData("net.Forward(pass); net.Forward([1], [1]); net.Forward([], [], []); net.CreateWorkspace(\"\"); net.CreateWorkspace();")]
    [InlineData("net.Classify((new float[2])[1..2..3]); net.Classify((new float[2])[^]); net.Classify([..]); net.Classify(new float[2].AsSpan(..^x));")]
    [InlineData(
        "net.Classify(new Span<float>(1, 2, 3)); net.Classify(new Span<float>(new float[3], 1)); net.Classify(default(Foo)); net.Classify(Span<float>.);")]
    public async Task Code_that_does_not_compile_does_not_throw(string statements) =>
        await CallSite.AnalyzeAsync(CallSite.WithNetworks.AddSyntaxTrees(CallSite.Parse(CallSite.Method(statements))));
}
