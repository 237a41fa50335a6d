using Nnfs.Catalogue.Drawing;

namespace Nnfs.Catalogue.Layers;

/// <summary><c>x</c> where it is positive, <c>alpha · (exp(x) − 1)</c> elsewhere.</summary>
/// <param name="Alpha">The alpha; <see langword="null"/> for the default.</param>
internal sealed record ELULayer(float? Alpha = null) : ElementwiseLayer
{
    public static readonly LayerEntry Kind = new("ELU", static draw => new ELULayer(draw.Random.Pick<float?>(null, 0.3f, 1.5f)))
    {
        Examples = [new ELULayer(), new ELULayer(0.7f)],
        IsActivation = true,
        Faults =
        [
            new("Dense(3), ELU({|NNFS019:0|})", "The alpha of 'ELU1' must be more than 0 and finite, but is 0"),
            new("ELU({|NNFS019:float.PositiveInfinity|})", "The alpha of 'ELU1' must be more than 0 and finite, but is Infinity"),
        ],
    };

    public override LayerEntry Entry => Kind;

    public override IEnumerable<Argument> Arguments => Argument.Optional(null, Alpha);

    public override float StoredSetting => Value;

    public override IReadOnlyList<double> Kinks => [0];

    public override ElementwiseKernels Kernels => new(
        new Nnfs.Kernels.ELU(Value),
        (x, y) => Nnfs.Kernels.ELU.Forward(x, Value, y),
        (y, dy, dx) => Nnfs.Kernels.ELU.Backward(y, Value, dy, dx),
        y => y > 0 ? 1 : y + Value,
        static (_, y) => 3 * Rounding.Ulp(y));

    private float Value => Alpha ?? 1f;

    public override double Function(double x) => x > 0 ? x : Value * ExpMinus1(x);

    public override double Derivative(double x) => x > 0 ? 1 : Value * Math.Exp(x);

    /// <summary><c>eˣ − 1</c>: the first terms of its series where the difference would lose digits.</summary>
    public static double ExpMinus1(double x) => Math.Abs(x) < 0.01
        ? x * (1 + (x / 2 * (1 + (x / 3 * (1 + (x / 4 * (1 + (x / 5 * (1 + (x / 6))))))))))
        : Math.Exp(x) - 1;
}
