namespace Nnfs.Tests;

/// <summary>The settings under which every optimizer is tested; a test names one, so that it reads well in a list.</summary>
internal static class OptimizerCase
{
    /// <summary>
    /// The defaults, and settings where each constant, decay and the place of ε change the result visibly. What has a weight decay decays biases
    /// too, so that steps of spans and of networks are the same.
    /// </summary>
    public static TheoryData<string> All =>
    [
        "Sgd", "Sgd decay", "Momentum", "Momentum decay", "AdaGrad", "AdaGrad decay ε", "RmsProp", "RmsProp decay ε ρ", "Adam", "Adam decay ε β",
        "AdamW", "AdamW decay ε β λ", "Nadam", "Nadam decay ε β", "Lion", "Lion decay β λ",
    ];

    public static Optimizer Create(string name) => name switch
    {
        "Sgd" => new Sgd(),
        "Sgd decay" => new Sgd(0.3f) { Decay = 0.5f },
        "Momentum" => new Sgd { Momentum = 0.9f },
        "Momentum decay" => new Sgd(0.3f) { Momentum = 0.5f, Decay = 0.5f },
        "AdaGrad" => new AdaGrad(),
        "AdaGrad decay ε" => new AdaGrad(0.3f) { Decay = 0.5f, Epsilon = 0.25f },
        "RmsProp" => new RmsProp(),
        "RmsProp decay ε ρ" => new RmsProp(0.3f) { Decay = 0.5f, Epsilon = 0.25f, Rho = 0.6f },
        "Adam" => new Adam(),
        "Adam decay ε β" => new Adam(0.3f) { Decay = 0.5f, Epsilon = 0.25f, Beta1 = 0.6f, Beta2 = 0.7f },
        "AdamW" => new AdamW { DecayBiases = true },
        "AdamW decay ε β λ" => new AdamW(0.3f) { Decay = 0.5f, Epsilon = 0.25f, Beta1 = 0.6f, Beta2 = 0.7f, WeightDecay = 0.4f, DecayBiases = true },
        "Nadam" => new Nadam(),
        "Nadam decay ε β" => new Nadam(0.3f) { Decay = 0.5f, Epsilon = 0.25f, Beta1 = 0.6f, Beta2 = 0.7f },
        "Lion" => new Lion(),
        "Lion decay β λ" => new Lion(0.3f) { Decay = 0.5f, Beta1 = 0.6f, Beta2 = 0.7f, WeightDecay = 0.4f, DecayBiases = true },
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, "No such case."),
    };
}
