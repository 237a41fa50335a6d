using System.Globalization;
using Nnfs.Sweeps.Parameters;

namespace Nnfs.Sweeps.Tests;

public sealed class ParameterTests
{
    private const int Draws = 20_000;

    [Fact]
    public void Uniform_draws_eachTenthAsOften() =>
        AssertEvenly(Parameter.Uniform("x", -2f, 3f), static value => (value + 2) / 5);

    [Fact]
    public void LogUniform_draws_eachTenthOfTheLogarithmsAsOften() =>
        AssertEvenly(Parameter.LogUniform("x", 1e-4f, 1e-1f), static value => Math.Log10(value / 1e-4) / 3);

    [Fact]
    public void WholeNumber_draws_eachAsOften()
    {
        int[] counts = [.. Drawn(Parameter.WholeNumber("x", 3, 7)).CountBy(static value => value).Select(static pair => pair.Value)];

        Assert.Equal(5, counts.Length);
        Assert.All(counts, static count => Assert.InRange(count, 0.9 * Draws / 5, 1.1 * Draws / 5));
    }

    [Fact]
    public void LogWholeNumber_draws_asManyBelowAsAboveTheGeometricMiddle()
    {
        int[] values = [.. Drawn(Parameter.LogWholeNumber("x", 1, 99))];

        Assert.Equal((1, 99), (values.Min(), values.Max()));
        Assert.InRange(values.Count(static value => value <= 9), 0.48 * Draws, 0.52 * Draws);
    }

    [Fact]
    public void Choice_draws_eachAsOften()
    {
        int[] counts = [.. Drawn(Parameter.Choice("x", 16, 32, 64)).CountBy(static value => value).Select(static pair => pair.Value)];

        Assert.Equal(3, counts.Length);
        Assert.All(counts, static count => Assert.InRange(count, 0.95 * Draws / 3, 1.05 * Draws / 3));
    }

    [Fact]
    public void Grid_ofRange_hasItsEnds()
    {
        Assert.Equal(["0", "0.5", "1"], Parameter.Uniform("x", 0f, 1f).Grid(3));
        Assert.Equal(["0.001", "0.01", "0.1"], Parameter.LogUniform("x", 0.001f, 0.1f).Grid(3));
        Assert.Equal(["1", "3", "5"], Parameter.WholeNumber("x", 1, 5).Grid(3));
        Assert.Equal(["1", "4", "16"], Parameter.LogWholeNumber("x", 1, 16).Grid(3));
        Assert.Equal(["1", "2"], Parameter.WholeNumber("x", 1, 2).Grid(5));
        Assert.Equal(["a", "b"], Parameter.Choice("x", "a", "b").Grid(1));
        Assert.Equal(["0.01"], Parameter.LogUniform("x", 0.001f, 0.1f).Grid(1));
    }

    [Fact]
    public void NamedChoice_ofFunctions_givesThemByTheirNames()
    {
        Parameter<Func<float, Optimizer>> parameter = Parameter.NamedChoice<Func<float, Optimizer>>(
            "optimizer", ("Adam", static rate => new Adam(rate)), ("Sgd", static rate => new Sgd(rate)));

        Assert.Equal(["Adam", "Sgd"], parameter.Grid(1));
        Assert.IsType<Sgd>(parameter.Parse("Sgd")(0.1f));
        Assert.Contains("'Lion'", Assert.Throws<FormatException>(() => parameter.Parse("Lion")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Uniform_draws_numbersOfSixDigits() => Assert.All(
        Enumerable.Range(0, 1000),
        static trial =>
        {
            TrialRandom random = new(1, trial), same = new(1, trial);
            Parameter<float> parameter = Parameter.Uniform("x", -1f, 2f);
            string number = (-1 + (3 * same.NextDouble())).ToString("G6", CultureInfo.InvariantCulture);

            Assert.Equal(float.Parse(number, CultureInfo.InvariantCulture), parameter.Parse(parameter.Draw(ref random)));
        });

    [Fact]
    public void Parameter_thatCannotBe_saysWhatIsWrong()
    {
        AssertMessage("from 2 to 1", static () => Parameter.Uniform("x", 2, 1));
        AssertMessage("from 0 to 1", static () => Parameter.LogUniform("x", 0, 1));
        AssertMessage("from 0 to NaN", static () => Parameter.Uniform("x", 0, float.NaN));
        AssertMessage("from 3 to 3", static () => Parameter.WholeNumber("x", 3, 3));
        AssertMessage("from 0 to 3", static () => Parameter.LogWholeNumber("x", 0, 3));
        AssertMessage("there is none", static () => Parameter.Choice<int>("x"));
        AssertMessage("'a' is there 2 times", static () => Parameter.Choice("x", "a", "b", "a"));
        AssertMessage("that at 1 has none", static () => Parameter.Choice("x", "a", " "));

        static void AssertMessage(string part, Func<Parameter> make) =>
            Assert.Contains(part, Assert.Throws<ArgumentException>(make).Message, StringComparison.Ordinal);
    }

    private static IEnumerable<T> Drawn<T>(Parameter<T> parameter) => Enumerable.Range(0, Draws).Select(trial =>
    {
        TrialRandom random = new(0, trial);

        return parameter.Parse(parameter.Draw(ref random));
    });

    /// <summary>Each tenth of 20,000 has 2,000 with a standard deviation of 42: six of them are allowed.</summary>
    private static void AssertEvenly(Parameter<float> parameter, Func<float, double> share)
    {
        int[] counts = new int[10];

        foreach (float value in Drawn(parameter))
        {
            counts[Math.Min((int)(10 * share(value)), 9)]++;
        }

        Assert.All(counts, static count => Assert.InRange(count, 1750, 2250));
    }
}
