using System.Numerics.Tensors;
using Nnfs;

namespace Book;

/// <summary>A network trained as the book trains it: on all samples at once, in their order, with Adam.</summary>
/// <param name="History">The figures of each epoch. They are those before its step, as the book prints them, but epochs count from 1 here.</param>
/// <param name="Test">The figures on data that training has not seen; none for the sine.</param>
internal sealed record Result(TrainingHistory History, (float Loss, float Accuracy)? Test)
{
    /// <summary>The spiral by a 2-64-3 network with L2.</summary>
    public static Result SpiralWithL2(int epochs)
    {
        NumpyRandom random = new(seed: 0);
        Dataset training = Datasets.Spiral(samplesPerClass: 1000, classes: 3, random);
        RegularizedNet net = new(random);
        Dataset test = Datasets.Spiral(samplesPerClass: 100, classes: 3, random);
        TrainingHistory history = net.Train(training, Options(epochs, new Adam(learningRate: 0.02f) { Decay = 5e-7f }));

        return new Result(history, Figures(net.Evaluate(test)));
    }

    /// <summary>The spiral by a 2-512-3 network with L2 and dropout.</summary>
    public static Result SpiralWithDropout(int epochs)
    {
        NumpyRandom random = new(seed: 0);
        Dataset training = Datasets.Spiral(samplesPerClass: 1000, classes: 3, random);
        DropoutNet net = new(random);
        Dataset test = Datasets.Spiral(samplesPerClass: 100, classes: 3, random);
        TrainingHistory history = net.Train(training, Options(epochs, new Adam(learningRate: 0.05f) { Decay = 5e-5f }));

        return new Result(history, Figures(net.Evaluate(test)));
    }

    /// <summary>Two arms of the spiral by a 2-64-1 network with a sigmoid.</summary>
    public static Result BinarySpiral(int epochs)
    {
        NumpyRandom random = new(seed: 0);
        Dataset training = Datasets.Spiral(samplesPerClass: 100, classes: 2, random);
        BinaryNet net = new(random);
        Dataset test = Datasets.Spiral(samplesPerClass: 100, classes: 2, random);
        TrainingHistory history = net.Train(training, Options(epochs, new Adam { Decay = 5e-7f }));

        return new Result(history, Figures(net.Evaluate(test)));
    }

    /// <summary>
    /// The sine by a 1-64-64-1 network, whose weights are drawn ten times as large as the others': smaller ones let hardly any gradient through.
    /// </summary>
    public static Result Sine(int epochs)
    {
        NumpyRandom random = new(seed: 0);
        SineNet net = new();
        Draw(net.Dense1.Weights, random);
        Draw(net.Dense2.Weights, random);
        Draw(net.Dense3.Weights, random);

        return new Result(net.Train(Datasets.Sine(samples: 1000), Options(epochs, new Adam(learningRate: 0.005f) { Decay = 1e-3f })), Test: null);
    }

    private static TrainingOptions Options(int epochs, Optimizer optimizer) => new() { Epochs = epochs, BatchSize = 0, Shuffle = false, Optimizer = optimizer };

    private static (float Loss, float Accuracy) Figures(Evaluation evaluation) => (evaluation.Loss, evaluation.Accuracy);

    /// <summary>0.1 · N(0, 1).</summary>
    private static void Draw(TensorSpan<float> weights, NumpyRandom random)
    {
        for (nint input = 0; input < weights.Lengths[0]; input++)
        {
            for (nint neuron = 0; neuron < weights.Lengths[1]; neuron++)
            {
                weights[input, neuron] = 0.1f * (float)random.NextGaussian();
            }
        }
    }
}
