using Nnfs;
using Nnfs.Sweeps;

namespace SpiralSweep;

/// <summary>How well a network of some shape learns the spiral by some optimizer: its loss on a spiral that it was not trained on.</summary>
internal sealed class SpiralObjective : Objective
{
    public static readonly Parameter<string> Network = Parameter.Choice("network", "16", "64", "32-32");
    public static readonly Parameter<float> LearningRate = Parameter.LogUniform("learning rate", 0.0005f, 0.5f);
    public static readonly Parameter<int> BatchSize = Parameter.Choice("batch size", 16, 32, 64, 128);
    public static readonly Parameter<Func<float, Optimizer>> Optimizer = Parameter.NamedChoice<Func<float, Optimizer>>(
        "optimizer",
        ("Adam", static rate => new Adam(rate)),
        ("AdamW", static rate => new AdamW(rate)),
        ("momentum", static rate => new Sgd(rate) { Momentum = 0.9f }));

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> Space => [Network, LearningRate, BatchSize, Optimizer];

    /// <inheritdoc/>
    public override string FigureName => "validation loss";

    /// <inheritdoc/>
    public override double Train(Trial trial)
    {
        TrainingOptions options = new()
        {
            Optimizer = trial.Get(Optimizer)(trial.Get(LearningRate)),
            BatchSize = trial.Get(BatchSize),
            Schedule = LearningRateSchedule.Cosine(),
            ValidationData = new ValidationData(SpiralData.Validation),
        };

        // Each shape is a class of its own.
        TrainingHistory history = trial.Get(Network) switch
        {
            "16" => trial.Train(new SmallNet(trial.Seed), SpiralData.Training, options),
            "64" => trial.Train(new MediumNet(trial.Seed), SpiralData.Training, options),
            _ => trial.Train(new DeepNet(trial.Seed), SpiralData.Training, options),
        };

        return history.Epochs[^1].ValidationLoss!.Value;
    }
}
