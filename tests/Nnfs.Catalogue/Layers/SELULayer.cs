namespace Nnfs.Catalogue.Layers;

/// <summary><c>scale · x</c> where it is positive, <c>scale · alpha · (exp(x) − 1)</c> elsewhere, with the two numbers of Klambauer et al. 2017.</summary>
internal sealed record SELULayer : ElementwiseLayer
{
    public static readonly LayerEntry Kind = new("SELU", static _ => new SELULayer()) { Examples = [new SELULayer()], IsActivation = true };

    private const double Scale = 1.0507009873554804934193349852946;
    private const double Alpha = 1.6732632423543772848170429916717;

    public override LayerEntry Entry => Kind;

    public override IReadOnlyList<double> Kinks => [0];

    public override ElementwiseKernels Kernels => new(
        default(Nnfs.Kernels.SELU),
        Nnfs.Kernels.SELU.Forward,
        Nnfs.Kernels.SELU.Backward,
        static y => y > 0 ? Scale : y + (Scale * Alpha),
        static (_, y) => 4 * Rounding.Ulp(y));

    /// <remarks>The scale takes the greatest floats to what no float holds.</remarks>
    public override double Function(double x) => x > float.MaxValue / Scale ? double.PositiveInfinity : Scale * (x > 0 ? x : Alpha * ELULayer.ExpMinus1(x));

    public override double Derivative(double x) => Scale * (x > 0 ? 1 : Alpha * Math.Exp(x));
}
