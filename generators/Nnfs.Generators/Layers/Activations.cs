using System.Collections.Immutable;
using Nnfs.Generators.Models;
using Nnfs.Generators.Parsing;

namespace Nnfs.Generators.Layers;

/// <summary>The activations: what each computes, what carries its gradient back, and what it is set with.</summary>
internal static class Activations
{
    private const string Passes = "the gradient passes where the output is positive";

    /// <summary>The function that changes nothing.</summary>
    public static readonly ActivationFunction Linear = new("Linear", "x", "the gradient, unchanged") { Flops = null, IsIdentity = true };

    /// <summary>No value below 0, and any above.</summary>
    private static readonly ValueRange s_positive = From(0);

    public static ImmutableArray<Layer> All =>
    [
        Of("ReLU", static _ => new("ReLU", "max(0, x)", Passes) { JoinsProduct = true, IsRectifier = true, Range = s_positive }),
        Of("LeakyReLU", static layer => LeakyReLU(layer.Fraction(layer.Argument("slope", missing: 0.01f)))),
        Of("Sigmoid", static _ => new("Sigmoid", "1 / (1 + exp(−x))", "dy · y · (1 − y)") { Flops = 3, Range = new(0, 1) }),
        Of("Tanh", static _ => new("Tanh", "tanh(x)", "dy · (1 − y²)") { Flops = 4, Range = new(-1, 1) }),
        Of("ELU", static layer => ELU(layer.Positive(layer.Argument("alpha", missing: 1f)))),
        Of("SELU", static _ => new(
            "SELU",
            "1.0507 · x where it is positive, 1.7581 · (exp(x) − 1) elsewhere,",
            "the gradient times 1.0507 where the output is positive, times y + 1.7581 elsewhere")
        {
            Flops = 4,
            Range = From(-1.7581f),
        }),
        Of("GELU", static layer => (layer.Choice("Form") == 1
            ? new ActivationFunction("GELUTanh", "x / 2 · (1 + tanh(√(2 / π) · (x + 0.044715 · x³)))", "dy times the derivative at x") { Flops = 9 }
            : new("GELU", "x · Φ(x)", "dy · (Φ(x) + x · φ(x))") { Flops = 5 }) with
        {
            KeepsDerivative = true,
            Range = From(-0.17f),
        }),
        Of("Softplus", static _ => new("Softplus", "log(1 + exp(x))", "dy · (1 − exp(−y)), the sigmoid of x") { Flops = 4, Range = s_positive }),
        Of("HardSigmoid", static _ => new("HardSigmoid", "min(max(x / 6 + 1/2, 0), 1)", "dy / 6 where the output is between 0 and 1")
        {
            Flops = 2,
            Range = new(0, 1),
        }),
        Of("HardSwish", static _ => new("HardSwish", "x · min(max(x / 6 + 1/2, 0), 1)", "dy · d, for d = 0 up to −3, x / 3 + 1/2 between, and 1 from 3 on")
        {
            Flops = 3,
            KeepsDerivative = true,
            Range = From(-0.375f),
        }),
        Of("SiLU", static _ => new("SiLU", "x / (1 + exp(−x))", "dy · s · (1 + x · (1 − s)), for s = 1 / (1 + exp(−x))")
        {
            Flops = 4,
            KeepsDerivative = true,
            Range = From(-0.2785f),
        }),
        Of("Linear", static _ => Linear),
    ];

    private static ActivationFunction LeakyReLU(float slope) => new(
        nameof(LeakyReLU), "x where it is positive, slope · x elsewhere,", $"{Passes}, times the slope elsewhere")
    {
        Flops = 1,
        IsRectifier = true,
        SettingName = "slope",
        Setting = slope,
        Range = slope == 0 ? s_positive : ValueRange.Any,
    };

    private static ActivationFunction ELU(float alpha) => new(
        nameof(ELU), "x where it is positive, alpha · (exp(x) − 1) elsewhere,", $"{Passes}, times y + alpha elsewhere")
    {
        Flops = 3,
        IsRectifier = true,
        SettingName = "alpha",
        Setting = alpha,
        Range = From(-alpha),
    };

    private static ValueRange From(float low) => new(low, float.PositiveInfinity);

    /// <summary>An activation, which is computed where the outputs of a layer before it lie, or is a stage of its own.</summary>
    private static Layer Of(string name, Func<LayerReading, ActivationFunction> read) => new(
        name,
        layer => new Activation(layer.Name, layer.FieldName, layer.Sources, layer.Size, read(layer)))
    {
        Activation = read,
    };
}
