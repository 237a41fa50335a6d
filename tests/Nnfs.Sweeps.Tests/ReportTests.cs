using System.Globalization;
using System.Xml.Linq;

namespace Nnfs.Sweeps.Tests;

/// <summary>Tables, CSV files, pictures and lines, in a culture with commas.</summary>
public sealed class ReportTests : IDisposable
{
    private static readonly XNamespace s_svg = "http://www.w3.org/2000/svg";

    private readonly CultureInfo _culture = CultureInfo.CurrentCulture;
    private readonly CurveObjective _objective = new();

    public ReportTests() => CultureInfo.CurrentCulture = new CultureInfo("") { NumberFormat = { NumberDecimalSeparator = ",", NegativeSign = "−" } };

    public void Dispose() => CultureInfo.CurrentCulture = _culture;

    [Fact]
    public void Table_ofTrials_hasTheBestFirst() => Assert.Equal(
        """
        trial  distance  epochs        x         kind     time  status
            1     0.025       9   3.0001      <three>    3.0 s  completed
            2      0.25       3    3.142  one, "two"    0.5 s  dropped
            0         4       3        1      <three>  1 min 2 s  dropped
            4                 0        7      <three>    0.0 s  stopped
            3                 0        6      <three>    0.0 s  failed: Exception: a, "b"
        
        """.ReplaceLineEndings("\n").Replace(" ", "", StringComparison.Ordinal),
        Result().ToTable().Replace(" ", "", StringComparison.Ordinal));

    [Fact]
    public void Table_ofFewRows_saysHowManyThereAreMore()
    {
        string[] lines = Result().ToTable(rows: 2).Split('\n');

        Assert.Equal(5, lines.Length);
        Assert.Equal("and 3 more", lines[3]);
        Assert.Throws<ArgumentOutOfRangeException>(() => Result().ToTable(rows: 0));

        // Columns are as wide as they must be: headings end where their numbers do.
        Assert.Equal(lines[0].IndexOf("epochs", StringComparison.Ordinal) + 6, lines[1].IndexOf(" 9 ", StringComparison.Ordinal) + 2);
    }

