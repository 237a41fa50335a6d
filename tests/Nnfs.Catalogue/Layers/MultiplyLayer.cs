namespace Nnfs.Catalogue.Layers;

/// <summary>The product of values of one shape.</summary>
internal sealed record MultiplyLayer : ReferenceLayer
{
    public static readonly LayerEntry Kind = new("Multiply", static _ => new MultiplyLayer())
    {
        Examples = [new MultiplyLayer()],
        Frequency = 6,
        IsJoin = true,
        Accepts = static inputs => inputs.All(inputs[0].Equals),
    };

    public override LayerEntry Entry => Kind;

    public override bool IsCausal => true;

    public override double[] Forward(LayerPass pass) => pass.Rounding.Of(pass.Inputs.Aggregate(Product));

    public override LayerGradients Backward(LayerPass pass, double[] dy) => new(
        [.. pass.Inputs.Select((_, slot) => pass.Rounding.Of(pass.Inputs.Where((_, other) => other != slot).Aggregate(dy, Product)))]);

    private static double[] Product(double[] left, double[] right) => [.. left.Zip(right, static (a, b) => a * b)];
}
