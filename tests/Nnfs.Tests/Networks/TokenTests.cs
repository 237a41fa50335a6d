namespace Nnfs.Tests.Networks;

/// <summary>Networks that take indices.</summary>
public class TokenTests
{
    private static readonly int[] s_indices = [0, 8, 3, 3, 5, 1, 7, 7, 7, 2, 0, 4];
    private static readonly int[] s_labels = [1, 0, 4, 2, -1, 3, 0, 0, 1, -1, -1, 2];

    [Theory]
    [InlineData(-1)]
    [InlineData(9)]
    [InlineData(int.MinValue)]
    [InlineData(int.MaxValue)]
    public void An_index_out_of_range_is_refused_before_anything_is_written(int index)
    {
        TokenNetwork net = new();
        TokenNetwork.Workspace pass = net.CreateWorkspace(2);
        net.ForwardBackward(s_indices, s_labels, pass);
        float[] gradients = pass.Gradients.ToArray();
        float[] outputs = pass.Outputs.ToArray();
        int[] wrong = [.. s_indices];
        wrong[7] = index;
        float[] predicted = new float[2 * TokenNetwork.OutputSize];
        int[] classes = [-5, -5, -5, -5, -5, -5];

        Check("inputs", 7, () => net.Predict(wrong, predicted));
        Check("inputs", 1, () => net.Predict(wrong.AsSpan(6), predicted.AsSpan(0, TokenNetwork.OutputSize)));
        Check("input", 1, () => net.Classify(wrong.AsSpan(6), classes));
        Check("inputs", 7, () => net.Forward(wrong, pass));
        Check("inputs", 7, () => net.Forward(wrong, s_labels, pass));
        Check("inputs", 7, () => net.ForwardBackward(wrong, s_labels, pass));
        Check("inputs", 7, () => net.Backward(wrong, s_labels, pass));

        Assert.Equal(gradients, pass.Gradients.ToArray());
        Assert.Equal(outputs, pass.Outputs.ToArray());
        Assert.All(predicted, static value => Assert.Equal(0f, value));
        Assert.All(classes, static value => Assert.Equal(-5, value));

        void Check(string parameter, int place, Action action)
        {
            ArgumentOutOfRangeException exception = Assert.Throws<ArgumentOutOfRangeException>(parameter, action);

            Assert.StartsWith(
                $"Expected indices from 0 to 8, the vocabulary of 'Embedding1', but {parameter}[{place}] is {index}.",
                exception.Message,
                StringComparison.Ordinal);
        }
    }

    [Fact]
    public void It_learns_with_any_optimizer_and_is_saved_and_cloned()
    {
        TokenNetwork net = new(seed: 3);
        TokenNetwork.Workspace pass = net.CreateWorkspace(2, threads: 2);
        Adam optimizer = new(learningRate: 0.03f);
        float first = net.ForwardBackward(s_indices, s_labels, pass);

        for (int i = 0; i < 100; i++)
        {
            net.ForwardBackward(s_indices, s_labels, pass);
            optimizer.Step(net, pass);
        }

        Assert.InRange(net.Forward(s_indices, s_labels, pass), 0, 0.1f * first);

        int[] classes = new int[12];
        net.Classify(s_indices.AsSpan(0, 6), classes.AsSpan(0, 6));
        net.Classify(s_indices.AsSpan(6), classes.AsSpan(6));
        Assert.Equal(s_labels.Where(static label => label >= 0), classes.Where(static (_, i) => s_labels[i] >= 0));

        using MemoryStream file = new();
        net.Save(file);
        file.Position = 0;
        TokenNetwork loaded = TokenNetwork.Load(file);
        Assert.Equal(net.Parameters.ToArray(), loaded.Parameters.ToArray());
        Assert.Equal(net.Parameters.ToArray(), net.Clone().Parameters.ToArray());
    }

    [Fact]
    public void A_table_has_gradients_in_the_rows_that_were_read_and_in_no_others()
    {
        TokenNetwork net = new();
        TokenNetwork.Workspace pass = net.CreateWorkspace(2);
        net.ForwardBackward(s_indices, s_labels, pass);
        net.ForwardBackward(s_indices.AsSpan(0, 6), s_labels.AsSpan(0, 6), pass);

        for (int i = 0; i < 9; i++)
        {
            float largest = 0;

            for (int j = 0; j < 8; j++)
            {
                largest = Math.Max(largest, Math.Abs(pass.Embedding1.Weights[i, j]));
            }

            Assert.Equal(s_indices.AsSpan(0, 6).Contains(i), largest > 0);
        }
    }

