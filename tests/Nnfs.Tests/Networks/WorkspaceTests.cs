namespace Nnfs.Tests.Networks;

/// <summary>What a batch must not see: what an earlier batch left, what other samples hold, what another network computed.</summary>
public class WorkspaceTests
{
    public static TheoryData<string> Names => Subject.Names;

    [Theory]
    [MemberData(nameof(Names))]
    public void Batch_smaller_than_the_workspace_gives_the_bits_of_its_own_workspace(string name)
    {
        Subject network = Subject.Create(name);

        foreach (int samples in (int[])[1, 3, 6, 12])
        {
            object own = network.CreateWorkspace(samples);
            object larger = network.CreateWorkspace(13);
            Poison(larger);

            Train(network, own, samples, seed: samples);
            Train(network, larger, samples, seed: samples);

            AssertSameBlocks(own, larger);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Batch_smaller_than_the_one_before_leaves_the_other_rows_of_the_outputs(string name)
    {
        Subject network = Subject.Create(name);
        object pass = network.CreateWorkspace(7);
        network.Forward(network.Inputs(7, seed: 1), pass);
        float[] before = Subject.Blocks(pass)["_outputs"].Span.ToArray();

        network.Forward(network.Inputs(2, seed: 2), pass);

        Numbers.AssertSameBits(before.AsSpan(2 * network.OutputSize), Subject.Blocks(pass)["_outputs"].Span[(2 * network.OutputSize)..], "outputs");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(7)]
    public void Workspace_shows_the_samples_of_the_last_pass_alone(int samples)
    {
        DeepNetwork.Workspace rows = new DeepNetwork().CreateWorkspace(7);
        LanesNetwork.Workspace lanes = new LanesNetwork().CreateWorkspace(7);

        // None before the first pass, and those of the second after it.
        foreach (int passed in samples == 0 ? (int[])[] : [7, samples])
        {
            new DeepNetwork().ForwardBackward(new float[passed * DeepNetwork.InputSize], new int[passed], rows);
            new LanesNetwork().ForwardBackward(new float[passed * LanesNetwork.InputSize], new int[passed], lanes);
        }

        Assert.Equal(samples * DeepNetwork.OutputSize, rows.Outputs.Length);
        Assert.Equal(samples * DeepNetwork.InputSize, rows.InputGradients.Length);
        Assert.Equal([samples, 7], rows.ReLU1.Outputs.Lengths.ToArray());
        Assert.Equal([samples, 20], rows.Dense2.Outputs.Lengths.ToArray());
        Assert.Equal(samples * LanesNetwork.OutputSize, lanes.Outputs.Length);
        Assert.Equal(samples * LanesNetwork.InputSize, lanes.InputGradients.Length);
        Assert.Equal(samples, lanes.ReLU1.Outputs.Lengths[0]);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Workspace_used_by_two_networks_in_turn_gives_the_bits_of_a_workspace_for_each(string name)
    {
        Subject first = Subject.Create(name, seed: 1);
        Subject second = Subject.Create(name, seed: 2);
        object shared = first.CreateWorkspace(7);

        foreach (Subject network in (Subject[])[first, second, first])
        {
            object own = network.CreateWorkspace(7);

            Train(network, own, samples: 7, seed: 3);
            Train(network, shared, samples: 7, seed: 3);

            AssertSameBlocks(own, shared);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Padding_of_the_gradients_stays_zero(string name)
    {
        Subject network = Subject.Create(name);
        object pass = network.CreateWorkspace(7);
        Train(network, pass, samples: 7, seed: 1);
        float[] once = Subject.Blocks(pass)["_gradients"].Span.ToArray();
        Subject.Blocks(pass)["_gradients"].Span.Fill(FramedBlock.Canary);

        Train(network, pass, samples: 7, seed: 1);

        // Where the second pass left the canary there is padding, which the first found zero.
        float[] twice = Subject.Blocks(pass)["_gradients"].Span.ToArray();
        Assert.All(once.Zip(twice), static pair => Assert.Equal(pair.Second == FramedBlock.Canary ? 0f : pair.Second, pair.First));
        Assert.Contains(FramedBlock.Canary, twice);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void NaN_in_one_sample_makes_its_outputs_NaN_and_touches_no_other(string name)
    {
        Subject network = Subject.Create(name);
        float[] clean = network.Inputs(13, seed: 1);
        float[] dirty = [.. clean];
        dirty[(4 * network.InputSize) + 2] = float.NaN;
        AssertOnlySampleDiffers(network, clean, dirty, sample: 4, float.IsNaN);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Infinity_in_one_sample_touches_no_other(string name)
    {
        Subject network = Subject.Create(name);
        float[] clean = network.Inputs(13, seed: 1);
        float[] dirty = [.. clean];

        foreach (float infinity in (float[])[float.PositiveInfinity, float.NegativeInfinity])
        {
            dirty[(4 * network.InputSize) + 2] = infinity;
            AssertOnlySampleDiffers(network, clean, dirty, sample: 4, static _ => true);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Backward_of_NaN_gives_gradients_of_NaN_and_no_exception(string name)
    {
        Subject network = Subject.Create(name);
        object pass = network.CreateWorkspace(3);
        float[] inputs = network.Inputs(3, seed: 1);
        Array.Fill(inputs, float.NaN, network.InputSize, network.InputSize);
        float[] answers = new float[3 * network.OutputSize];

        network.Forward(inputs, pass);
        network.BackwardTargets(inputs, answers, pass);

        Assert.Contains(Subject.Blocks(pass)["_gradients"].Span.ToArray(), float.IsNaN);
    }

    [Theory]
    [InlineData("fused loss")]
    [InlineData("separate loss")]
    public void Classify_of_NaN_or_infinity_is_some_class(string name)
    {
        Subject network = Subject.Create(name);

        foreach (float bad in (float[])[float.NaN, float.PositiveInfinity, float.NegativeInfinity])
        {
            float[] input = new float[network.InputSize];
            Array.Fill(input, bad);

            Assert.InRange(network.Classify!(input), 0, network.OutputSize - 1);
        }
    }

    private static void AssertOnlySampleDiffers(Subject network, float[] clean, float[] dirty, int sample, Predicate<float> isExpected)
    {
        int samples = clean.Length / network.InputSize;
        float[] expected = new float[samples * network.OutputSize];
        float[] predicted = new float[samples * network.OutputSize];
        object pass = network.CreateWorkspace(samples);

        network.Predict(clean, expected);
        network.Predict(dirty, predicted);
        network.Forward(dirty, pass);

        Span<float> outputs = Subject.Blocks(pass)["_outputs"].Span;
        Range its = (sample * network.OutputSize)..((sample + 1) * network.OutputSize);

        foreach (float[] actual in (float[][])[predicted, outputs.ToArray()])
        {
            Assert.All(actual[its], value => Assert.True(isExpected(value), $"{value} is not what the sample should give."));
            expected.AsSpan()[its].CopyTo(actual.AsSpan()[its]);
            Numbers.AssertSameBits(expected, actual, "outputs of the other samples");
        }
    }

    private static void Train(Subject network, object pass, int samples, int seed)
    {
        float[] inputs = network.Inputs(samples, seed);

        if (network is { ForwardLabels: { } forward, BackwardLabels: { } backward })
        {
            int[] labels = Numbers.Labels(samples, network.OutputSize, seed);
            forward(inputs, labels, pass);
            backward(inputs, labels, pass);
        }
        else
        {
            network.Forward(inputs, pass);
            network.BackwardTargets(inputs, Numbers.Gaussians(samples * network.OutputSize, seed), pass);
        }
    }

    /// <summary>Fills a workspace with NaN, except for the gradients, whose padding must be zero.</summary>
    private static void Poison(object workspace)
    {
        foreach ((string name, AlignedBlock block) in Subject.Blocks(workspace))
        {
            block.Span.Fill(name == "_gradients" ? 0f : float.NaN);
        }
    }

    /// <summary>Asserts that every block begins with the same bits.</summary>
    private static void AssertSameBlocks(object expected, object actual)
    {
        IReadOnlyDictionary<string, AlignedBlock> actualBlocks = Subject.Blocks(actual);

        foreach ((string name, AlignedBlock block) in Subject.Blocks(expected))
        {
            // The scratch of the transposed weights has padding that nothing reads or writes.
            if (!name.EndsWith("Transposed", StringComparison.Ordinal))
            {
                Numbers.AssertSameBits(block.Span, actualBlocks[name].Span[..block.Length], name);
            }
        }
    }
}
