namespace Nnfs.Tests.Networks;

/// <summary>A loss of the user's own, by <c>Backward(inputs, outputGradients, workspace)</c>, as docs/own-loss.md has it.</summary>
public sealed class OwnLossTests
{
    private const int Samples = 6;

    private static readonly float[] s_inputs = [.. Enumerable.Range(0, Samples * 3).Select(static i => MathF.Sin(i))];
    private static readonly float[] s_targets = [.. Enumerable.Range(0, Samples * 2).Select(static i => MathF.Cos(i))];

    [Fact]
    public void MeanSquaredError_ofOnesOwn_hasTheGradientsOfTheLibrarys()
    {
        OwnLossNet own = new(seed: 1);
        MeanSquaredErrorNet theirs = new(seed: 1);
        MeanSquaredErrorNet.Workspace expected = theirs.CreateWorkspace(Samples);
        theirs.Forward(s_inputs, s_targets, expected);
        theirs.Backward(s_inputs, s_targets, expected);

        OwnLossNet.Workspace pass = own.CreateWorkspace(Samples);
        Gradients(own, pass, s_inputs, s_targets, [1, 1, 1, 1, 1, 1]);

        AssertClose(expected.Gradients, pass.Gradients);
        AssertClose(expected.InputGradients, pass.InputGradients);
    }

    [Fact]
    public void Weight_ofASample_countsAsSoManyOfIt()
    {
        OwnLossNet net = new(seed: 1);
        OwnLossNet.Workspace weighted = net.CreateWorkspace(Samples);
        Gradients(net, weighted, s_inputs, s_targets, [1, 2, 0, 3, 1, 1]);

        int[] copies = [0, 1, 1, 3, 3, 3, 4, 5];
        OwnLossNet.Workspace repeated = net.CreateWorkspace(copies.Length);
        Gradients(
            net,
            repeated,
            [.. copies.SelectMany(static sample => s_inputs.Skip(sample * 3).Take(3))],
            [.. copies.SelectMany(static sample => s_targets.Skip(sample * 2).Take(2))],
            [1, 1, 1, 1, 1, 1, 1, 1]);

        AssertClose(repeated.Gradients, weighted.Gradients);
    }

    [Fact]
    public void Penalties_withoutALoss_areInTheGradientsAndToldOf()
    {
        PenaltyNet net = new(seed: 1);
        PenaltyNet.Workspace pass = net.CreateWorkspace(Samples);
        net.Forward(s_inputs, pass);
        net.Backward(s_inputs, new float[Samples * 2], pass);

        // Nothing comes from the outputs: what is left is d(0.25·Σw²)/dw.
        double squares = 0;

        for (int i = 0; i < PenaltyNet.InputSize; i++)
        {
            for (int j = 0; j < PenaltyNet.OutputSize; j++)
            {
                float weight = net.Dense1.Weights[i, j];
                Assert.Equal(0.5f * weight, pass.Dense1.Weights[i, j], 1e-7f);
                squares += (double)weight * weight;
            }
        }

        Assert.Equal(0.25 * squares, pass.RegularizationLoss, 1e-6);
    }

    [Fact]
    public void Gradients_of_logits_inPlaceOfTheLoss_areThoseOfTheLoss()
    {
        int[] labels = [0, 1, 1, 0, 1, 0];
        LogitNet net = new(seed: 1);
        LogitNet.Workspace expected = net.CreateWorkspace(Samples);
        net.Forward(s_inputs, labels, expected);
        net.Backward(s_inputs, labels, expected);

        // After a pass without labels: (probabilities − one-hot labels) / samples.
        LogitNet.Workspace pass = net.CreateWorkspace(Samples);
        net.Forward(s_inputs, pass);
        float[] gradients = [.. pass.Outputs.ToArray().Select((p, i) => (p - (labels[i / 2] == i % 2 ? 1 : 0)) / Samples)];
        net.BackwardFrom(s_inputs, gradients, pass);

        AssertClose(expected.Gradients, pass.Gradients);
        AssertClose(expected.InputGradients, pass.InputGradients);
        Assert.Throws<ArgumentException>("outputGradients", () => net.BackwardFrom(s_inputs, new float[5], pass));
        Assert.Throws<ArgumentException>(() => net.BackwardFrom(s_inputs.AsSpan(0, 3), new float[2], pass));
    }

    [Fact]
    public void Gradients_ofANetworkWithoutALoss_areTakenByBothNames()
    {
        OwnLossNet net = new(seed: 1);
        OwnLossNet.Workspace pass = net.CreateWorkspace(Samples);
        net.Forward(s_inputs, pass);
        net.Backward(s_inputs, s_targets, pass);
        float[] expected = pass.Gradients.ToArray();
        pass.Gradients.Clear();
        net.BackwardFrom(s_inputs, s_targets, pass);

        Assert.Equal(expected, pass.Gradients);
    }

    [Fact]
    public void Greatest_ofSeveralLogits_isTheClass()
    {
        OwnLossNet net = new(seed: 1);
        float[] logits = new float[Samples * 2];
        net.Predict(s_inputs, logits);

        Assert.Equal(
            Enumerable.Range(0, Samples).Select(i => logits[2 * i] >= logits[(2 * i) + 1] ? 0 : 1),
            Enumerable.Range(0, Samples).Select(i => net.Classify(s_inputs.AsSpan(3 * i, 3))));
    }

    private static void Gradients(OwnLossNet net, OwnLossNet.Workspace pass, float[] inputs, float[] targets, float[] weights)
    {
        net.Forward(inputs, pass);
        float[] outputGradients = new float[targets.Length];

        for (int i = 0; i < targets.Length; i++)
        {
            outputGradients[i] = 2 * weights[i / OwnLossNet.OutputSize] / (OwnLossNet.OutputSize * weights.Sum()) * (pass.Outputs[i] - targets[i]);
        }

        net.Backward(inputs, outputGradients, pass);
    }

    /// <summary>The same terms in another order: a few units of rounding of the largest element.</summary>
    private static void AssertClose(Span<float> expected, Span<float> actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        float largest = System.Numerics.Tensors.TensorPrimitives.MaxMagnitude<float>(expected);
        Assert.NotEqual(0, largest);

        for (int i = 0; i < expected.Length; i++)
        {
            Assert.Equal(expected[i], actual[i], 1e-6f * MathF.Abs(largest));
        }
    }
}

[Network(3)]
[Dense(8)]
[Tanh]
[Dense(2)]
internal sealed partial class OwnLossNet;

[Network(3)]
[Dense(8)]
[Tanh]
[Dense(2)]
[MeanSquaredError]
internal sealed partial class MeanSquaredErrorNet;

[Network(3)]
[Dense(2, WeightL2 = 0.25f)]
internal sealed partial class PenaltyNet;

[Network(3)]
[Dense(8)]
[Tanh]
[Dense(2)]
[SoftmaxCrossEntropy]
internal sealed partial class LogitNet;
