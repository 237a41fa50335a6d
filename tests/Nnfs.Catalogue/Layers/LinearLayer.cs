namespace Nnfs.Catalogue.Layers;

/// <summary><c>x</c>.</summary>
internal sealed record LinearLayer : ElementwiseLayer
{
    public static readonly LayerEntry Kind = new("Linear", static _ => new LinearLayer()) { Examples = [new LinearLayer()], IsActivation = true };

    public override LayerEntry Entry => Kind;

    public override ElementwiseKernels? Kernels => null;

    protected override bool IsExact => true;

    public override double Function(double x) => x;

    public override double Derivative(double x) => 1;
}
