using Nnfs;
using Nnfs.Sweeps;

namespace SpiralSweep;

/// <summary>The same network and the same options with other seeds: how much is chance?</summary>
internal sealed class SeedObjective : Objective
{
    public static readonly Parameter<int> Seed = Parameter.WholeNumber("seed", 0, 999_999);

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> Space => [Seed];

    /// <inheritdoc/>
    public override string FigureName => "validation loss";

    /// <inheritdoc/>
    public override double Train(Trial trial)
    {
        DeepNet net = new(trial.Get(Seed));
        TrainingHistory history = trial.Train(net, SpiralData.Training, new TrainingOptions
        {
            Optimizer = new Adam(0.01f),
            Schedule = LearningRateSchedule.Cosine(),
            ValidationData = new ValidationData(SpiralData.Validation),
        });

        return history.Epochs[^1].ValidationLoss!.Value;
    }
}
