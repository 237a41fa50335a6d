namespace Nnfs.Sweeps.Tests;

/// <summary>Trains small networks of two shapes on the spiral.</summary>
internal sealed class SpiralObjective : Objective
{
    public static readonly Parameter<int> Width = Parameter.Choice("width", 8, 16);
    public static readonly Parameter<float> Rate = Parameter.LogUniform("rate", 0.003f, 0.3f);

    private readonly Dataset _training = Datasets.Spiral(samplesPerClass: 40, classes: 3, new NumpyRandom(seed: 0));
    private readonly Dataset _validation = Datasets.Spiral(samplesPerClass: 20, classes: 3, new NumpyRandom(seed: 1));

    public override IReadOnlyList<Parameter> Space => [Width, Rate];

    public override string FigureName => "validation accuracy";

    public override Goal Goal => Goal.Maximize;

    public override double Train(Trial trial) => Accuracy(trial.Get(Width) == 8
        ? trial.Train(new NarrowNet(trial.Seed), _training, Options(trial.Get(Rate)))
        : trial.Train(new WideNet(trial.Seed), _training, Options(trial.Get(Rate))));

    /// <summary>The figure of a trial by an ordinary training, without a sweep.</summary>
    public double TrainAlone(TrialResult trial, int epochs)
    {
        TrainingOptions options = Options(trial.Get(Rate)) with { Epochs = epochs, Seed = trial.Seed };

        return Accuracy(trial.Get(Width) == 8 ? new NarrowNet(trial.Seed).Train(_training, options) : new WideNet(trial.Seed).Train(_training, options));
    }

    private TrainingOptions Options(float rate) => new()
    {
        Optimizer = new Adam(rate),
        Schedule = LearningRateSchedule.Cosine(),
        ValidationData = new ValidationData(_validation),
        AveragedWeights = new AveragedWeights(0.9f),
    };

    /// <summary>Accuracies of 60 samples are often equal: the loss tells them apart.</summary>
    private static double Accuracy(TrainingHistory history) =>
        history.Epochs[^1].ValidationAccuracy!.Value - (0.001 * history.Epochs[^1].ValidationLoss!.Value);
}
