namespace Nnfs.Catalogue.Layers;

/// <summary><c>max(0, x)</c>.</summary>
internal sealed record ReLULayer : ElementwiseLayer
{
    public static readonly LayerEntry Kind = new("ReLU", static _ => new ReLULayer())
    {
        Examples = [new ReLULayer()],
        IsActivation = true,
        Frequency = 4,
    };

    public override LayerEntry Entry => Kind;

    public override IReadOnlyList<double> Kinks => [0];

    public override ElementwiseKernels Kernels => new(
        default(Nnfs.Kernels.ReLU),
        Nnfs.Kernels.ReLU.Forward,
        Nnfs.Kernels.ReLU.Backward,
        Derivative,
        static (_, _) => 0);

    protected override bool IsExact => true;

    public override double Function(double x) => Math.Max(0, x);

    public override double Derivative(double x) => x > 0 ? 1 : 0;
}
