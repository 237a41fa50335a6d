using Nnfs.Catalogue.Drawing;

namespace Nnfs.Catalogue.Layers;

/// <summary>A normalisation, by the last axis or over the batch: <c>y = x̂ · γ + β</c>.</summary>
/// <param name="Epsilon">What is added to the variance; <see langword="null"/> for the default.</param>
internal abstract record NormLayer(float? Epsilon) : ReferenceLayer
{
    protected const float DefaultEpsilon = 1e-5f;

    public override bool IsCausal => true;

    public override IEnumerable<Argument> Arguments => Argument.Optional("Epsilon", Epsilon);

    public override float StoredSetting => EpsilonValue;

    /// <summary>Whether a mean is taken away and a β added.</summary>
    protected virtual bool IsCentred => true;

    protected float EpsilonValue => Epsilon ?? DefaultEpsilon;

    public override IReadOnlyList<ReferenceTensor> TensorsOf(IReadOnlyList<SampleShape> inputs)
    {
        ReferenceTensor gamma = new("Gamma", inputs[0].Channels) { Draw = ReferenceTensor.About(1, 0.3) };

        return IsCentred ? [gamma, new("Beta", inputs[0].Channels) { Draw = ReferenceTensor.About(0, 0.5) }] : [gamma];
    }

    public sealed override double[] Forward(LayerPass pass)
    {
        Normalised normalised = Normalise(pass);
        pass.Kept = normalised;
        double[] gamma = pass.Tensors[0];
        double[] beta = IsCentred ? pass.Tensors[1] : new double[gamma.Length];

        return pass.Rounding.Of(Normalised.Affine(normalised.Values, gamma, beta), () => [.. normalised.Values.Select((value, i) =>
        {
            int group = normalised.Group(i);
            double magnitude = Math.Abs(value) + Math.Abs(normalised.Means[group] * normalised.Reciprocals[group]);

            return (IsAlone(pass) ? 0 : magnitude * Math.Abs(gamma[i % gamma.Length])) + Math.Abs(beta[i % beta.Length]);
        })]);
    }

    public sealed override LayerGradients Backward(LayerPass pass, double[] dy)
    {
        Normalised normalised = (Normalised)pass.Kept!;
        double[] gradients = Normalised.GradientsOfNormalised(dy, pass.Tensors[0]);
        double[] dx = pass.Rounding.Of(Backward(pass, normalised, gradients), () => MagnitudesBackward(pass, normalised, gradients));
        double[] dgamma = pass.Rounding.Of(
            Normalised.GradientsOfGamma(normalised.Values, dy, normalised.Size),
            () => Normalised.SumOfRows([.. dy.Zip(normalised.Values, static (a, b) => Math.Abs(a * b))], normalised.Size));

        return IsCentred
            ? new(dx, dgamma, pass.Rounding.Of(
                Normalised.SumOfRows(dy, normalised.Size), () => Normalised.SumOfRows(Array.ConvertAll(dy, Math.Abs), normalised.Size)))
            : new(dx, dgamma);
    }

    protected abstract Normalised Normalise(LayerPass pass);

    /// <summary>The gradients of x from those of x̂.</summary>
    protected abstract double[] Backward(LayerPass pass, Normalised normalised, double[] gradients);

    /// <summary>The values of a group.</summary>
    protected virtual int Members(LayerPass pass) => pass.Columns;

    /// <summary>Whether the mean that is taken away is the value itself, exactly.</summary>
    protected virtual bool IsAlone(LayerPass pass) => IsCentred && Members(pass) == 1;

    protected static float? DrawEpsilon(Random random) => random.Pick<float?>(null, 1e-3f, 0.1f);

    private double[] MagnitudesBackward(LayerPass pass, Normalised normalised, double[] gradients)
    {
        double[] means = IsCentred ? normalised.Averages(gradients) : new double[normalised.Reciprocals.Length];
        double[] products = normalised.Averages([.. gradients.Zip(normalised.Values, static (gradient, value) => gradient * value)]);

        return [.. gradients.Select((gradient, i) =>
        {
            int group = normalised.Group(i);

            return IsCentred && Members(pass) == 1
                ? 0
                : normalised.Reciprocals[group] * (Math.Abs(gradient) + Math.Abs(means[group]) + Math.Abs(normalised.Values[i] * products[group]));
        })];
    }
}
