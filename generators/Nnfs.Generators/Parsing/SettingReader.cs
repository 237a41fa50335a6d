using System.Globalization;
using Nnfs.Generators.Diagnostics;
using Nnfs.Generators.Models;

namespace Nnfs.Generators.Parsing;

/// <summary>Reads the numbers that layers and losses are set with, and reports those out of range.</summary>
internal sealed class SettingReader
{
    private readonly ProblemReporter _problems;
    private readonly CancellationToken _cancellationToken;

    public SettingReader(ProblemReporter problems, CancellationToken cancellationToken)
    {
        _problems = problems;
        _cancellationToken = cancellationToken;
    }

    public float Rate(LayerDeclaration layer) =>
        Check(layer, KnownNames.RateParameter, "rate", layer.Number(KnownNames.RateParameter, missing: 0f), static rate => rate is >= 0 and < 1, "from 0 to less than 1", fallback: 0f);

    public float Epsilon(LayerDeclaration layer) => Positive(layer, KnownNames.EpsilonProperty, "epsilon", layer.Attribute.NamedArgument(KnownNames.EpsilonProperty, 1e-5f), fallback: 1e-5f);

    public float Momentum(LayerDeclaration layer) => Check(
        layer,
        KnownNames.MomentumProperty,
        "momentum",
        layer.Attribute.NamedArgument(KnownNames.MomentumProperty, 0.1f),
        static momentum => momentum is >= 0 and <= 1,
        "from 0 to 1",
        fallback: 0.1f);

    public float Weight(LayerDeclaration loss) => Positive(loss, KnownNames.WeightProperty, "weight", loss.Attribute.NamedArgument(KnownNames.WeightProperty, 1f), fallback: 1f);

    /// <summary>A loss's delta or label smoothing; 0 for a loss with neither.</summary>
    public float LossParameter(LayerDeclaration loss) => loss.Kind switch
    {
        LayerKind.Huber => Positive(loss, KnownNames.DeltaParameter, "delta", loss.Number(KnownNames.DeltaParameter, missing: 1f), fallback: 1f),
        LayerKind.SoftmaxCrossEntropy => Check(
            loss,
            KnownNames.LabelSmoothingProperty,
            "label smoothing",
            loss.Attribute.NamedArgument<float>(KnownNames.LabelSmoothingProperty),
            static smoothing => smoothing is >= 0 and < 1,
            "from 0 to less than 1",
            fallback: 0f),
        _ => 0f,
    };

    public PenaltySpec WeightPenalty(LayerDeclaration dense) => new(Penalty(dense, KnownNames.WeightL1Property), Penalty(dense, KnownNames.WeightL2Property));

    public PenaltySpec BiasPenalty(LayerDeclaration dense) => new(Penalty(dense, KnownNames.BiasL1Property), Penalty(dense, KnownNames.BiasL2Property));

    /// <summary>What an activation computes, and its slope or alpha where it has one.</summary>
    public (ActivationKind Kind, float Parameter) Activation(LayerDeclaration layer) => layer.Kind switch
    {
        LayerKind.ReLU => (ActivationKind.ReLU, 0f),
        LayerKind.LeakyReLU => (ActivationKind.LeakyReLU, Check(
            layer, KnownNames.SlopeParameter, "slope", layer.Number(KnownNames.SlopeParameter, missing: 0.01f), static slope => slope is >= 0 and <= 1, "from 0 to 1", fallback: 0.01f)),
        LayerKind.Sigmoid => (ActivationKind.Sigmoid, 0f),
        LayerKind.Tanh => (ActivationKind.Tanh, 0f),
        LayerKind.ELU => (ActivationKind.ELU, Positive(layer, KnownNames.AlphaParameter, "alpha", layer.Number(KnownNames.AlphaParameter, missing: 1f), fallback: 1f)),
        LayerKind.GELU => (layer.Attribute.NamedArgument<int>(KnownNames.FormProperty) == 1 ? ActivationKind.GELUTanh : ActivationKind.GELU, 0f),
        LayerKind.SiLU => (ActivationKind.SiLU, 0f),
        LayerKind.Linear => (ActivationKind.Linear, 0f),
        _ => throw new ArgumentOutOfRangeException(nameof(layer)),
    };

    private float Penalty(LayerDeclaration dense, string property) =>
        Check(dense, property, property, dense.Attribute.NamedArgument<float>(property), static penalty => penalty is >= 0 and < float.PositiveInfinity, "at least 0 and finite", fallback: 0f);

    private float Positive(LayerDeclaration layer, string argument, string setting, float value, float fallback) =>
        Check(layer, argument, setting, value, static number => number is > 0 and < float.PositiveInfinity, "more than 0 and finite", fallback);

    private float Check(LayerDeclaration layer, string argument, string setting, float value, Func<float, bool> isValid, string expectation, float fallback)
    {
        if (isValid(value))
        {
            return value;
        }

        _problems.Report(
            DiagnosticDescriptors.InvalidSetting,
            layer.Attribute.ArgumentLocation(argument, _cancellationToken),
            setting,
            layer.Name,
            expectation,
            value.ToString(CultureInfo.InvariantCulture));

        return fallback;
    }
}
