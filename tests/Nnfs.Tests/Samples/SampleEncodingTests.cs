namespace Nnfs.Tests.Samples;

/// <summary>The values that samples are written as.</summary>
public class SampleEncodingTests
{
    [Fact]
    public void Flower_is_a_number_one_of_three_and_a_number_with_a_flag()
    {
        Assert.Equal(6, Flower.FeatureCount);
        Assert.Equal(3, Flower.ClassCount);
        Assert.Equal([5.5, 1, 0, 0, 2, 0], Values(new Flower(5.5f, Colour.White, 2, Species.Virginica)));
        Assert.Equal([0, 0, 1, 0, double.NaN, 1], Values(new Flower(0, Colour.Crimson, null, null)));
        Assert.Equal([-1, 0, 0, 1, double.NaN, 1], Values(new Flower(-1, Colour.Blue, float.NaN, null)));
    }

    [Fact]
    public void Names_of_values_tell_features_names_and_gaps()
    {
        Assert.Equal(
            ["SepalLength", "Colour=White", "Colour=Red", "Colour=Blue", "Weight", "Weight missing"],
            Flower.Schema.Values.Select(static value => value.Name));
        Assert.Equal("Flower", Flower.Schema.Name);
        Assert.Equal(["IrisSetosa", "Versicolor", "Virginica"], Flower.Schema.Label!.Classes);
        Assert.True(Flower.Schema.Label.IsNullable);
        Assert.Equal(Everything.FeatureCount, Everything.Schema.FeatureCount);
        Assert.Equal(["Colour", "MaybeColour"], Everything.Schema.Values.TakeLast(2).Select(static value => value.Name));
    }

    [Fact]
    public void Label_is_a_class_and_a_class_is_a_label()
    {
        Assert.Equal(2, ClassOf(new Flower(1, Colour.Red, 1, Species.Virginica)));
        Assert.Equal(-1, ClassOf(new Flower(1, Colour.Red, 1, null)));
        Assert.Equal(Species.IrisSetosa, Flower.LabelOf(0));
        Assert.Equal(1, ClassOf(Example() with { IsGood = true }));
        Assert.True(Everything.LabelOf(1));
        Assert.StartsWith("Classes are 0 … 2, but this one is 3.", Assert.Throws<ArgumentOutOfRangeException>(static () => Flower.LabelOf(3)).Message);
    }

    [Fact]
    public void Numbers_to_predict_are_written_in_their_order()
    {
        Assert.Equal(3, House.TargetCount);
        Assert.Equal([7, 1.5, -2], Targets(new House(1) { Price = 7, Place = [1.5, -2] }));
        Assert.Equal([7, double.NaN, double.NaN], Targets(new House(1) { Price = 7 }));
        Assert.Equal(-1, ClassOf(new House(1)));
        Assert.Equal(["Price", "Place[0]", "Place[1]"], House.Schema.Label!.Targets.Select(static target => target.Name));
        Assert.Empty(Targets(new Flower(1, Colour.Red, 1, null)));
    }

    /// <summary>Against the formulas of the documentation, written out here.</summary>
    [Fact]
    public void Everything_is_written_as_documented()
    {
        double[] values = Values(Example());
        double[] expected =
        [
            -3, 200, -4, 5, -6, 7, -8, 9, -10, 11, 0.5, 1.25, 2.5, 3.75, 1,
            .. Phase(4.0 / 7), 2026,                       // 2026-12-31 is a Thursday.
            .. Phase(18.5 / 24),
            ((new DateTime(2001, 1, 1, 6, 0, 0) - new DateTime(2000, 1, 1)).TotalDays),
            .. Phase(6.75 / 24),
            1, 2, 3, 4,
            double.NaN, 1, 0, 1, double.NaN, 1, 0, 0, 1, 0, 0, 1, double.NaN, double.NaN, 1,
            1, 3,
        ];

        Assert.Equal(expected, values, static (one, other) => one.Equals(other) || Math.Abs(one - other) < 1e-12);
    }

    [Fact]
    public void What_is_not_missing_has_no_flag()
    {
        double[] values = Values(Example() with
        {
            MaybeDouble = 1.5,
            MaybeBoolean = true,
            MaybeColour = Colour.Blue,
            MaybeDate = new DateOnly(1999, 12, 30),
            MaybeMoment = new DateTime(2026, 11, 30),      // a Monday
            MaybeAngle = 90,
            MaybeNumbers = [5, 6],
        });
        double[] expected = [1.5, 0, 1, 0, -2, 0, .. Phase(1.0 / 7), 0, .. Phase(0.25), 0, 5, 6, 0, 1, 2];

        Assert.Equal(expected, values[^expected.Length..], static (one, other) => Math.Abs(one - other) < 1e-12);
    }

    [Fact]
    public void Value_without_a_name_is_refused_with_the_member()
    {
        ArgumentOutOfRangeException exception = Assert.Throws<ArgumentOutOfRangeException>(static () => Values(new Flower(1, (Colour)5, 1, null)));

        Assert.StartsWith("'Colour' is 5, but Colour has no name for that value.", exception.Message);
        Assert.Throws<ArgumentOutOfRangeException>(static () => ClassOf(new Flower(1, Colour.Red, 1, (Species)9)));
    }

    [Fact]
    public void Array_of_another_length_is_refused_with_both_numbers()
    {
        Refuses("'Numbers' takes 2 numbers, but has 3.", static example => example with { Numbers = [1, 2, 3] });
        Refuses("'Numbers' takes 2 numbers, but has 0.", static example => example with { Numbers = null! });
        Refuses("'Counts' takes 2 numbers, but has 0.", static example => example with { Counts = default });
        Assert.Equal(
            "The sample is written as 6 values, but there is room for 5.",
            Assert.Throws<ArgumentException>(static () => new Flower(1, Colour.Red, 1, null).WriteFeatures(new double[5])).Message);

        static void Refuses(string message, Func<Everything, Everything> change) =>
            Assert.Equal(message, Assert.Throws<ArgumentException>(() => Values(change(Example()))).Message);
    }

    [Fact]
    public void Writing_allocates_nothing() => Allocations.AssertNoneAfterFirst(static () =>
    {
        Everything everything = Example();
        double[] values = new double[Everything.FeatureCount];

        return () => everything.WriteFeatures(values);
    });

    internal static Everything Example() => new(
        -3, 200, -4, 5, -6, 7, -8, 9, -10, 11, (Half)0.5, 1.25f, 2.5, 3.75m, true, Colour.Red, new DateOnly(2026, 12, 31),
        new DateTime(2026, 1, 1, 18, 30, 0), new DateTimeOffset(2001, 1, 1, 8, 0, 0, TimeSpan.FromHours(2)), new TimeOnly(6, 45), [1, 2], [3, 4],
        null, null, null, null, null, null, null, false);

    internal static double[] Values<TSample>(TSample sample)
        where TSample : ISample<TSample>
    {
        double[] values = new double[TSample.Schema.FeatureCount];
        sample.WriteFeatures(values);

        return values;
    }

    private static double[] Targets<TSample>(TSample sample)
        where TSample : ISample<TSample>
    {
        double[] targets = new double[TSample.Schema.Label!.Targets.Length];
        sample.WriteTargets(targets);

        return targets;
    }

    private static int ClassOf<TSample>(TSample sample)
        where TSample : ISample<TSample> => sample.LabelClass;

    private static double[] Phase(double turns) => [Math.Sin(2 * Math.PI * turns), Math.Cos(2 * Math.PI * turns)];
}