    [Fact]
    public void Csv_ofTrials_hasAllNumbersWholeAndQuotesWhatMustBe() => Assert.Equal(
        """"
        trial,status,figure,epochs,seed,x,kind,seconds,silo,reason
        0,dropped,4,3,10,1,<three>,62,127.0.0.1:1,
        1,completed,0.025,9,11,3.0001,<three>,3,127.0.0.1:2,
        2,dropped,0.25,3,12,3.1415927,"one, ""two""",0.5,127.0.0.1:1,
        3,failed,,0,13,6,<three>,0,,"Exception: a, ""b"""
        4,stopped,,0,14,7,<three>,0,,

        """".ReplaceLineEndings("\n"),
        Result().ToCsv());

    [Fact]
    public void Picture_ofTrials_hasAPointForEachFigureAndAPanelForEachParameterAndTheSteps()
    {
        XElement svg = XDocument.Parse(Result().ToSvg()).Root!;
        XElement[] points = [.. svg.Descendants(s_svg + "circle")];
        string[] texts = [.. svg.Descendants(s_svg + "text").Select(static text => text.Value)];

        // Three trials with figures over two parameters, and four steps.
        Assert.Equal((2 * 3) + 4, points.Length);
        Assert.Equal(2 + 2, points.Count(static point => point.Attribute("fill")!.Value == "#D55E00"));
        Assert.Single(svg.Descendants(s_svg + "polyline"));
        Assert.Subset(
            new HashSet<string>(texts),
            (HashSet<string>)
            [
                "x", "kind", "epochs", "distance", "<three>", "one, \"two\"", "3", "9", "0.1", "1",
                "Best distance: 0.025, trial 1 of 5",
            ]);
        Assert.All(points, static point =>
        {
            Assert.InRange(double.Parse(point.Attribute("cx")!.Value, CultureInfo.InvariantCulture), 66, 364);
            Assert.InRange(double.Parse(point.Attribute("cy")!.Value, CultureInfo.InvariantCulture), 14, 248);
        });

        // 3.1415927 lies at this share of 0 to 10.
        XElement third = points.First(static point => point.Value.StartsWith("trial 2:", StringComparison.Ordinal));
        Assert.Equal(74 + (0.31415927 * 282), double.Parse(third.Attribute("cx")!.Value, CultureInfo.InvariantCulture), tolerance: 0.06);
    }

    [Fact]
    public void Picture_withoutFigures_isThereAllTheSame()
    {
        string picture = new SweepResult(_objective, [Trial(0, "1", "<three>")], best: null, TimeSpan.Zero).ToSvg();

        Assert.Contains("No distance in 1 trials", picture, StringComparison.Ordinal);
        Assert.Empty(XDocument.Parse(picture).Descendants(s_svg + "circle"));
    }

    [Theory]
    [InlineData(0.0005, 0.5, true, "0.001 0.01 0.1")]
    [InlineData(0.03, 2, true, "0.05 0.1 0.2 0.5 1 2")]
    [InlineData(0.00001, 1, true, "1E-05 0.0001 0.001 0.01 0.1 1")]
    [InlineData(0, 10, false, "0 2 4 6 8 10")]
    [InlineData(-1.3, 2.2, false, "-1 -0.5 0 0.5 1 1.5 2")]
    [InlineData(0.31, 0.44, false, "0.32 0.34 0.36 0.38 0.4 0.42 0.44")]
    public void Axis_ofNumbers_hasRoundLabels(double least, double most, bool isLogarithmic, string labels) => Assert.Equal(
        labels, string.Join(' ', new Parameters.NumberAxis(least, most, isLogarithmic).Ticks.Select(static tick => tick.Label)));

    [Fact]
    public void Lines_ofASweep_tellOfEachTrialAndOfTheCluster()
    {
        using StringWriter text = new() { NewLine = "\n" };
        SweepLines lines = new(text) { Interval = TimeSpan.FromTicks(1) };
        SweepResult result = Result();
        SweepReport report = new()
        {
            Finished = 9,
            Planned = 13,
            Cores = 2,
            Running = [new RunningTrial(4, 3, 9, 0.5, "127.0.0.1:1"), new RunningTrial(5, 0, 9, double.NaN, "127.0.0.1:2")],
        };

        lines.Report(report with { Trial = result.Trials[1], Best = result.Trials[1] });
        lines.Report(report with { Finished = 10, Trial = result.Trials[3], Best = result.Trials[1] });
        lines.Report(report with { Notice = "The silo 127.0.0.1:1 has left." });
        lines.Report(report);
        new SweepLines(text).Report(report);

        Assert.Equal(
            """
             9/13  trial 1: 0.025 after 9 epochs and 2.0 s, the best so far (x 3.0001, kind <three>)
            10/13  trial 3: failed: Exception: a, "b" (x 6, kind <three>)
            The silo 127.0.0.1:1 has left.
            9/13  on 2 cores: trial 4 at epoch 3 of 9: 0.5; trial 5 at epoch 0 of 9

            """.ReplaceLineEndings("\n"),
            text.ToString());
    }

    private SweepResult Result()
    {
        TrialResult[] trials =
        [
            Trial(0, "1", "<three>", TrialStatus.Dropped, new TrialStep(3, 4, TimeSpan.FromSeconds(62), "127.0.0.1:1")),
            Trial(
                1,
                "3.0001",
                "<three>",
                TrialStatus.Completed,
                new TrialStep(3, 0.1, TimeSpan.FromSeconds(1), "127.0.0.1:1"),
                new TrialStep(9, 0.025, TimeSpan.FromSeconds(2), "127.0.0.1:2")),
            Trial(2, "3.1415927", "one, \"two\"", TrialStatus.Dropped, new TrialStep(3, 0.25, TimeSpan.FromSeconds(0.5), "127.0.0.1:1")),
            new(3, 13, _objective.Space, ["6", "<three>"]) { Status = TrialStatus.Failed, Reason = "Exception: a, \"b\"" },
            Trial(4, "7", "<three>"),
        ];

        return new SweepResult(_objective, trials, trials[1], TimeSpan.FromSeconds(70));
    }

    private TrialResult Trial(int number, string x, string kind, TrialStatus status = TrialStatus.Stopped, params TrialStep[] steps) =>
        new(number, 10 + number, _objective.Space, [x, kind]) { Status = status, Steps = steps };
}
