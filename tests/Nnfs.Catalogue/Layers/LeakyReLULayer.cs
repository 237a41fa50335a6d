using Nnfs.Catalogue.Drawing;

namespace Nnfs.Catalogue.Layers;

/// <summary><c>x</c> where it is positive, <c>slope · x</c> elsewhere.</summary>
/// <param name="Slope">The slope; <see langword="null"/> for the default.</param>
internal sealed record LeakyReLULayer(float? Slope = null) : ElementwiseLayer
{
    public static readonly LayerEntry Kind = new("LeakyReLU", static draw => new LeakyReLULayer(draw.Random.Pick<float?>(null, 0f, 0.2f, 1f)))
    {
        Examples = [new LeakyReLULayer(), new LeakyReLULayer(0.2f)],
        IsActivation = true,
        Faults =
        [
            new("Dense(3), LeakyReLU({|NNFS019:1.5f|})", "The slope of 'LeakyReLU1' must be from 0 to 1, but is 1.5"),
            new("Softmax, LeakyReLU(slope: {|NNFS019:-0.01f|})", "The slope of 'LeakyReLU1' must be from 0 to 1, but is -0.01"),
        ],
    };

    public override LayerEntry Entry => Kind;

    public override IEnumerable<Argument> Arguments => Argument.Optional(null, Slope);

    public override float StoredSetting => Value;

    public override IReadOnlyList<double> Kinks => [0];

    public override ElementwiseKernels Kernels => new(
        new Nnfs.Kernels.LeakyReLU(Value),
        (x, y) => Nnfs.Kernels.LeakyReLU.Forward(x, Value, y),
        (y, dy, dx) => Nnfs.Kernels.LeakyReLU.Backward(y, Value, dy, dx),
        Derivative,
        static (_, y) => 0.5 * Rounding.Ulp(y));

    private float Value => Slope ?? 0.01f;

    public override double Function(double x) => x > 0 ? x : Value * x;

    public override double Derivative(double x) => x > 0 ? 1 : Value;
}
