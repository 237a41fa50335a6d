using System.Numerics.Tensors;

namespace Nnfs.Training;

/// <summary>Makes steps of gradients: adds up those of several batches, clips them, scales the learning rate, and lets the optimizer step.</summary>
internal sealed class GradientSteps
{
    private readonly TrainingOptions _options;
    private readonly float _learningRate;
    private readonly AlignedBlock? _sum;

    public GradientSteps(TrainingOptions options, Optimizer optimizer, int parameterLength, int batches)
    {
        _options = options;
        _learningRate = optimizer.LearningRate;
        Batches = batches;
        _sum = options.AccumulationSteps > 1 ? new AlignedBlock(parameterLength) : null;
        StepsPerEpoch = ((batches - 1) / options.AccumulationSteps) + 1;
        Optimizer = optimizer;
        LastLearningRate = optimizer.CurrentLearningRate;
    }

    /// <summary>The optimizer, whose learning rate is changed until <see cref="End"/>.</summary>
    public Optimizer Optimizer { get; }

    /// <summary>The number of batches of an epoch.</summary>
    public int Batches { get; }

    /// <summary>The number of steps of an epoch.</summary>
    public int StepsPerEpoch { get; }

    /// <summary>The learning rate of the last step; before the first, that of the first without a schedule.</summary>
    public float LastLearningRate { get; set; }

    /// <summary>The gradients of the batches since the last step, each times its samples; empty where every batch is a step.</summary>
    public Span<float> Sum => _sum is null ? [] : _sum.Span;

    /// <summary>The samples of the batches in <see cref="Sum"/>.</summary>
    public int SummedSamples { get; set; }

    /// <summary>Whether gradients of several batches are summed.</summary>
    public bool Accumulates => _sum is not null;

    /// <summary>Makes room for what the optimizer remembers, or checks that it fits the parameters where there is some already.</summary>
    /// <exception cref="ArgumentException">The optimizer has served another number of parameters.</exception>
    public void Begin(ReadOnlySpan<float> parameters) => Optimizer.Begin(parameters);

    /// <summary>Takes the gradients of a batch, and makes a step where one is due.</summary>
    /// <param name="parameters">The parameters.</param>
    /// <param name="gradients">The gradients of the mean loss of the batch; changed.</param>
    /// <param name="samples">The number of samples of the batch.</param>
    /// <param name="epoch">The epoch, from 1.</param>
    /// <param name="batch">The batch, from 1.</param>
    public void Add(Span<float> parameters, Span<float> gradients, int samples, int epoch, int batch)
    {
        long step = ((epoch - 1L) * StepsPerEpoch) + ((batch - 1) / _options.AccumulationSteps);

        if (_sum is null)
        {
            Step(parameters, gradients, step);

            return;
        }

        if (SummedSamples == 0)
        {
            Sum.Clear();
        }

        TensorPrimitives.MultiplyAdd(gradients, samples, Sum, Sum);
        SummedSamples += samples;

        if (batch % _options.AccumulationSteps == 0 || batch == Batches)
        {
            TensorPrimitives.Divide(Sum, SummedSamples, Sum);
            Step(parameters, Sum, step);
            SummedSamples = 0;
        }
    }

    /// <summary>Gives the optimizer back the learning rate that it came with.</summary>
    public void End() => Optimizer.LearningRate = _learningRate;

    private void Step(Span<float> parameters, Span<float> gradients, long step)
    {
        if (_options.ClipNorm is { } longest && GradientNorm.Of(gradients) is var norm && norm > longest)
        {
            TensorPrimitives.Multiply(gradients, (float)(longest / norm), gradients);
        }

        double factor = _options.Schedule.Factor(step, (long)_options.Epochs * StepsPerEpoch, StepsPerEpoch);
        Optimizer.LearningRate = (float)(_learningRate * factor);
        LastLearningRate = Optimizer.CurrentLearningRate;
        Optimizer.Step(parameters, gradients);
    }
}
