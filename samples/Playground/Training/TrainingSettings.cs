using Nnfs;

namespace Playground.Training;

/// <summary>How a network is trained.</summary>
/// <param name="Optimizer">The name of the optimizer.</param>
/// <param name="LearningRate">Its learning rate.</param>
/// <param name="Penalty">What is added to the loss: none, L1 or L2 of all weights.</param>
/// <param name="PenaltyRate">Its λ.</param>
/// <param name="BatchSize">The samples of a step; 0 takes all.</param>
/// <param name="Seed">Of the weights and the order of the samples.</param>
internal sealed record TrainingSettings(string Optimizer, float LearningRate, string Penalty, float PenaltyRate, int BatchSize, int Seed)
{
    /// <summary>The λ of L1, where that is the penalty.</summary>
    public float L1 => Penalty == "L1" ? PenaltyRate : 0;

    /// <summary>The λ of L2, where that is the penalty.</summary>
    public float L2 => Penalty == "L2" ? PenaltyRate : 0;

    /// <summary>A new optimizer.</summary>
    public Optimizer CreateOptimizer() => Optimizer switch
    {
        "SGD" => new Sgd(LearningRate),
        "Momentum" => new Sgd(LearningRate) { Momentum = 0.9f },
        "RMSProp" => new RmsProp(LearningRate),
        "Adam" => new Adam(LearningRate),
        "AdamW" => new AdamW(LearningRate),
        _ => throw new PlaygroundException($"There is no optimizer named '{Optimizer}'."),
    };
}
