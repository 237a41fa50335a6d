using System.Collections.Immutable;
using System.Numerics.Tensors;
using Nnfs.Optimizers;

namespace Nnfs.Training;

/// <summary>Makes steps of gradients: adds up those of several batches, clips them, scales the learning rate, and lets the optimizer step.</summary>
internal sealed class GradientSteps
{
    /// <summary>A step that is no longer than this can't take a finite parameter beyond the greatest float, where neighbours are 2e31 apart.</summary>
    private const double ShortStep = 1e30;

    private readonly TrainingOptions _options;
    private readonly Optimizer _recipe;
    private readonly LearningRateSchedule _schedule;
    private readonly GradientScan _scan;
    private readonly ThreadTeam? _team;
    private readonly ImmutableArray<ParameterRun> _runs;
    private readonly AlignedBlock? _sum;
    private AlignedBlock? _before;
    private bool _isBeforeKept;

    /// <summary>Prepares the steps of a training.</summary>
    /// <param name="options">How it is trained.</param>
    /// <param name="recipe">What its optimizer is a new copy of. Its learning rate is followed; it is not changed until <see cref="End"/>.</param>
    /// <param name="parameterLength">The number of parameters, padding included.</param>
    /// <param name="batches">The number of batches of an epoch.</param>
    /// <param name="team">The threads that share a step; <see langword="null"/> where there is only the one that calls.</param>
    /// <param name="runs">What the parameters are, part by part.</param>
    public GradientSteps(
        TrainingOptions options, Optimizer recipe, int parameterLength, int batches, ThreadTeam? team, ImmutableArray<ParameterRun> runs)
    {
        _options = options;
        _recipe = recipe;
        _schedule = options.Schedule.BeginTraining();
        _scan = new GradientScan(parameterLength, measuresLength: options.ClipNorm is not null);
        _team = team;
        _runs = runs;
        Batches = batches;
        _sum = options.AccumulationSteps > 1 ? new AlignedBlock(parameterLength) : null;
        StepsPerEpoch = ((batches - 1) / options.AccumulationSteps) + 1;
        Averages = options.AveragedWeights is { } averaged ? new ParameterAverages(averaged, parameterLength) : null;
        Optimizer = recipe.CreateNew();
        LastLearningRate = Optimizer.CurrentLearningRate;
    }

    /// <summary>The optimizer of this training.</summary>
    public Optimizer Optimizer { get; }

    /// <summary>The averages of the parameters; <see langword="null"/> where they are not averaged.</summary>
    public ParameterAverages? Averages { get; }

    /// <summary>The learning rate that the schedule multiplies, which is that of the optimizer in the options.</summary>
    public float BaseLearningRate
    {
        get => _recipe.LearningRate;
        set => _recipe.LearningRate = value;
    }

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

    /// <summary>The greatest magnitude of any gradient that a step has followed.</summary>
    public float GreatestGradient { get; set; }

    /// <summary>The greatest learning rate of any step.</summary>
    public float GreatestLearningRate { get; set; }

    /// <summary>Makes room for what the optimizer remembers, and starts the averages.</summary>
    public void Begin(ReadOnlySpan<float> parameters)
    {
        Optimizer.Begin(parameters);
        Averages?.Begin(parameters);
    }

    /// <summary>Looks at the gradients of a batch, before anything else is done with them.</summary>
    /// <returns>Whether all are finite.</returns>
    public bool AreFinite(ReadOnlySpan<float> gradients)
    {
        _scan.Read(gradients, _team);

        return _scan.AreFinite;
    }

    /// <summary>Adds the gradients of a batch to those since the last step. The sum may overflow.</summary>
    /// <param name="gradients">The gradients of the mean loss of the batch.</param>
    /// <param name="samples">The number of samples of the batch.</param>
    public void Add(ReadOnlySpan<float> gradients, int samples)
    {
        if (SummedSamples == 0)
        {
            Sum.Clear();
        }

        TensorPrimitives.MultiplyAdd(gradients, samples, Sum, Sum);
        SummedSamples += samples;
    }

