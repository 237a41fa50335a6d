namespace Nnfs.Tests.Networks.Samples;

/// <summary>What is measured of samples, and what becomes of their values, compared with the definitions in float64.</summary>
public sealed class SampleScalingTests
{
    /// <summary>Floats of values around 1 that were computed in float64.</summary>
    private const float Tolerance = 1e-6f;

    [Fact]
    public void Values_are_scaled_by_what_was_measured()
    {
        Customer[] training = Customer.Draw(200, seed: 1);
        Customer[] others = Customer.Draw(50, seed: 2);
        SampleScaling scaling = SampleScaling.Of(training);

        AssertScaled(Customer.Scale(training, training), training, scaling);
        AssertScaled(Customer.Scale(others, training), others, scaling);
    }

    [Fact]
    public void Value_that_is_the_same_in_all_samples_becomes_0()
    {
        // The mean of so many 0.1 in float64 is not 0.1.
        House[] houses = [.. Enumerable.Range(0, 1000).Select(static _ => new House(0.1, HasGarden: true, Price: 3, Age: 1))];
        SampleScaling scaling = SampleScaling.Of(houses);

        Assert.Equal(new ValueScaling(FeatureScaling.Standardize, 0.1, 1, double.NaN), scaling.Values[0]);
        Assert.Equal(new ValueScaling(FeatureScaling.None, 0, 1, double.NaN), scaling.Values[1]);
        Assert.Equal(
            [new ValueScaling(FeatureScaling.Standardize, 3, 1, double.NaN), new ValueScaling(FeatureScaling.None, 0, 1, double.NaN)], scaling.Targets);
    }

    [Fact]
    public void Value_that_is_missing_in_all_samples_becomes_0()
    {
        Customer[] customers = [.. Customer.Draw(10, seed: 3).Select(static customer => customer with { Income = null, Calls = null })];
        SampleScaling scaling = SampleScaling.Of(customers);

        Assert.Equal(new ValueScaling(FeatureScaling.Log, 0, 1, 0), scaling.Values[1]);
        Assert.Equal(0f, Scaled(customers[0], scaling)[1]);
        Assert.Equal(0f, Scaled(customers[0], scaling)[11]);

        // What comes later is read as it is.
        float[] later = Scaled(customers[0] with { Income = 99, Calls = 99 }, scaling);
        Assert.Equal((float)Math.Log(100), later[1], Tolerance);
        Assert.Equal(99f, later[11]);
    }

    [Fact]
    public void Several_samples_are_scaled_one_after_the_other()
    {
        Customer[] customers = Customer.Draw(20, seed: 4);
        SampleScaling scaling = SampleScaling.Of(customers);
        double[] values = new double[customers.Length * Customer.FeatureCount];
        float[] features = new float[values.Length];

        for (int i = 0; i < customers.Length; i++)
        {
            customers[i].WriteFeatures(values.AsSpan(i * Customer.FeatureCount, Customer.FeatureCount));
        }

        scaling.Apply(values, features);

        Assert.Equal(customers.SelectMany(customer => Scaled(customer, scaling)), features);
        Assert.Throws<ArgumentException>(() => scaling.Apply(values.AsSpan(1), features));
        Assert.Throws<ArgumentException>(() => scaling.Apply(values, features.AsSpan(1)));
    }

    [Fact]
    public void Value_that_nothing_can_be_learnt_from_is_refused_by_name_and_sample()
    {
        AssertRefused(
            static customer => customer with { Age = float.NaN },
            "Expected finite numbers, but 'Age' of sample 7 is NaN. A feature that may be missing is nullable.");
        AssertRefused(static customer => customer with { Age = float.PositiveInfinity }, "Expected finite numbers, but 'Age' of sample 7 is Infinity.");
        AssertRefused(
            static customer => customer with { Income = -3 },
            "Expected 'Income' to be at least 0, because it is read as the logarithm of 1 + x, but that of sample 7 is -3.");
        AssertRefused(
            static customer => customer with { Readings = [1, float.NegativeInfinity] },
            "Expected finite numbers, but 'Readings[1]' of sample 7 is -Infinity.");
        Assert.Equal(
            "There are no samples to measure. (Parameter 'samples')", Assert.Throws<ArgumentException>(static () => SampleScaling.Of<Customer>([])).Message);
        Assert.Equal(
            "Expected samples, but sample 1 is null. (Parameter 'samples')",
            Assert.Throws<ArgumentException>(static () => SampleScaling.Of([Customer.Draw(1, seed: 1)[0], null!])).Message);
        Assert.Equal(
            "Expected samples with a label, but 'Age' of sample 0 is missing. (Parameter 'samples')",
            Assert.Throws<ArgumentException>(static () => SampleScaling.Of([new House(1, HasGarden: true, 1, Age: null)])).Message);
    }

    [Fact]
    public void Gap_in_a_feature_that_has_none_stays_a_gap_in_predictions()
    {
        Customer[] customers = Customer.Draw(20, seed: 5);
        SampleScaling scaling = SampleScaling.Of(customers);

        Assert.Equal(float.NaN, Scaled(customers[0] with { Age = float.NaN }, scaling)[0]);
        Assert.Equal(
            -0.5, Assert.Throws<ArgumentOutOfRangeException>(() => Scaled(customers[0] with { Income = -0.5 }, scaling)).ActualValue);
    }

    private static void AssertRefused(Func<Customer, Customer> change, string message)
    {
        Customer[] customers = Customer.Draw(20, seed: 6);
        customers[7] = change(customers[7]);

        Assert.Equal(message + " (Parameter 'samples')", Assert.Throws<ArgumentException>(() => SampleScaling.Of(customers)).Message);
    }

    private static void AssertScaled(float[] expected, Customer[] customers, SampleScaling scaling)
    {
        float[] scaled = [.. customers.SelectMany(customer => Scaled(customer, scaling))];

        Assert.Equal(expected.Length, scaled.Length);
        Assert.All(expected.Zip(scaled), static pair => Assert.Equal(pair.First, pair.Second, Tolerance * Math.Max(1, Math.Abs(pair.First))));
    }

    private static float[] Scaled(Customer customer, SampleScaling scaling)
    {
        double[] values = new double[Customer.FeatureCount];
        float[] features = new float[values.Length];
        customer.WriteFeatures(values);
        scaling.Apply(values, features);

        return features;
    }
}
