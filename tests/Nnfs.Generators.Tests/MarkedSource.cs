using System.Collections.Immutable;
using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Testing;
using Microsoft.CodeAnalysis.Text;

namespace Nnfs.Generators.Tests;

/// <summary>
/// A source in which the places of faults are marked: <c>{|NNFS005:32|}</c> where one is reported, <c>{|other:ReLU|}</c> where
/// it also points to.
/// </summary>
internal sealed class MarkedSource
{
    private const string Other = "other";

    private readonly string _text;
    private readonly ImmutableDictionary<string, ImmutableArray<TextSpan>> _spans;

    public MarkedSource(string markup)
    {
        TestFileMarkupParser.GetPositionsAndSpans(markup, out _text, out ImmutableArray<int> positions, out _spans);
        Assert.Empty(positions);
    }

    /// <summary>The table of weights that the build wrote; empty for none.</summary>
    public string Weights { get; init; } = "";

    /// <summary>Asserts that exactly the marked faults are reported, with these messages in the order of their places; each reads <c>NNFS005: …</c>.</summary>
    /// <returns>The run of the generator on the source.</returns>
    public async Task<GeneratorRun> AssertReportsAsync(params string[] messages)
    {
        GeneratorRun run = GeneratorHarness.Run(GeneratorHarness.Compile(_text), Weights.Length == 0 ? [] : [new WeightsTableText(Weights)]);
        Assert.Null(run.Result.Exception);
        run.AssertSecondRunIsCached();

        IReadOnlyList<Diagnostic> diagnostics = await run.AnalyzeAsync(withGeneratedFiles: true);
        Assert.Equal(messages, diagnostics.Select(static diagnostic => $"{diagnostic.Id}: {diagnostic.GetMessage(CultureInfo.InvariantCulture)}"));
        Assert.Equal(
            _spans.Where(static marked => marked.Key != Other)
                .SelectMany(marked => marked.Value.Select(span => Show(marked.Key, span)))
                .Order(StringComparer.Ordinal),
            diagnostics.Select(diagnostic => Show(diagnostic.Id, diagnostic.Location.SourceSpan)).Order(StringComparer.Ordinal));
        Assert.Equal(
            _spans.GetValueOrDefault(Other, []).Select(span => Show(Other, span)).Order(StringComparer.Ordinal),
            diagnostics.SelectMany(static diagnostic => diagnostic.AdditionalLocations)
                .Select(location => Show(Other, location.SourceSpan))
                .Distinct()
                .Order(StringComparer.Ordinal));

        // The generator ran before its files existed, and must have come to the same result.
        IReadOnlyList<Diagnostic> before = await run.AnalyzeAsync(withGeneratedFiles: false);
        Assert.Equal(diagnostics.Select(static diagnostic => diagnostic.ToString()), before.Select(static diagnostic => diagnostic.ToString()));

        return run;
    }

    private string Show(string id, TextSpan span) => $"{id} at {span.Start:0000}: {_text.Substring(span.Start, span.Length)}";
}
