namespace Nnfs.Catalogue.Layers;

/// <summary>Normalises the last axis to mean 0 and variance 1, then scales and shifts.</summary>
/// <param name="Epsilon">What is added to the variance; <see langword="null"/> for the default.</param>
internal sealed record LayerNormLayer(float? Epsilon = null) : NormLayer(Epsilon)
{
    public static readonly LayerEntry Kind = new("LayerNorm", static draw => new LayerNormLayer(DrawEpsilon(draw.Random)))
    {
        Examples = [new LayerNormLayer(), new LayerNormLayer(0.5f)],
        Frequency = 4,
        HasParameters = true,
        Faults =
        [
            new("LayerNorm(Epsilon = {|NNFS019:0|})", "The epsilon of 'LayerNorm1' must be more than 0 and finite, but is 0"),
        ],
    };

    public override LayerEntry Entry => Kind;

    public override bool Cancels(SampleShape input) => input.Channels <= 2;

    protected override Normalised Normalise(LayerPass pass) => Normalised.Rows(pass.Inputs[0], pass.Columns, EpsilonValue);

    protected override double[] Backward(LayerPass pass, Normalised normalised, double[] gradients) => normalised.Backward(gradients);
}
