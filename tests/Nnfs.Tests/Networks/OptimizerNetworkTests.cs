using System.Globalization;
using System.Numerics.Tensors;
using System.Text.Json;

namespace Nnfs.Tests.Networks;

/// <summary>The generated 2-64-3 network trained on the spiral, against the reference's training.</summary>
public class OptimizerNetworkTests
{
    private const int GoldenSteps = 10;

    /// <summary>Where the biases of the last layer start among the parameters.</summary>
    private const int OutputBiases = 384;

    /// <summary>The part of the parameters that must agree more closely than all.</summary>
    private const double Most = 0.95;

    public static TheoryData<int> Settings => [.. Enumerable.Range(0, GoldenData.Optimizers.GetArrayLength())];

    [Theory]
    [MemberData(nameof(Settings))]
    public void Ten_steps_on_the_spiral_give_the_parameters_and_losses_of_the_book(int setting)
    {
        JsonElement golden = GoldenData.Optimizers[setting];
        NumpyRandom random = new(golden.GetProperty("seed").GetInt64());
        Dataset spiral = Datasets.Spiral(samplesPerClass: 100, classes: 3, random);
        TrainedSpiralNetwork network = new(random);
        TrainedSpiralNetwork.Workspace pass = network.CreateWorkspace(spiral.Count);
        Optimizer optimizer = OptimizerGoldenTests.Create(golden);
        (double Loss, double LastLoss, double Most, double All) tolerances = Tolerances(optimizer);
        List<(float Loss, double Accuracy)> history = [];

        for (int step = 0; step <= GoldenSteps; step++)
        {
            network.Forward(spiral.Features, spiral.Labels, pass);
            history.Add((ClippedLoss(pass.Outputs, spiral.Labels), Accuracy(pass.Outputs, spiral.Labels)));

            if (step < GoldenSteps)
            {
                network.Backward(spiral.Features, spiral.Labels, pass);
                optimizer.Step(network.Parameters, pass.Gradients);
            }
        }

        foreach (JsonProperty before in golden.GetProperty("losses_before_step").EnumerateObject())
        {
            int step = int.Parse(before.Name, CultureInfo.InvariantCulture);

            if (step <= GoldenSteps)
            {
                double loss = before.Value.GetProperty("loss").GetDouble();

                double tolerance = step == GoldenSteps ? tolerances.LastLoss : tolerances.Loss;
                Assert.Equal(loss, history[step].Loss, tolerance * Math.Max(1, loss));
                Assert.Equal(before.Value.GetProperty("accuracy").GetDouble(), history[step].Accuracy, 1e-9);
            }
        }

        JsonElement after = golden.GetProperty("parameters_after_10_steps");
        double[] expected =
        [
            .. after.GetProperty("w1").Doubles(), .. after.GetProperty("b1").Doubles(),
            .. after.GetProperty("w2").Doubles(), .. after.GetProperty("b2").Doubles(),
        ];
        float[] actual = Flatten(network.Dense1.Weights, network.Dense1.Biases, network.Dense2.Weights, network.Dense2.Biases);

        double largest = expected.Max(Math.Abs);
        Numbers.AssertClose(expected, actual, tolerances.All * largest, "parameters");
        Assert.InRange(
            expected.Zip(actual).Count(pair => Math.Abs(pair.First - pair.Second) <= tolerances.Most * largest), Most * expected.Length, expected.Length);
    }

