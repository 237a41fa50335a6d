namespace Nnfs.Tests.Networks;

/// <summary>What generated networks refuse: each exception names the parameter and both numbers, and comes before anything is written.</summary>
public class BadInputTests
{
    private const int WorkspaceSize = 5;
    private const int ForwardSamples = 3;

    public static TheoryData<string> Names => Subject.Names;

    public static TheoryData<string> NamesWithLoss => Subject.NamesWithLoss;

    [Theory]
    [MemberData(nameof(Names))]
    public void Forward_with_inputs_of_a_wrong_length_throws_before_it_writes(string name)
    {
        Subject network = Subject.Create(name);

        foreach (int length in (int[])[network.InputSize - 1, network.InputSize + 1, (3 * network.InputSize) - 1])
        {
            string expected = $"Expected a whole number of samples of {network.InputSize} values each, but the length is {length}.";
            ForEachPass(network, (pass, run) => AssertRefused<ArgumentException>("inputs", expected, pass, () => run(new float[length], 1)));
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Pass_without_samples_throws_before_it_writes(string name)
    {
        Subject network = Subject.Create(name);
        string expected = $"Expected at least one sample of {network.InputSize} values, but the length is 0.";

        ForEachPass(network, (pass, run) => AssertRefused<ArgumentException>("inputs", expected, pass, () => run([], 0)));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Pass_with_more_samples_than_the_workspace_holds_throws_before_it_writes(string name)
    {
        Subject network = Subject.Create(name);
        string expected = $"Expected a workspace for at least {WorkspaceSize + 1} samples, but it was made for {WorkspaceSize}.";

        float[] inputs = network.Inputs(WorkspaceSize + 1, seed: 1);

        ForEachPass(network, (pass, run) => AssertRefused<ArgumentException>("workspace", expected, pass, () => run(inputs, WorkspaceSize + 1)));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Pass_with_another_number_of_answers_than_samples_throws_before_it_writes(string name)
    {
        Subject network = Subject.Create(name);
        object pass = Used(network);
        float[] inputs = network.Inputs(ForwardSamples, seed: 1);
        int outputs = network.OutputSize * ForwardSamples;

        foreach (int length in (int[])[0, outputs - 1, outputs + 1])
        {
            string expected = $"Expected {outputs} values ({ForwardSamples} samples of {network.OutputSize}), but the length is {length}.";
            AssertRefused<ArgumentException>(network.TargetsName, expected, pass, () => network.BackwardTargets(inputs, new float[length], pass));

            if (network.ForwardTargets is { } forward && network.ForwardBackwardTargets is { } both)
            {
                AssertRefused<ArgumentException>("targets", expected, pass, () => forward(inputs, new float[length], pass));
                AssertRefused<ArgumentException>("targets", expected, pass, () => both(inputs, new float[length], pass));
            }
        }

        foreach (int length in (int[])[0, ForwardSamples - 1, ForwardSamples + 1])
        {
            string expected = $"Expected {ForwardSamples} values ({ForwardSamples} samples of 1), but the length is {length}.";

            if (network is { ForwardLabels: { } forward, BackwardLabels: { } backward, ForwardBackwardLabels: { } both })
            {
                AssertRefused<ArgumentException>("labels", expected, pass, () => forward(inputs, new int[length], pass));
                AssertRefused<ArgumentException>("labels", expected, pass, () => both(inputs, new int[length], pass));
                AssertRefused<ArgumentException>("labels", expected, pass, () => backward(inputs, new int[length], pass));
            }
        }
    }

    [Theory]
    [MemberData(nameof(NamesWithLoss))]
    public void Pass_with_a_label_that_is_no_class_throws_before_it_writes(string name)
    {
        Subject network = Subject.Create(name);
        object pass = Used(network);
        float[] inputs = network.Inputs(ForwardSamples, seed: 1);

        foreach (int label in (int[])[-1, network.OutputSize, int.MinValue, int.MaxValue])
        {
            string expected = $"Expected labels from 0 to {network.OutputSize - 1}, but labels[2] is {label}.";
            int[] labels = [0, network.OutputSize - 1, label];

            AssertRefused<ArgumentOutOfRangeException>("labels", expected, pass, () => network.ForwardLabels!(inputs, labels, pass));
            AssertRefused<ArgumentOutOfRangeException>("labels", expected, pass, () => network.BackwardLabels!(inputs, labels, pass));
            AssertRefused<ArgumentOutOfRangeException>("labels", expected, pass, () => network.ForwardBackwardLabels!(inputs, labels, pass));
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Backward_before_a_forward_pass_throws_before_it_writes(string name)
    {
        Subject network = Subject.Create(name);
        object pass = network.CreateWorkspace(WorkspaceSize);

        AssertBackwardRefused(network, pass, samples: 2, "Expected a Forward pass with this workspace before the backward pass");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Backward_of_another_number_of_samples_than_forward_throws_before_it_writes(string name)
    {
        Subject network = Subject.Create(name);
        object pass = Used(network);

        AssertBackwardRefused(network, pass, samples: 2, $"Expected the {ForwardSamples} samples of the workspace's last forward pass, but there are 2.");
        AssertBackwardRefused(network, pass, samples: 4, $"Expected the {ForwardSamples} samples of the workspace's last forward pass, but there are 4.");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Pass_without_a_workspace_throws(string name)
    {
        Subject network = Subject.Create(name);

        ForEachPass(network, null, (_, run) => Assert.Throws<ArgumentNullException>("workspace", () => run(network.Inputs(1, seed: 1), 1)));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void CreateWorkspace_for_no_samples_throws(string name)
    {
        Subject network = Subject.Create(name);

        foreach (int batchSize in (int[])[0, -1, int.MinValue, int.MaxValue])
        {
            ArgumentOutOfRangeException exception = Assert.Throws<ArgumentOutOfRangeException>("batchSize", () => network.CreateWorkspace(batchSize));
            Assert.Equal(batchSize, exception.ActualValue);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Predict_with_a_wrong_length_throws_before_it_writes(string name)
    {
        Subject network = Subject.Create(name);
        int length = (3 * network.InputSize) + 1;
        float[] outputs = Canaries(3 * network.OutputSize);

        AssertRefused<ArgumentException>(
            "inputs",
            $"Expected a whole number of samples of {network.InputSize} values each, but the length is {length}.",
            outputs,
            () => network.Predict(new float[length], outputs));

        foreach (int outputLength in (int[])[0, (3 * network.OutputSize) - 1, (3 * network.OutputSize) + 1])
        {
            float[] otherOutputs = Canaries(outputLength);

            AssertRefused<ArgumentException>(
                "outputs",
                $"Expected {3 * network.OutputSize} values (3 samples of {network.OutputSize}), but the length is {outputLength}.",
                otherOutputs,
                () => network.Predict(network.Inputs(3, seed: 1), otherOutputs));
        }
    }

    [Theory]
    [MemberData(nameof(NamesWithLoss))]
    public void Classify_with_a_wrong_length_throws(string name)
    {
        Subject network = Subject.Create(name);

        foreach (int length in (int[])[0, network.InputSize - 1, network.InputSize + 1, 2 * network.InputSize])
        {
            string expected = $"Expected {network.InputSize} values (1 samples of {network.InputSize}), but the length is {length}.";
            ArgumentException exception = Assert.Throws<ArgumentException>("input", () => network.Classify!(new float[length]));
            Assert.Contains(expected, exception.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Predict_of_no_samples_does_nothing()
    {
        foreach (string name in (string[])["fused loss", "fused loss in lanes", "separate loss", "no loss"])
        {
            Subject.Create(name).Predict([], []);
        }
    }

    [Fact]
    public void Constructor_with_a_bad_argument_throws()
    {
        Assert.Throws<ArgumentOutOfRangeException>("seed", static () => new DeepNetwork(seed: -1));
        Assert.Throws<ArgumentNullException>("random", static () => new DeepNetwork(null!));
    }

    /// <summary>A workspace after a forward pass.</summary>
    private static object Used(Subject network)
    {
        object pass = network.CreateWorkspace(WorkspaceSize);
        network.Forward(network.Inputs(ForwardSamples, seed: 9), pass);

        return pass;
    }

    private static void AssertBackwardRefused(Subject network, object pass, int samples, string expected)
    {
        float[] inputs = network.Inputs(samples, seed: 1);
        AssertRefused<ArgumentException>("inputs", expected, pass, () => network.BackwardTargets(inputs, new float[samples * network.OutputSize], pass));

        if (network.BackwardLabels is { } backward)
        {
            AssertRefused<ArgumentException>("inputs", expected, pass, () => backward(inputs, new int[samples], pass));
        }
    }

    private static void ForEachPass(Subject network, Action<object, Action<float[], int>> assert)
    {
        object pass = Used(network);
        ForEachPass(network, pass, (_, run) => assert(pass, run));
    }

    /// <summary>Runs an assertion on every forward and backward pass that the network has.</summary>
    private static void ForEachPass(Subject network, object? pass, Action<object?, Action<float[], int>> assert)
    {
        assert(pass, (x, _) => network.Forward(x, pass));
        assert(pass, (x, samples) => network.BackwardTargets(x, new float[samples * network.OutputSize], pass));

        if (network is { ForwardLabels: { } forwardLabels, ForwardTargets: { } forwardTargets, BackwardLabels: { } backwardLabels })
        {
            assert(pass, (x, samples) => forwardLabels(x, new int[samples], pass));
            assert(pass, (x, samples) => forwardTargets(x, new float[samples * network.OutputSize], pass));
            assert(pass, (x, samples) => backwardLabels(x, new int[samples], pass));
        }

        if (network is { ForwardBackwardLabels: { } bothLabels, ForwardBackwardTargets: { } bothTargets })
        {
            assert(pass, (x, samples) => bothLabels(x, new int[samples], pass));
            assert(pass, (x, samples) => bothTargets(x, new float[samples * network.OutputSize], pass));
        }
    }

    private static void AssertRefused<TException>(string parameter, string expected, object pass, Action call)
        where TException : ArgumentException
    {
        IReadOnlyDictionary<string, AlignedBlock> blocks = Subject.Blocks(pass);
        Assert.NotEmpty(blocks);

        foreach (AlignedBlock block in blocks.Values)
        {
            block.Span.Fill(FramedBlock.Canary);
        }

        TException exception = Assert.Throws<TException>(parameter, call);

        Assert.Contains(expected, exception.Message, StringComparison.Ordinal);
        Assert.All(blocks, static block => Assert.False(block.Value.Span.ContainsAnyExcept(FramedBlock.Canary), $"{block.Key} was written."));
    }

    private static void AssertRefused<TException>(string parameter, string expected, float[] outputs, Action call)
        where TException : ArgumentException
    {
        TException exception = Assert.Throws<TException>(parameter, call);

        Assert.Contains(expected, exception.Message, StringComparison.Ordinal);
        Assert.False(outputs.AsSpan().ContainsAnyExcept(FramedBlock.Canary), "The outputs were written.");
    }

    private static float[] Canaries(int length)
    {
        float[] canaries = new float[length];
        Array.Fill(canaries, FramedBlock.Canary);

        return canaries;
    }
}