    /// <summary>Whether a step is due after a batch, from 1.</summary>
    public bool IsDueAfter(int batch) => _sum is null || batch % _options.AccumulationSteps == 0 || batch == Batches;

    /// <summary>Steps along the mean of the gradients that were added up.</summary>
    public bool StepAlongSum(Span<float> parameters, int epoch, int batch)
    {
        TensorPrimitives.Divide(Sum, SummedSamples, Sum);
        _scan.Read(Sum, _team);
        bool isSurelyFinite = Step(parameters, Sum, epoch, batch);
        SummedSamples = 0;

        return isSurelyFinite;
    }

    /// <summary>Steps along gradients. Where it is not sure that all numbers stay finite, it keeps the parameters from before.</summary>
    /// <param name="parameters">The parameters; changed.</param>
    /// <param name="gradients">The gradients that were looked at last, all finite; changed.</param>
    /// <param name="epoch">The epoch, from 1.</param>
    /// <param name="batch">The batch, from 1.</param>
    /// <returns>Whether parameters and all that the optimizer remembers are surely finite; where not, they must be looked at.</returns>
    public bool Step(Span<float> parameters, Span<float> gradients, int epoch, int batch)
    {
        Optimizer.LearningRate = Scheduled(epoch, batch);
        float greatest = _options.ClipNorm is { } longest && _scan.Length > longest
            ? GradientClip.Apply(gradients, _scan.Length, longest, _scan.Greatest, _team)
            : _scan.Greatest;

        GreatestGradient = Math.Max(GreatestGradient, greatest);
        GreatestLearningRate = Math.Max(GreatestLearningRate, Optimizer.LearningRate);
        bool isSurelyFinite = Optimizer.Reach(GreatestLearningRate, GreatestGradient) < ShortStep;

        if (!isSurelyFinite)
        {
            _before ??= new AlignedBlock(parameters.Length);
            parameters.CopyTo(_before.Span);
            _isBeforeKept = true;
        }

        LastLearningRate = Optimizer.CurrentLearningRate;
        Optimizer.Step(parameters, gradients, _team, mayBeAnother: false, _runs);

        return isSurelyFinite;
    }

    /// <summary>Forgets the parameters from before the step, which was a good one, and adds those after it to the averages.</summary>
    public void Accept(ReadOnlySpan<float> parameters)
    {
        _isBeforeKept = false;
        Averages?.Add(parameters, Optimizer.Steps, _team);
    }

    /// <summary>Puts back the parameters from before the step, if they were kept.</summary>
    public void TakeBack(Span<float> parameters)
    {
        if (_isBeforeKept)
        {
            _before!.Span.CopyTo(parameters);
            _isBeforeKept = false;
        }
    }

    /// <summary>Tells the schedule of an epoch that has ended.</summary>
    public void EndEpoch(EpochReport report) => _schedule.EndEpoch(report);

    /// <summary>Shows in the optimizer of the options what that of this training has learned.</summary>
    public void End() => _recipe.TakeOver(Optimizer);

    private float Scheduled(int epoch, int batch)
    {
        long step = ((epoch - 1L) * StepsPerEpoch) + ((batch - 1) / _options.AccumulationSteps);
        double factor = _schedule.Factor(step, (long)_options.Epochs * StepsPerEpoch, StepsPerEpoch);
        float rate = (float)(BaseLearningRate * factor);

        return factor >= 0 && float.IsFinite(rate)
            ? rate
            : throw new InvalidOperationException(FormattableString.Invariant(
                $"Expected a factor that is finite and at least 0, and keeps the learning rate {BaseLearningRate} finite, but the schedule '{_schedule}' ") +
                FormattableString.Invariant($"gives {factor} for step {step}, counted from 0."));
    }
}
