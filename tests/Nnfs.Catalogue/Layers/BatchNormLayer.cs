using Nnfs.Catalogue.Drawing;

namespace Nnfs.Catalogue.Layers;

/// <summary>
/// Normalises each channel over the batch and all positions to mean 0 and variance 1, in predictions by running averages, then scales and shifts.
/// </summary>
/// <param name="Epsilon">What is added to the variance; <see langword="null"/> for the default.</param>
/// <param name="Momentum">How much a batch counts in the running averages; <see langword="null"/> for the default.</param>
internal sealed record BatchNormLayer(float? Epsilon = null, float? Momentum = null) : NormLayer(Epsilon)
{
    public static readonly LayerEntry Kind = new(
        "BatchNorm", static draw => new BatchNormLayer(DrawEpsilon(draw.Random), draw.Random.Pick<float?>(null, 0.3f, 1f)))
    {
        Examples = [new BatchNormLayer(), new BatchNormLayer(0.5f, 0.3f)],
        Frequency = 14,
        HasParameters = true,
        MixesSamples = true,
        Faults =
        [
            new("BatchNorm(Momentum = 1, Epsilon = {|NNFS019:1e-46f|})", "The epsilon of 'BatchNorm1' must be more than 0 and finite, but is 0"),
            new("BatchNorm(Momentum = {|NNFS019:1.01f|})", "The momentum of 'BatchNorm1' must be from 0 to 1, but is 1.01"),
        ],
    };

    public override LayerEntry Entry => Kind;

    public override IEnumerable<Argument> Arguments => [.. base.Arguments, .. Argument.Optional("Momentum", Momentum)];

    public override IReadOnlyList<ReferenceTensor> TensorsOf(IReadOnlyList<SampleShape> inputs) =>
    [
        .. base.TensorsOf(inputs),
        new("RunningMean", inputs[0].Channels) { IsTrained = false, Draw = ReferenceTensor.About(0, 0.3) },

        // What is left of variance + ε, and as exact as that.
        new("RunningVariance", inputs[0].Channels)
        {
            IsTrained = false,
            LeastScale = EpsilonValue,
            Draw = static (random, count) => Array.ConvertAll(random.Gaussians(count, 0.4), static value => 0.5f + Math.Abs(value)),
        },
    ];

    public override bool Cancels(SampleShape input) => true;

    public override IReadOnlyList<double[]> StatisticsAfter(LayerPass pass)
    {
        Normalised normalised = (Normalised)pass.Kept!;
        double momentum = Momentum ?? 0.1f;
        double unbiased = Members(pass) > 1 ? Members(pass) / (Members(pass) - 1.0) : 1;

        return
        [
            [.. pass.Tensors[2].Zip(normalised.Means, (before, mean) => ((1 - momentum) * before) + (momentum * mean))],
            [.. pass.Tensors[3].Zip(normalised.Variances, (before, variance) => ((1 - momentum) * before) + (momentum * unbiased * variance))],
        ];
    }

    protected override int Members(LayerPass pass) => pass.Rows;

    protected override bool IsAlone(LayerPass pass) => pass.IsTraining && base.IsAlone(pass);

    protected override Normalised Normalise(LayerPass pass) => pass.IsTraining
        ? Normalised.Columns(pass.Inputs[0], pass.Columns, EpsilonValue)
        : Normalised.ColumnsBy(pass.Tensors[2], pass.Tensors[3], pass.Inputs[0], EpsilonValue);

    protected override double[] Backward(LayerPass pass, Normalised normalised, double[] gradients) => pass.IsTraining
        ? normalised.Backward(gradients)
        : [.. gradients.Select((gradient, i) => normalised.Reciprocals[normalised.Group(i)] * gradient)];
}
