namespace Nnfs.Tests.Networks.Samples;

/// <summary>Predictions of samples, compared with those of the floats that they become.</summary>
public sealed class SamplePredictionTests
{
    /// <summary>Samples in lanes and a sample by itself are summed in other orders.</summary>
    private const float Tolerance = 1e-6f;

    private static readonly TrainingOptions s_options = new() { Epochs = 20 };

    [Fact]
    public void Samples_are_classified_one_by_one_and_together()
    {
        Customer[] customers = Customer.Draw(600, seed: 1);
        CustomerNet network = new();
        network.Train(customers, s_options, TestContext.Current.CancellationToken);
        float[] features = Customer.Scale(customers, customers);
        float[] probabilities = new float[customers.Length * 3];
        Reaction[] reactions = new Reaction[customers.Length];
        float[] one = new float[3];

        network.Predict(customers, probabilities);
        network.Classify(customers, reactions);

        for (int i = 0; i < customers.Length; i++)
        {
            network.Predict(customers[i] with { Reaction = null }, one);
            Assert.All(one.Zip(probabilities[(3 * i)..((3 * i) + 3)]), static pair => Assert.Equal(pair.First, pair.Second, Tolerance));
            Assert.Equal((Reaction)network.Classify(features.AsSpan(i * Customer.FeatureCount, Customer.FeatureCount)), reactions[i]);
            Assert.Equal(reactions[i], network.Classify(customers[i]));
        }

        Assert.True(network.Evaluate(customers).Accuracy > 0.8);
    }

    [Fact]
    public void Yes_or_no_is_a_probability()
    {
        Visit[] visits = Visit.Draw(400, seed: 1);
        VisitNet one = new();
        TwoVisitNet two = new();
        one.Train(visits, s_options, TestContext.Current.CancellationToken);
        two.Train(visits, s_options, TestContext.Current.CancellationToken);
        float[] both = new float[2 * visits.Length];
        float[] single = new float[visits.Length];
        bool[] buys = new bool[visits.Length];
        two.Predict(visits, both);
        one.Predict(visits, single);
        one.Classify(visits, buys);

        for (int i = 0; i < visits.Length; i++)
        {
            Assert.Equal(both[(2 * i) + 1], two.Predict(visits[i]), Tolerance);
            Assert.Equal(both[2 * i] < both[(2 * i) + 1], two.Classify(visits[i]));
            Assert.Equal(single[i], one.Predict(visits[i]), Tolerance);
            Assert.Equal(single[i] > 0.5f, one.Classify(visits[i]));
            Assert.Equal(single[i] > 0.5f, buys[i]);
        }

        Assert.True(one.Evaluate(visits).Accuracy > 0.9);
        Assert.True(two.Evaluate(visits).Accuracy > 0.9);
    }

    [Fact]
    public void Network_that_learnt_nothing_says_so()
    {
        Customer customer = Customer.Draw(1, seed: 2)[0];
        CustomerNet network = new();
        const string Message = "'Nnfs.Tests.Networks.Samples.CustomerNet' does not know how samples of type 'Customer' are scaled, because it was neither " +
            "trained on some nor loaded from the file of a network that was: train it, or set Scaling.";

        Assert.Equal(Message, Assert.Throws<InvalidOperationException>(() => network.Classify(customer)).Message);
        Assert.Equal(Message, Assert.Throws<InvalidOperationException>(() => network.Predict(customer, new float[3])).Message);
        Assert.Equal(Message, Assert.Throws<InvalidOperationException>(() => network.Evaluate([customer])).Message);
        Assert.Throws<ArgumentException>(() => network.Scaling = SampleScaling.Of(Visit.Draw(3, seed: 1)));

        Visit[] visits = Visit.Draw(3, seed: 1);
        Assert.Throws<ArgumentException>(() => new VisitNet { Scaling = SampleScaling.Of(visits) }.Predict(visits, new float[4]));
    }

    [Fact]
    public void Network_without_a_loss_predicts_with_a_scaling_that_it_is_given()
    {
        Customer[] customers = Customer.Draw(30, seed: 3);
        UntrainedCustomerNet network = new() { Scaling = SampleScaling.Of(customers) };
        float[] expected = new float[3];
        float[] probabilities = new float[3];
        network.Predict(Customer.Scale(customers, customers).AsSpan(0, Customer.FeatureCount), expected);

        network.Predict(customers[0], probabilities);

        Assert.All(expected.Zip(probabilities), static pair => Assert.Equal(pair.First, pair.Second, Tolerance));
        Assert.Equal((Reaction)Array.IndexOf(probabilities, probabilities.Max()), network.Classify(customers[0]));
    }

    [Fact]
    public void Nothing_is_allocated_after_the_first_call()
    {
        Customer[] customers = Customer.Draw(40, seed: 4);
        House[] houses = House.Draw(40, seed: 4);
        Reaction[] reactions = new Reaction[customers.Length];
        float[] probabilities = new float[3];

        Allocations.AssertNoneAfterFirst(() =>
        {
            CustomerNet network = new() { Scaling = SampleScaling.Of(customers) };
            HouseNet regression = new() { Scaling = SampleScaling.Of(houses) };
            float[] outputs = new float[2 * houses.Length];

            return () =>
            {
                network.Predict(customers[0], probabilities);
                network.Classify(customers[1]);
                network.Classify(customers, reactions);
                regression.Predict(houses[0], probabilities.AsSpan(0, 2));
                regression.Predict(houses, outputs);
            };
        });
    }
}
