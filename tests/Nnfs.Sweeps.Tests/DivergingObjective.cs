namespace Nnfs.Sweeps.Tests;

/// <summary>A regression whose rates are so great that some diverge.</summary>
internal sealed class DivergingObjective : Objective
{
    public static readonly Parameter<float> Rate = Parameter.Choice("rate", 0.01f, 1e30f);

    private readonly RegressionDataset _sine = Datasets.Sine(samples: 100);

    public override IReadOnlyList<Parameter> Space => [Rate];

    public override double Train(Trial trial) =>
        trial.Train(new SineNet(trial.Seed), _sine, new TrainingOptions { Optimizer = new Sgd(trial.Get(Rate)) }).Epochs[^1].Loss;
}