    [Fact]
    public void Passes_allocate_nothing() => Allocations.AssertNoneAfterFirst(static () =>
    {
        TokenNetwork net = new();
        TokenNetwork.Workspace pass = net.CreateWorkspace(2);
        Adam optimizer = new();
        float[] outputs = new float[2 * TokenNetwork.OutputSize];
        int[] classes = new int[6];

        return () =>
        {
            net.ForwardBackward(s_indices, s_labels, pass);
            optimizer.Step(net, pass);
            net.Predict(s_indices, outputs);
            net.Classify(s_indices.AsSpan(0, 6), classes);
        };
    });

    [Fact]
    public void Indices_stand_beside_numbers()
    {
        WordAndNumbersNetwork net = new(seed: 1);
        WordAndNumbersNetwork.Workspace pass = net.CreateWorkspace(3);
        net.ForwardBackward([3, 0, 3], [1, 2, 3, 4, 5, 6], [1, 0, 1], pass);
        net.Backward([3, 0, 3], [1, 2, 3, 4, 5, 6], [1, 0, 1], pass);

        Assert.Equal(6, pass.NumbersGradients.Length);
        Assert.Null(typeof(WordAndNumbersNetwork.Workspace).GetProperty("WordGradients"));
        Assert.Throws<ArgumentOutOfRangeException>("word", () => net.Predict([4], [1, 2], new float[2]));
    }

    [Fact]
    public void Generic_code_gives_indices_as_floats()
    {
        TokenNetwork net = new(seed: 5);
        TokenNetwork.Workspace pass = net.CreateWorkspace(2);
        TokenNetwork.Workspace generic = net.CreateWorkspace(2);
        IClassifier<TokenNetwork, TokenNetwork.Workspace> classifier = net;
        float[] features = [.. s_indices.Select(static index => (float)index)];
        float[] targets = Numbers.Gaussians(2 * TokenNetwork.OutputSize, seed: 2);
        float[] expected = new float[2 * TokenNetwork.OutputSize];
        float[] predicted = new float[2 * TokenNetwork.OutputSize];

        net.Predict(s_indices, expected);
        classifier.Predict(features, predicted);
        Assert.Equal(expected, predicted);

        Assert.Equal(net.ForwardBackward(s_indices, s_labels, pass), classifier.ForwardBackward(features, s_labels, generic));
        Assert.Equal(pass.Gradients.ToArray(), generic.Gradients.ToArray());
        Assert.Equal(net.ForwardBackward(s_indices, targets, pass), classifier.ForwardBackward(features, targets, generic));
        Assert.Equal(pass.Gradients.ToArray(), generic.Gradients.ToArray());
        generic.Gradients.Clear();
        Assert.Equal(net.Forward(s_indices, targets, pass), classifier.Forward(features, targets, generic));
        classifier.Backward(features, targets, generic);
        Assert.Equal(pass.Gradients.ToArray(), generic.Gradients.ToArray());
        Assert.Equal(net.Forward(s_indices, s_labels, pass), classifier.Forward(features, s_labels, generic));
        net.Backward(s_indices, s_labels, pass);
        classifier.Backward(features, s_labels, generic);
        Assert.Equal(pass.Gradients.ToArray(), generic.Gradients.ToArray());
        Assert.True(((IWorkspace)generic).InputGradients.IsEmpty);
    }

    [Theory]
    [InlineData(2.5f)]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    [InlineData(-2147483648f)]
    [InlineData(2147483648f)]
    [InlineData(16777216f)]
    public void A_float_that_is_no_index_is_refused(float feature)
    {
        INetwork<TokenNetwork> net = new TokenNetwork();
        float[] features = [0, 1, 2, feature, 4, 5];

        ArgumentException exception = Assert.Throws<ArgumentException>("inputs", () => net.Predict(features, new float[TokenNetwork.OutputSize]));

        Assert.StartsWith(
            FormattableString.Invariant($"Expected whole numbers up to 16777215 as indices, but number 3 is {feature}."),
            exception.Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Generic_code_allocates_nothing() => Allocations.AssertNoneAfterFirst(static () =>
    {
        IClassifier<TokenNetwork, TokenNetwork.Workspace> net = new TokenNetwork();
        TokenNetwork.Workspace pass = net.CreateWorkspace(2);
        float[] features = [.. s_indices.Select(static index => (float)index)];
        float[] outputs = new float[2 * TokenNetwork.OutputSize];

        return () =>
        {
            net.ForwardBackward(features, s_labels, pass);
            net.Predict(features, outputs);
        };
    });

    [Fact]
    public void Generic_code_trains_networks_of_indices_beside_numbers() =>
        Assert.Contains("ITrainableNetwork`2", typeof(WordAndNumbersNetwork).GetInterfaces().Select(static type => type.Name));
}
