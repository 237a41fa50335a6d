namespace Nnfs.Catalogue.Layers;

/// <summary>The sum of values of one shape.</summary>
internal sealed record AddLayer : ReferenceLayer
{
    public static readonly LayerEntry Kind = new("Add", static _ => new AddLayer())
    {
        Examples = [new AddLayer()],
        Frequency = 12,
        IsJoin = true,
        Accepts = static inputs => inputs.All(inputs[0].Equals),
    };

    public override LayerEntry Entry => Kind;

    public override bool IsCausal => true;

    public override double[] Forward(LayerPass pass) => pass.Rounding.Of(
        Sum(pass.Inputs), () => Sum([.. pass.Inputs.Select(static values => Array.ConvertAll(values, Math.Abs))]));

    public override LayerGradients Backward(LayerPass pass, double[] dy) => new([.. pass.Inputs.Select(_ => dy)]);

    private static double[] Sum(double[][] values) =>
        values.Aggregate(static (sum, next) => [.. sum.Zip(next, static (left, right) => left + right)]);
}
