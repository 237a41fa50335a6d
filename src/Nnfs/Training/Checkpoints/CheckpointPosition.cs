using System.Globalization;
using Nnfs.Files.Safetensors;

namespace Nnfs.Training.Checkpoints;

/// <summary>The numbers of a checkpoint that are not those of parameters: how far the training has come.</summary>
/// <param name="Epoch">The epoch that is under way, from 1.</param>
/// <param name="Batches">The batches of it that are done.</param>
/// <param name="LossSum">The sum of the losses of their samples.</param>
/// <param name="DataLossSum">The same of their losses without what regularisation added.</param>
/// <param name="RegularizationLossSum">The same of what regularisation added to them.</param>
/// <param name="Right">How many of their samples, or of the outputs of these, were right.</param>
/// <param name="OptimizerSteps">The steps that the optimizer has taken.</param>
/// <param name="SummedSamples">The samples whose gradients are summed for the next step.</param>
/// <param name="LearningRate">The learning rate of the last step.</param>
/// <param name="BaseLearningRate">The learning rate that the schedule multiplies, which a callback may have changed.</param>
/// <param name="GreatestGradient">The greatest magnitude of any gradient that a step has followed.</param>
/// <param name="GreatestLearningRate">The greatest learning rate of any step.</param>
/// <param name="BestEpoch">The best epoch.</param>
/// <param name="BestLoss">Its loss.</param>
/// <param name="EpochsSinceBest">How many epochs have passed since.</param>
internal sealed record CheckpointPosition(
    int Epoch,
    int Batches,
    double LossSum,
    double DataLossSum,
    double RegularizationLossSum,
    int Right,
    long OptimizerSteps,
    int SummedSamples,
    float LearningRate,
    float BaseLearningRate,
    float GreatestGradient,
    float GreatestLearningRate,
    int BestEpoch,
    float BestLoss,
    int EpochsSinceBest)
{
    /// <summary>Under which the metadata has the learning rate that the schedule multiplies.</summary>
    public const string BaseLearningRateName = "base_learning_rate";

    /// <summary>How far a training has come.</summary>
    public static CheckpointPosition Of(TrainingState state, GradientSteps steps, BestEpoch best) => new(
        state.Epoch,
        state.Batches,
        state.LossSum,
        state.DataLossSum,
        state.RegularizationLossSum,
        state.Right,
        steps.Optimizer.Steps,
        steps.SummedSamples,
        steps.LastLearningRate,
        steps.BaseLearningRate,
        steps.GreatestGradient,
        steps.GreatestLearningRate,
        best.Epoch,
        best.Loss,
        best.EpochsSince);

    /// <summary>Reads the position from a file's metadata.</summary>
    /// <exception cref="SafetensorsException">A number is missing, or can't be right.</exception>
    public static CheckpointPosition Read(SafetensorsHeader header, int batchesPerEpoch) => new(
        Number(header, "epoch", 1, int.MaxValue),
        Number<int>(header, "batches", 0, batchesPerEpoch - 1),
        Number<double>(header, "loss_sum", double.NegativeInfinity, double.PositiveInfinity),
        Number<double>(header, "data_loss_sum", double.NegativeInfinity, double.PositiveInfinity),
        Number<double>(header, "regularization_loss_sum", double.NegativeInfinity, double.PositiveInfinity),
        Number<int>(header, "right", 0, int.MaxValue),
        Number<long>(header, "optimizer_steps", 0, long.MaxValue),
        Number<int>(header, "summed_samples", 0, int.MaxValue),
        Number<float>(header, "learning_rate", 0, float.PositiveInfinity),
        Number<float>(header, BaseLearningRateName, 0, float.MaxValue),
        Number<float>(header, "greatest_gradient", 0, float.MaxValue),
        Number<float>(header, "greatest_learning_rate", 0, float.MaxValue),
        Number<int>(header, "best_epoch", 0, int.MaxValue),
        Number<float>(header, "best_loss", float.NaN, float.NaN),
        Number<int>(header, "epochs_since_best", 0, int.MaxValue));

    /// <summary>The position as metadata. Every number is the shortest text that reads back as the same.</summary>
    public IEnumerable<KeyValuePair<string, string>> ToMetadata() =>
    [
        Text("epoch", Epoch),
        Text("batches", Batches),
        Text("loss_sum", LossSum),
        Text("data_loss_sum", DataLossSum),
        Text("regularization_loss_sum", RegularizationLossSum),
        Text("right", Right),
        Text("optimizer_steps", OptimizerSteps),
        Text("summed_samples", SummedSamples),
        Text("learning_rate", LearningRate),
        Text(BaseLearningRateName, BaseLearningRate),
        Text("greatest_gradient", GreatestGradient),
        Text("greatest_learning_rate", GreatestLearningRate),
        Text("best_epoch", BestEpoch),
        Text("best_loss", BestLoss),
        Text("epochs_since_best", EpochsSinceBest),
    ];

    /// <summary>Puts a training there, except for the optimizer's steps.</summary>
    public void Apply(TrainingState state, GradientSteps steps, BestEpoch best)
    {
        state.Epoch = Epoch;
        state.Batches = Batches;
        state.LossSum = LossSum;
        state.DataLossSum = DataLossSum;
        state.RegularizationLossSum = RegularizationLossSum;
        state.Right = Right;
        steps.SummedSamples = SummedSamples;
        steps.LastLearningRate = LearningRate;
        steps.BaseLearningRate = BaseLearningRate;
        steps.GreatestGradient = GreatestGradient;
        steps.GreatestLearningRate = GreatestLearningRate;
        best.Epoch = BestEpoch;
        best.Loss = BestLoss;
        best.EpochsSince = EpochsSinceBest;
        best.HasParameters = best.RestoresParameters && BestEpoch > 0;
    }

    /// <summary>A number of the metadata; NaN as the least means that any number, and none, will do.</summary>
    /// <exception cref="SafetensorsException">It is missing, or can't be right.</exception>
    public static T Number<T>(SafetensorsHeader header, string name, T least, T most)
        where T : System.Numerics.INumber<T>
    {
        string? text = header.Metadata(name);

        return T.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out T? value) && (T.IsNaN(least) || (value >= least && value <= most))
            ? value
            : throw new SafetensorsException(
                FormattableString.Invariant($"Expected a number from {least} to {most} under '{name}' in the checkpoint's metadata, but it is '{text}'."));
    }

    private static KeyValuePair<string, string> Text<T>(string name, T value)
        where T : IFormattable => new(name, value.ToString(null, CultureInfo.InvariantCulture));
}
