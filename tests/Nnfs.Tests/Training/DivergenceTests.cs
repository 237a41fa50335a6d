using System.Globalization;
using Nnfs.Training;

namespace Nnfs.Tests.Training;

public class DivergenceTests
{
    [Fact]
    public void Feature_that_is_not_a_number_is_found_in_its_epoch_batch_and_first_layer()
    {
        Problem problem = new(32);
        SmallNetwork network = new(seed: 7);
        problem.Features[(17 * 4) + 2] = float.NaN;

        TrainingDivergedException exception = Assert.Throws<TrainingDivergedException>(
            () => network.Train(problem.Features, problem.Labels, new TrainingOptions { Shuffle = false, BatchSize = 8, Optimizer = new Sgd(0.1f) }));

        Assert.Equal((1, 3, "Dense1"), (exception.Epoch, exception.Batch, exception.Layer));
        Assert.True(float.IsNaN(exception.Loss));
        Assert.Equal(
            "In epoch 1, batch 3, the loss is NaN, and the first layer with a gradient that is infinite or not a number is 'Dense1'. " +
            "Among the data, feature 2 of sample 17 is NaN.",
            exception.Message);

        // The two batches before were learned from, this one was not.
        TrainTests.AssertSame(new Problem(32).TrainPlainly(2, 8, new Sgd(0.1f)), network);
    }

    [Fact]
    public void Gradient_that_overflows_names_its_layer_though_the_loss_is_finite()
    {
        // Hidden values and logits are zero, so that the loss is log 2; but the first layer's gradient is 1e20 · 0.5 · 2e20.
        NamedNetwork network = new();
        network.Parameters.Clear();

        for (int i = 0; i < 3; i++)
        {
            network.Second.Weights[i, 0] = 1e20f;
            network.Second.Weights[i, 1] = -1e20f;
        }

        TrainingDivergedException exception = Assert.Throws<TrainingDivergedException>(
            () => network.Train([1e20f, 1e20f], (int[])[0], new TrainingOptions { ClipNorm = 1f }));

        Assert.Equal((1, 1, "First"), (exception.Epoch, exception.Batch, exception.Layer));
        Assert.Equal(MathF.Log(2), exception.Loss, 1e-6f);
    }

    [Fact]
    public void Loss_that_overflows_though_all_gradients_are_finite_names_the_loss()
    {
        // Logits 0 and 5: the loss is 3e38 · log(1 + e⁵), and no float32; its gradient is about −3e38.
        NamedNetwork network = new();
        network.Parameters.Clear();
        network.Second.Biases[1] = 5f;

        TrainingDivergedException exception = Assert.Throws<TrainingDivergedException>(
            () => network.Train([1f, 1f], (float[])[3e38f, 0f], new TrainingOptions()));

        Assert.Equal((1, 1, "SoftmaxCrossEntropy"), (exception.Epoch, exception.Batch, exception.Layer));
        Assert.Equal("In epoch 1, batch 1, the loss is Infinity, and all gradients are finite: it is 'SoftmaxCrossEntropy' that overflows.", exception.Message);
    }

    [Fact]
    public void Steps_that_are_too_long_are_found_and_leave_finite_parameters()
    {
        Problem problem = new(32);
        SmallNetwork network = new(seed: 7);

        TrainingDivergedException exception = Assert.Throws<TrainingDivergedException>(
            () => network.Train(problem.Features, problem.Labels, new TrainingOptions { Epochs = 200, Optimizer = new Sgd(1e37f) }));

        Assert.InRange(exception.Epoch, 2, 200);
        Assert.Contains(
            string.Create(CultureInfo.InvariantCulture, $"epoch {exception.Epoch}, batch {exception.Batch}"), exception.Message, StringComparison.Ordinal);
        Assert.All(network.Parameters.ToArray(), static value => Assert.True(float.IsFinite(value)));
    }

    [Theory]
    [InlineData(0, "First")]
    [InlineData(3, "First")]
    [InlineData(8, "Second")]
    public void First_failing_layer_is_found_wherever_its_gradient_is(int parameter, string layer)
    {
        // In the order of the logical tensors: weights [2, 3] and biases [3] of the first layer, then those of the second.
        NamedNetwork.Workspace pass = new NamedNetwork().CreateWorkspace(1);
        Assert.Null(FiniteCheck.FirstFailingLayer<NamedNetwork>(pass.Gradients));

        if (parameter < 6)
        {
            pass.First.Weights[parameter / 3, parameter % 3] = float.NegativeInfinity;
        }
        else
        {
            pass.Second.Biases[parameter - 7] = float.NaN;
        }

        Assert.Equal(layer, FiniteCheck.FirstFailingLayer<NamedNetwork>(pass.Gradients));
    }
}
