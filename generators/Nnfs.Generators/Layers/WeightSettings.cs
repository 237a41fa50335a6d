using Nnfs.Generators.Models;
using Nnfs.Generators.Parsing;

namespace Nnfs.Generators.Layers;

/// <summary>How the weights and biases of a layer begin, and what they add to the loss: what dense layers and convolutions are set with.</summary>
/// <param name="Initializer">How the weights are drawn; never <see cref="WeightInitializer.Auto"/>.</param>
/// <param name="Weights">What its weights add to the loss.</param>
/// <param name="Biases">What its biases add to the loss.</param>
internal sealed record WeightSettings(WeightInitializer Initializer, PenaltySpec Weights, PenaltySpec Biases)
{
    /// <summary>The settings of a layer that is read.</summary>
    public static WeightSettings Of(LayerReading layer) =>
        new(InitializerOf(layer), Penalty(layer, "WeightL1", "WeightL2"), Penalty(layer, "BiasL1", "BiasL2"));

    /// <summary>What a view of the parameters says.</summary>
    /// <param name="formula">What the layer computes, with its sizes.</param>
    /// <param name="weights">The weights with their symbol and sizes.</param>
    /// <param name="biases">The biases with their symbol and sizes; <see langword="null"/> where there are none.</param>
    /// <param name="outputs">What the layer's outputs are called in formulas.</param>
    public IReadOnlyList<string> Summary(string formula, string weights, string? biases, string outputs)
    {
        string[] terms = [.. Terms(Weights, "W"), .. biases is null ? [] : Terms(Biases, "b")];
        string summary = $"{formula}. Weights {weights} start from {Distribution(outputs)}{(biases is null ? "" : $", biases {biases} from 0")}.";

        return terms.Length == 0 ? [summary] : [summary, $"They add to the loss: {string.Join(", ", terms)}."];
    }

    /// <summary>What a view of the parameters of a recurrent layer says.</summary>
    /// <param name="formula">What the layer computes, with its sizes.</param>
    /// <param name="inputs">The input weights with their symbol and sizes.</param>
    /// <param name="states">The recurrent weights with their symbol and sizes.</param>
    /// <param name="biases">The biases with their symbols and sizes.</param>
    /// <param name="biasStart">What the biases start from.</param>
    /// <param name="isBidirectional">Whether there is a second set.</param>
    public IReadOnlyList<string> RecurrentSummary(string formula, string inputs, string states, string biases, string biasStart, bool isBidirectional)
    {
        string[] terms = [.. Terms(Weights, "W"), .. Terms(Weights, "U"), .. Terms(Biases, "b")];
        string both = isBidirectional ? " A second set, called Backward…, takes the steps from the last to the first." : "";
        string summary = $"{formula}.{both} Input weights {inputs} start from {Distribution("columns")}, recurrent weights {states} from orthogonal rows, " +
            $"biases {biases} {biasStart}.";

        return terms.Length == 0 ? [summary] : [summary, $"They add to the loss: {string.Join(", ", terms)}."];
    }

    private string Distribution(string outputs) => Initializer switch
    {
        WeightInitializer.HeNormal => "N(0, 2 / inputs)",
        WeightInitializer.GlorotUniform => $"U(−l, l), l = √(6 / (inputs + {outputs}))",
        _ => "0.01 · N(0, 1)",
    };

    private static IEnumerable<string> Terms(PenaltySpec penalty, string symbol)
    {
        (float Factor, string Sum)[] terms = [(penalty.L1, $"Σ|{symbol}|"), (penalty.L2, $"Σ{symbol}²")];

        return terms.Where(static term => term.Factor > 0).Select(static term => $"{Wording.Plain(term.Factor)} · {term.Sum}");
    }

    private static PenaltySpec Penalty(LayerReading layer, string l1, string l2) =>
        new(layer.NotNegative(layer.Property(l1, l1, missing: 0f)), layer.NotNegative(layer.Property(l2, l2, missing: 0f)));

    /// <summary>The layer's initializer or the network's; where neither states one, the one for the activation after the layer.</summary>
    private static WeightInitializer InitializerOf(LayerReading layer)
    {
        WeightInitializer own = layer.Declaration.Attribute.WeightInitializer();
        WeightInitializer stated = own != WeightInitializer.Auto ? own : layer.DefaultInitializer;

        return stated != WeightInitializer.Auto ? stated
            : FusedActivation.FunctionOf(layer.ActivationAfter) is { IsRectifier: true } ? WeightInitializer.HeNormal : WeightInitializer.GlorotUniform;
    }
}
