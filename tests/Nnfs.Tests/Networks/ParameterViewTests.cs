using Nnfs.Tests.Files;

namespace Nnfs.Tests.Networks;

/// <summary>Parameters copied, blended, packed and enumerated.</summary>
public class ParameterViewTests
{
    [Fact]
    public void Packed_form_has_the_tensors_layer_by_layer_and_row_by_row()
    {
        LanesNetwork net = new(seed: 3);
        float[] packed = new float[LanesNetwork.ParameterCount];

        net.CopyParametersTo(packed);

        Assert.Equal([.. Dense(net.Dense1), .. Dense(net.Dense2), .. Dense(net.Dense3)], packed);
    }

    [Fact]
    public void Packed_form_that_is_set_is_what_comes_out_again()
    {
        LanesNetwork net = new();
        float[] packed = Numbers.Gaussians(LanesNetwork.ParameterCount, seed: 5);
        float[] again = new float[packed.Length];

        net.SetParameters(packed);
        net.CopyParametersTo(again);

        Assert.Equal(packed, again);
        Assert.Equal(packed[0], net.Dense1.Weights[0, 0]);
        Assert.Equal(packed[1], net.Dense1.Weights[0, 1]);
        Assert.Equal(packed[^1], net.Dense3.Biases[4]);
        Assert.Equal(packed[^6], net.Dense3.Weights[19, 4]);
    }

    [Fact]
    public void Packed_form_leaves_running_averages_alone()
    {
        TypedNetwork net = new();
        net.Trunk.RunningMean.Fill(0.5f);
        float[] packed = new float[TypedNetwork.ParameterCount];

        net.CopyParametersTo(packed);
        Assert.DoesNotContain(0.5f, packed);
        net.SetParameters(Numbers.Gaussians(packed.Length, seed: 1));

        Assert.All(net.Trunk.RunningMean.ToArray(), static mean => Assert.Equal(0.5f, mean));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(1)]
    public void Packed_form_of_another_length_is_refused(int more)
    {
        LanesNetwork net = new(seed: 3);
        float[] before = net.Parameters.ToArray();
        float[] packed = new float[LanesNetwork.ParameterCount + more];

        ArgumentException setting = Assert.Throws<ArgumentException>("packed", () => net.SetParameters(packed));
        Assert.Throws<ArgumentException>("packed", () => net.CopyParametersTo(packed));

        Assert.StartsWith(
            $"Expected {LanesNetwork.ParameterCount} floats, one for each weight and bias of '{typeof(LanesNetwork).FullName}', but there are {packed.Length}.",
            setting.Message,
            StringComparison.Ordinal);
        Assert.Equal(before, net.Parameters);
        Assert.All(packed, static value => Assert.Equal(0f, value));
    }

    [Fact]
    public void Packed_form_in_the_memory_of_the_network_is_refused()
    {
        LanesNetwork net = new(seed: 3);
        float[] before = net.Parameters.ToArray();

        Assert.Throws<ArgumentException>("packed", () => net.SetParameters(net.Parameters[..LanesNetwork.ParameterCount]));
        Assert.Throws<ArgumentException>("packed", () => net.CopyParametersTo(net.Parameters[^LanesNetwork.ParameterCount..]));

        Assert.Equal(before, net.Parameters);
    }

    [Fact]
    public void Clone_has_the_same_numbers_and_memory_of_its_own()
    {
        TypedNetwork net = Averaged(seed: 4, mean: 0.5f);
        float[] before = net.Parameters.ToArray();

        TypedNetwork clone = net.Clone();
        Assert.Equal(before, clone.Parameters);
        clone.Parameters.Clear();

        Assert.Equal(before, net.Parameters);
    }

    [Fact]
    public void Copies_go_both_ways_and_take_running_averages_along()
    {
        TypedNetwork net = Averaged(seed: 4, mean: 0.5f);
        TypedNetwork from = new(seed: 1);
        TypedNetwork to = new(seed: 2);

        from.CopyFrom(net);
        net.CopyTo(to);

        Assert.Equal(net.Parameters, from.Parameters);
        Assert.Equal(net.Parameters, to.Parameters);
        Assert.Equal(0.5f, to.Trunk.RunningMean[0]);
    }