    [Theory]
    [MemberData(nameof(Settings))]
    public void Each_of_ten_steps_from_the_parameters_of_the_reference_gives_its_gradients(int setting)
    {
        JsonElement golden = GoldenData.Optimizers[setting];
        NumpyRandom random = new(golden.GetProperty("seed").GetInt64());
        Dataset spiral = Datasets.Spiral(samplesPerClass: 100, classes: 3, random);
        BookNetwork reference = new(inputs: 2, hidden: 64, outputs: 3);
        float[] parameters = reference.DrawParameters(random);
        float[] gradients = new float[reference.ParameterCount];
        TrainedSpiralNetwork network = new();
        TrainedSpiralNetwork.Workspace pass = network.CreateWorkspace(spiral.Count);
        Optimizer optimizer = OptimizerGoldenTests.Create(golden);

        for (int step = 0; step < GoldenSteps; step++)
        {
            SetParameters(network, parameters);
            network.Forward(spiral.Features, spiral.Labels, pass);
            network.Backward(spiral.Features, spiral.Labels, pass);
            double loss = reference.Run(spiral, parameters, gradients);

            Assert.Equal(loss, ClippedLoss(pass.Outputs, spiral.Labels), 1e-6 * Math.Max(1, loss));

            // The sum of an output bias's 300 terms passes through numbers of about ¼ before it cancels; both sums are float32, and each rounds there.
            double tolerance = 2e-5 * gradients.Max(Math.Abs);
            Numbers.AssertClose(
                [.. gradients.Select(static gradient => (double)gradient)],
                Flatten(pass.Dense1.Weights, pass.Dense1.Biases, pass.Dense2.Weights, pass.Dense2.Biases),
                i => i < OutputBiases ? tolerance : tolerance + Numbers.Rounding,
                $"gradients of step {step}");

            optimizer.Step(parameters, gradients);
        }
    }

    /// <summary>
    /// AdaGrad, RMSProp and Adam divide a gradient by its own size, <c>g / (|g| + 1e-7)</c>, which turns the last bit of a bias gradient of
    /// 3e-8 (the sum of 300 terms up to a thousand times as large) into the fourth digit of a parameter, and the next steps go on from
    /// there. Even gradients in float64 miss the reference by 6e-4, 3e-2 and 9e-5 after ten steps: they are repeated only by sums that round
    /// as NumPy's do, one by one in float32. These are about twice what is seen over all vector widths, with and without fused multiply-add.
    /// </summary>
    /// <returns>For the losses up to step 5 and at step 10; then as parts of the largest parameter, for 95 % of the parameters and for all.</returns>
    private static (double Loss, double LastLoss, double Most, double All) Tolerances(Optimizer optimizer) => optimizer switch
    {
        AdaGrad => (3.5e-5, 1e-5, 2e-5, 3e-4),
        RmsProp => (1e-4, 3.5e-2, 5e-3, 2.5e-2),
        Adam => (1e-5, 4.5e-5, 1e-3, 7e-2),
        _ => (1e-6, 1e-6, 1e-5, 1e-5),
    };

    /// <summary>The loss as the reference prints it, of probabilities clipped to 1e-7; the fused loss of the network is not clipped.</summary>
    private static float ClippedLoss(ReadOnlySpan<float> probabilities, ReadOnlySpan<int> labels)
    {
        double total = 0;

        for (int i = 0; i < labels.Length; i++)
        {
            total -= Math.Log(Math.Clamp(probabilities[(i * 3) + labels[i]], 1e-7f, 1 - 1e-7f));
        }

        return (float)(total / labels.Length);
    }

    private static double Accuracy(ReadOnlySpan<float> probabilities, ReadOnlySpan<int> labels)
    {
        int right = 0;

        for (int i = 0; i < labels.Length; i++)
        {
            right += TensorPrimitives.IndexOfMax(probabilities.Slice(i * 3, 3)) == labels[i] ? 1 : 0;
        }

        return (double)right / labels.Length;
    }

    private static float[] Flatten(TensorSpan<float> w1, Span<float> b1, TensorSpan<float> w2, Span<float> b2) =>
        [.. w1.ToArray(), .. b1, .. w2.ToArray(), .. b2];

    private static void SetParameters(TrainedSpiralNetwork network, ReadOnlySpan<float> parameters)
    {
        network.Dense1.Weights.Set(parameters[..128]);
        parameters.Slice(128, 64).CopyTo(network.Dense1.Biases);
        network.Dense2.Weights.Set(parameters.Slice(192, 192));
        parameters[OutputBiases..].CopyTo(network.Dense2.Biases);
    }
}
