using System.Text;

namespace Nnfs.Tests.Networks.Samples;

/// <summary>The scaling in the file of a network: every bit comes back, and what does not fit is refused as a whole.</summary>
public sealed class SampleFileTests
{
    [Fact]
    public void Loaded_network_predicts_the_same_bits()
    {
        Customer[] customers = Customer.Draw(100, seed: 1);
        CustomerNet network = Trained(customers);
        CustomerNet loaded = Loaded<CustomerNet>(Saved(network));
        CustomerNet replaced = new();
        replaced.LoadParameters(new MemoryStream(Saved(network)));
        float[] expected = new float[customers.Length * 3];
        float[] predicted = new float[expected.Length];
        network.Predict(customers, expected);

        foreach (CustomerNet other in (CustomerNet[])[loaded, replaced])
        {
            other.Predict(customers, predicted);
            Assert.Equal(expected, predicted);
            Assert.Equal(network.Scaling!.Values, other.Scaling!.Values);
        }
    }

    [Fact]
    public void File_of_a_regression_has_the_units_of_its_label()
    {
        House[] houses = House.Draw(50, seed: 1);
        HouseNet network = new();
        network.Train(houses, new TrainingOptions { Epochs = 1 }, TestContext.Current.CancellationToken);

        Assert.Equal(network.Scaling!.Targets, Loaded<HouseNet>(Saved(network)).Scaling!.Targets);
    }

    [Fact]
    public void File_without_a_scaling_gives_a_network_without_one()
    {
        CustomerNet network = Trained(Customer.Draw(20, seed: 2));
        byte[] without = Saved(new CustomerNet(seed: 9));

        Assert.Null(Loaded<CustomerNet>(without).Scaling);
        network.LoadParameters(new MemoryStream(without));
        Assert.Null(network.Scaling);

        // Networks of floats load the parameters of any.
        Assert.Equal(13, PlainCustomerNet.InputSize);
        PlainCustomerNet.Load(new MemoryStream(Saved(Trained(Customer.Draw(20, seed: 2)))));
    }

    [Fact]
    public void All_differences_of_the_samples_are_listed()
    {
        byte[] file = Replaced(
            Saved(Trained(Customer.Draw(20, seed: 3))),
            ("\\u0022Gold\\u0022", "\\u0022Glod\\u0022"),
            ("\\u0022IsActive\\u0022,\\u0022kind\\u0022", "\\u0022IsPassiv\\u0022,\\u0022kind\\u0022"),
            ("\\u0022Leaves\\u0022", "\\u0022Stays!\\u0022"));
        CustomerNet network = new();
        float[] before = network.Parameters.ToArray();

        string message = Assert.Throws<SafetensorsException>(() => network.LoadParameters(new MemoryStream(file))).Message;

        Assert.Equal(
            """
            The samples of the file are not those of 'Customer':
            feature 2: expected 'Plan', Category of Basic, Silver, Gold, found 'Plan', Category of Basic, Silver, Glod
            feature 3: expected 'IsActive', Boolean of the values IsActive, found 'IsPassiv', Boolean of the values IsActive
            label: expected 'Reaction', one of the classes None, Calls, Leaves, found 'Reaction', one of the classes None, Calls, Stays!
            """.ReplaceLineEndings("\n"),
            message);
        Assert.Equal(before, network.Parameters.ToArray());
        Assert.Null(network.Scaling);
        Assert.Throws<SafetensorsException>(() => Loaded<CustomerNet>(file));
    }

    [Fact]
    public void Scaling_that_is_none_is_refused()
    {
        byte[] file = Saved(Trained(Customer.Draw(20, seed: 4)));

        foreach ((string Old, string New) in ((string, string)[])
        [
            ("{\\u0022name\\u0022:\\u0022Customer", "[\\u0022name\\u0022:\\u0022Customer"),
            ("\\u0022features\\u0022:[", "\\u0022fittings\\u0022:["),
            ("\\u0022scaling\\u0022:\\u0022Log\\u0022", "\\u0022scaling\\u0022:\\u0022Dog\\u0022"),
            ("\\u0022scaling\\u0022:\\u0022Log\\u0022", "\\u0022scaling\\u0022:\\u0022  3\\u0022"),
            ("\\u0022center\\u0022:0,\\u0022scale\\u0022:1", "\\u0022center\\u0022:0,\\u0022scale\\u0022:0"),
            ("\\u0022center\\u0022:0,\\u0022scale\\u0022:1", "\\u0022center\\u0022:0,\\u0022skale\\u0022:1"),
            ("\\u0022nullable\\u0022:true", "\\u0022nullable\\u0022:1234"),
        ])
        {
            CustomerNet network = new();
            float[] before = network.Parameters.ToArray();

            Assert.Throws<SafetensorsException>(() => network.LoadParameters(new MemoryStream(Replaced(file, (Old, New)))));
            Assert.Equal(before, network.Parameters.ToArray());
        }
    }

    /// <summary>A byte of the header that is changed is noticed, or changes nothing but a number or a name that says nothing.</summary>
    [Fact]
    public void Changed_headers_are_refused_or_loaded_as_a_whole()
    {
        byte[] file = Saved(Trained(Customer.Draw(20, seed: 5)));
        int length = (int)BitConverter.ToInt64(file);
        Random random = new(1);

        for (int i = 0; i < 3000; i++)
        {
            byte[] changed = [.. file];
            changed[8 + random.Next(length)] = (byte)random.Next(32, 127);
            CustomerNet network = new();
            float[] before = network.Parameters.ToArray();

            try
            {
                network.LoadParameters(new MemoryStream(changed), new LoadOptions { IgnoreLayers = true });
                Assert.True(network.Scaling is null || network.Scaling.Values.All(static value => double.IsFinite(value.Center) && value.Scale > 0));
            }
            catch (SafetensorsException)
            {
                Assert.Equal(before, network.Parameters.ToArray());
                Assert.Null(network.Scaling);
            }
        }
    }

    private static CustomerNet Trained(Customer[] customers)
    {
        CustomerNet network = new();
        network.Train(customers, new TrainingOptions { Epochs = 2 }, TestContext.Current.CancellationToken);

        return network;
    }

    private static byte[] Saved<TNetwork>(TNetwork network)
        where TNetwork : INetworkModel<TNetwork>
    {
        MemoryStream stream = new();
        network.Save(stream);

        return stream.ToArray();
    }

    private static TNetwork Loaded<TNetwork>(byte[] file)
        where TNetwork : INetworkModel<TNetwork> => NetworkFiles.Load<TNetwork>(new MemoryStream(file));

    /// <summary>The file with texts of its header replaced by others of the same length.</summary>
    private static byte[] Replaced(byte[] file, params (string Old, string New)[] changes)
    {
        string text = Encoding.Latin1.GetString(file);

        foreach ((string old, string replacement) in changes)
        {
            Assert.Contains(old, text, StringComparison.Ordinal);
            Assert.Equal(old.Length, replacement.Length);
            int place = text.IndexOf(old, StringComparison.Ordinal);
            text = text[..place] + replacement + text[(place + old.Length)..];
        }

        return Encoding.Latin1.GetBytes(text);
    }
}
