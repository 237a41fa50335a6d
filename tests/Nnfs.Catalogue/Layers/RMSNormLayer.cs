namespace Nnfs.Catalogue.Layers;

/// <summary>Scales the last axis to a mean square of 1, then by γ.</summary>
/// <param name="Epsilon">What is added to the mean square; <see langword="null"/> for the default.</param>
internal sealed record RMSNormLayer(float? Epsilon = null) : NormLayer(Epsilon)
{
    public static readonly LayerEntry Kind = new("RMSNorm", static draw => new RMSNormLayer(DrawEpsilon(draw.Random)))
    {
        Examples = [new RMSNormLayer(), new RMSNormLayer(0.5f)],
        Frequency = 4,
        HasParameters = true,
        Faults =
        [
            new("RMSNorm(Epsilon = {|NNFS019:-1e-5f|})", "The epsilon of 'RMSNorm1' must be more than 0 and finite, but is -1e-5"),
            new("Dense(3), RMSNorm(Epsilon = {|NNFS019:float.NaN|}, Name = \"Scaled\")", "The epsilon of 'Scaled' must be more than 0 and finite, but is NaN"),
        ],
    };

    public override LayerEntry Entry => Kind;

    protected override bool IsCentred => false;

    public override bool Cancels(SampleShape input) => input.Channels == 1;

    protected override Normalised Normalise(LayerPass pass) => Normalised.RowsBySquares(pass.Inputs[0], pass.Columns, EpsilonValue);

    protected override double[] Backward(LayerPass pass, Normalised normalised, double[] gradients) => normalised.BackwardBySquares(gradients);
}