    [Fact]
    public void Lerp_moves_every_number_by_the_share_that_is_asked_for()
    {
        TypedNetwork net = Averaged(seed: 4, mean: 0.5f);
        TypedNetwork target = Averaged(seed: 5, mean: 1.5f);
        float[] before = target.Parameters.ToArray();

        target.Lerp(net, 0.25f);

        // Two products and a sum, of numbers that may cancel.
        float[] towards = net.Parameters.ToArray();
        Numbers.AssertClose(
            [.. before.Zip(towards, static (w, other) => (0.75 * w) + (0.25 * other))],
            target.Parameters,
            i => 3 * Numbers.Rounding * (Math.Abs(before[i]) + Math.Abs(towards[i])),
            "parameters");
        Assert.Equal(1.25f, target.Trunk.RunningMean[0]);
    }

    [Fact]
    public void Lerp_is_exact_at_both_ends_whatever_the_numbers_are()
    {
        LanesNetwork net = new(seed: 1);
        LanesNetwork other = new(seed: 2);
        other.Dense1.Weights[0, 0] = float.NaN;
        float[] before = net.Parameters.ToArray();

        net.Lerp(other, 0f);
        Assert.Equal(before, net.Parameters);

        net.Lerp(other, 1f);
        Assert.Equal(other.Parameters, net.Parameters);
    }

    [Theory]
    [InlineData(-0.01f)]
    [InlineData(1.01f)]
    [InlineData(float.NaN)]
    public void Lerp_by_an_amount_out_of_range_is_refused(float amount)
    {
        LanesNetwork net = new(seed: 1);
        float[] before = net.Parameters.ToArray();

        Assert.Throws<ArgumentOutOfRangeException>(nameof(amount), () => net.Lerp(new LanesNetwork(seed: 2), amount));

        Assert.Equal(before, net.Parameters);
    }

    [Fact]
    public void Tensors_are_named_as_in_files_and_write_to_the_network()
    {
        TypedNetwork net = new(seed: 1);
        List<string> found = [];

        foreach (ParameterTensor tensor in net.Tensors)
        {
            found.Add($"{tensor.Name} [{string.Join(", ", tensor.Shape)}]{(tensor.IsTrained ? "" : " kept")}");
        }

        Assert.Equal(
            [
                "dense1.weights [6, 9]", "dense1.biases [9]", "trunk.gamma [9]", "trunk.beta [9]", "trunk.running_mean [9] kept",
                "trunk.running_variance [9] kept", "dense2.weights [11, 3]", "dense2.biases [3]", "dense3.weights [11, 1]", "dense3.biases [1]",
            ],
            found);

        net.Tensors["dense2.weights"].Values[10, 2] = 42f;
        net.Tensors[0].Values[5, 8] = 43f;

        Assert.Equal(42f, net.Dense2.Weights[10, 2]);
        Assert.Equal(43f, net.Dense1.Weights[5, 8]);
        Assert.Equal(10, net.Tensors.Count);
    }

    [Fact]
    public void Tensor_that_does_not_exist_is_refused_with_the_names_that_do()
    {
        LanesNetwork net = new();

        ArgumentException fault = Assert.Throws<ArgumentException>("name", () => net.Tensors["dense4.weights"].Name);

        Assert.Contains("[dense1.weights, dense1.biases, dense2.weights,", fault.Message, StringComparison.Ordinal);
        Assert.Contains("but it is 'dense4.weights'", fault.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>("index", () => net.Tensors[6].Name);
        Assert.Throws<ArgumentOutOfRangeException>("index", () => net.Tensors[-1].Name);
    }

    [Fact]
    public void Nothing_but_a_clone_allocates() => Allocations.AssertNoneAfterFirst(static () =>
    {
        TypedNetwork net = new(seed: 1);
        TypedNetwork other = new(seed: 2);
        float[] packed = new float[TypedNetwork.ParameterCount];

        return () =>
        {
            net.CopyParametersTo(packed);
            other.SetParameters(packed);
            net.CopyFrom(other);
            net.CopyTo(other);
            net.Lerp(other, 0.5);

            foreach (ParameterTensor tensor in net.Tensors)
            {
                tensor.Values.Fill(0.25f);
            }
        };
    });

    private static TypedNetwork Averaged(int seed, float mean)
    {
        TypedNetwork net = new(seed);
        net.Trunk.RunningMean.Fill(mean);

        return net;
    }

    private static float[] Dense(DenseParameters layer)
    {
        float[] values = new float[(int)layer.Weights.FlattenedLength];
        layer.Weights.FlattenTo(values);

        return [.. values, .. layer.Biases];
    }
}
