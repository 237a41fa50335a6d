using System.Text.Json;

namespace Nnfs.Tests.Networks;

/// <summary>Softmax and the losses, alone and together, against the reference numbers.</summary>
public class LossTests
{
    private const double Activation = 1e-6;
    private const int Samples = 5;

    private static readonly JsonElement s_golden = GoldenData.Losses;
    private static readonly float[] s_logits = s_golden.GetProperty("logits").Floats();
    private static readonly int[] s_labels = s_golden.GetProperty("labels").Integers();
    private static readonly float[] s_oneHot = s_golden.GetProperty("one_hot").Floats();
    private static readonly double s_meanLoss = s_golden.GetProperty("mean_loss").GetDouble();

    private delegate float CrossEntropy(ReadOnlySpan<float> p, ReadOnlySpan<int> labels, int samples);

    private delegate void CrossEntropyGradient(ReadOnlySpan<float> p, ReadOnlySpan<int> labels, Span<float> dp, int samples);

    [Fact]
    public void Softmax_alone_gives_the_reference_numbers()
    {
        SoftmaxNetwork network = new();
        SoftmaxNetwork.Workspace pass = network.CreateWorkspace(Samples);

        network.Forward(s_logits, pass);
        network.Backward(s_logits, outputGradients: s_golden.GetProperty("softmax_dvalues").Floats(), pass);

        Numbers.AssertClose(s_golden.GetProperty("softmax").Doubles(), pass.Outputs, Activation, "probabilities");
        AssertGradient("softmax_dinputs", pass.InputGradients);
    }

