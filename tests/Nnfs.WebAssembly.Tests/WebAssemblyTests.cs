using System.Globalization;
using System.Text.Json;

namespace Nnfs.WebAssembly.Tests;

/// <summary>
/// What generated networks compute in WebAssembly's interpreter, against what the same networks compute here; the other projects hold that to float64
/// references. The optimizers are held to the book's training itself.
/// </summary>
public sealed class WebAssemblyTests(WebAssemblyRun run) : IClassFixture<WebAssemblyRun>
{
    /// <summary>
    /// As parts of a result's largest number. WebAssembly has no fused multiply-add, and sums over lanes are in the order of its vectors of four: sums of up to
    /// 784 products, rounded once or twice for each. About ten times what is seen.
    /// </summary>
    private const double Tolerance = 1e-5;

    private static readonly Dictionary<string, Result> s_expected = Results.Compute().ToDictionary(static result => result.Name, StringComparer.Ordinal);

    public static TheoryData<string> Names => [.. s_expected.Keys];

    public static TheoryData<int> Optimizers => [.. Enumerable.Range(0, OptimizerResults.CreateOptimizers().Count)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Result_is_that_of_this_machine(string name)
    {
        Result expected = s_expected[name];
        float[] actual = run[name];

        if (expected.IsExact)
        {
            Assert.Equal(expected.Values, actual);

            return;
        }

        double tolerance = Tolerance * expected.Values.Max(MathF.Abs);
        Assert.NotEqual(0.0, tolerance);
        Assert.Equal(expected.Values.Length, actual.Length);

        for (int i = 0; i < actual.Length; i++)
        {
            Assert.True(Math.Abs(actual[i] - expected.Values[i]) <= tolerance, $"{name}[{i}]: expected {expected.Values[i]}, but it is {actual[i]}.");
        }
    }

    [Fact]
    public void Program_gives_no_other_results() =>
        Assert.Equal(
            [
                .. s_expected.Keys, .. Enumerable.Range(0, OptimizerResults.CreateOptimizers().Count).Select(OptimizerResults.NameOf),
                "work items for other threads",
            ],
            run.Names);

    [Fact]
    public void No_other_thread_is_asked_for_help() => Assert.Equal([0f], run["work items for other threads"]);

    [Theory]
    [MemberData(nameof(Optimizers))]
    public void Ten_steps_on_the_spiral_give_the_losses_of_the_book(int number)
    {
        using Stream stream = typeof(WebAssemblyTests).Assembly.GetManifestResourceStream("optimizers.json")!;
        using JsonDocument golden = JsonDocument.Parse(stream);
        Optimizer optimizer = OptimizerResults.CreateOptimizers()[number];
        float[] losses = run[OptimizerResults.NameOf(number)];
        (double before, double after) = Tolerances(optimizer);
        int compared = 0;

        Assert.Equal(optimizer.GetType().Name, golden.RootElement[number].GetProperty("optimizer").GetString(), ignoreCase: true);

        foreach (JsonProperty loss in golden.RootElement[number].GetProperty("losses_before_step").EnumerateObject())
        {
            int step = int.Parse(loss.Name, CultureInfo.InvariantCulture);

            if (step <= OptimizerResults.Steps)
            {
                double expected = loss.Value.GetProperty("loss").GetDouble();
                Assert.Equal(expected, losses[step], (step == OptimizerResults.Steps ? after : before) * Math.Max(1, expected));
                compared++;
            }
        }

        Assert.Equal(6, compared);
    }

    /// <summary>
    /// For the losses up to step 5 and at step 10. Where a gradient is divided by its own size, its last bit grows; the tests of the same training on .NET say
    /// how, and have the same tolerances for all widths of vectors, with and without fused multiply-add.
    /// </summary>
    private static (double Before, double After) Tolerances(Optimizer optimizer) => optimizer switch
    {
        AdaGrad => (3.5e-5, 1e-5),
        RmsProp => (1e-4, 3.5e-2),
        Adam => (1e-5, 4.5e-5),
        _ => (1e-6, 1e-6),
    };
}