    [Fact]
    public void CategoricalCrossEntropy_alone_gives_the_reference_numbers()
    {
        CrossEntropy loss = Kernels.BinaryDimension.Bind<CrossEntropy>(typeof(Nnfs.Kernels.CategoricalCrossEntropy), "Forward", 4);
        CrossEntropyGradient gradient = Kernels.BinaryDimension.Bind<CrossEntropyGradient>(typeof(Nnfs.Kernels.CategoricalCrossEntropy), "Backward", 4);
        float[] p = s_golden.GetProperty("softmax").Floats();
        float[] dp = new float[p.Length];

        gradient(p, s_labels, dp, Samples);

        AssertGradient("cce_dinputs", dp);
        Assert.Equal(s_meanLoss, loss(p, s_labels, Samples), Activation);
        double[] sampleLosses = s_golden.GetProperty("sample_losses").Doubles();

        for (int i = 0; i < Samples; i++)
        {
            Assert.Equal(sampleLosses[i], loss(p.AsSpan(4 * i, 4), [s_labels[i]], 1), 4 * Activation);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void SoftmaxCrossEntropy_gives_the_reference_numbers(bool oneHot)
    {
        FusedLossNetwork network = new();
        FusedLossNetwork.Workspace pass = network.CreateWorkspace(Samples);

        float loss = oneHot ? network.Forward(s_logits, s_oneHot, pass) : network.Forward(s_logits, s_labels, pass);
        Numbers.AssertClose(s_golden.GetProperty("softmax").Doubles(), pass.Outputs, Activation, "probabilities");
        Assert.Equal(s_meanLoss, loss, Activation);

        if (oneHot)
        {
            network.Backward(s_logits, s_oneHot, pass);
        }
        else
        {
            network.Backward(s_logits, s_labels, pass);
        }

        AssertGradient("softmax_cce_dinputs", pass.InputGradients);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Softmax_and_CategoricalCrossEntropy_give_the_reference_numbers(bool oneHot)
    {
        SeparateLossNetwork network = new();
        SeparateLossNetwork.Workspace pass = network.CreateWorkspace(Samples);

        float loss = oneHot ? network.Forward(s_logits, s_oneHot, pass) : network.Forward(s_logits, s_labels, pass);
        Numbers.AssertClose(s_golden.GetProperty("softmax").Doubles(), pass.Outputs, Activation, "probabilities");
        Assert.Equal(s_meanLoss, loss, Activation);

        if (oneHot)
        {
            network.Backward(s_logits, s_oneHot, pass);
        }
        else
        {
            network.Backward(s_logits, s_labels, pass);
        }

        AssertGradient("softmax_cce_dinputs", pass.InputGradients);
    }

    [Fact]
    public void Large_logits_give_the_reference_numbers()
    {
        JsonElement large = s_golden.GetProperty("large_logits");
        float[] logits = large.GetProperty("logits").Floats();
        double[] expected = large.GetProperty("softmax").Doubles();
        float[] predicted = new float[9];

        // Logits of 89 in float32 represent their decimals within 4e-6, and so do their probabilities.
        new ThreeClassSoftmaxNetwork().Predict(logits, predicted);
        Numbers.AssertClose(expected, predicted, 4e-6, "softmax");

        new ThreeClassFusedLossNetwork().Predict(logits, predicted);
        Numbers.AssertClose(expected, predicted, 4e-6, "fused softmax");
    }

    [Fact]
    public void Clipped_probabilities_give_the_reference_numbers()
    {
        JsonElement clipped = s_golden.GetProperty("clipped");
        CrossEntropy loss = Kernels.BinaryDimension.Bind<CrossEntropy>(typeof(Nnfs.Kernels.CategoricalCrossEntropy), "Forward", 3);
        float[] p = clipped.GetProperty("probabilities").Floats();
        int[] labels = clipped.GetProperty("labels").Integers();
        double[] expected = clipped.GetProperty("sample_losses").Doubles();

        for (int i = 0; i < expected.Length; i++)
        {
            Assert.Equal(expected[i], loss(p.AsSpan(3 * i, 3), [labels[i]], 1), 1e-6 * expected[i]);
        }

        Assert.Equal(expected.Average(), loss(p, labels, 2), 1e-6 * expected.Average());
    }

    [Theory]
    [InlineData(1000f, -1000f, 0f)]
    [InlineData(-1000f, -1000f, -1000f)]
    [InlineData(float.MaxValue, -float.MaxValue, 0f)]
    [InlineData(float.MaxValue, float.MaxValue, float.MaxValue)]
    [InlineData(-float.MaxValue, -float.MaxValue, -float.MaxValue)]
    [InlineData(0f, float.MaxValue, float.MaxValue)]
    public void Extreme_logits_give_finite_probabilities_that_sum_to_1(float first, float second, float third)
    {
        float[] logits = [first, second, third];
        float[] ofSoftmax = new float[3];
        float[] ofFused = new float[3];
        ThreeClassSoftmaxNetwork softmax = new();
        ThreeClassSoftmaxNetwork.Workspace softmaxPass = softmax.CreateWorkspace(1);
        ThreeClassFusedLossNetwork fused = new();
        ThreeClassFusedLossNetwork.Workspace fusedPass = fused.CreateWorkspace(1);

        softmax.Predict(logits, ofSoftmax);
        softmax.Forward(logits, softmaxPass);
        fused.Predict(logits, ofFused);
        fused.Forward(logits, fusedPass);
        AssertProbabilities(ofSoftmax);
        AssertProbabilities(softmaxPass.Outputs);
        AssertProbabilities(ofFused);
        AssertProbabilities(fusedPass.Outputs);

        // The likeliest class as the label, so that the loss is finite, too.
        int label = fused.Classify(logits);
        float loss = fused.Forward(logits, [label], fusedPass);
        fused.Backward(logits, [label], fusedPass);
        AssertProbabilities(fusedPass.Outputs);
        Assert.InRange(loss, 0f, MathF.Log(3f) + 1e-6f);
        Assert.All(fusedPass.InputGradients.ToArray(), static gradient => Assert.InRange(gradient, -1f, 1f));
    }

    private static void AssertProbabilities(ReadOnlySpan<float> probabilities)
    {
        double sum = 0;

        foreach (float probability in probabilities)
        {
            Assert.InRange(probability, 0f, 1f);
            sum += probability;
        }

        Assert.Equal(1.0, sum, 3 * Numbers.Rounding);
    }

    private static void AssertGradient(string name, ReadOnlySpan<float> actual)
    {
        double[] expected = s_golden.GetProperty(name).Doubles();
        Numbers.AssertClose(expected, actual, 2e-5 * expected.Max(Math.Abs), name);
    }
}
