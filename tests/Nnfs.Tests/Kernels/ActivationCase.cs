using Nnfs.Kernels;
using static Nnfs.Tests.Kernels.ActivationSpecification;

namespace Nnfs.Tests.Kernels;

/// <summary>An activation's kernels, with what they have to compute and how closely.</summary>
/// <param name="Forward">The kernel.</param>
/// <param name="Backward">The kernel of the gradient.</param>
/// <param name="Function">The function in float64.</param>
/// <param name="Derivative">Its derivative in float64.</param>
/// <param name="Gradient">The derivative in float64, computed from what the kernel of the gradient takes: outputs or inputs.</param>
/// <param name="TakesOutputs">Whether the kernel of the gradient takes the outputs of the forward pass, not its inputs.</param>
/// <param name="Tolerance">The greatest error at x, where the result is y: what the kernel's documentation says.</param>
internal sealed record ActivationCase(
    ActivationCase.ForwardKernel Forward,
    ActivationCase.BackwardKernel Backward,
    Func<double, double> Function,
    Func<double, double> Derivative,
    Func<double, double> Gradient,
    bool TakesOutputs,
    Func<double, double, double> Tolerance)
{
    public const float Slope = 0.01f;

    public const float Alpha = 0.7f;

    /// <summary>The greatest error of what a gradient is multiplied by: the largest that the documentation of a kernel says.</summary>
    public const double GradientTolerance = 3e-7;

    public delegate void ForwardKernel(ReadOnlySpan<float> x, Span<float> y);

    public delegate void BackwardKernel(ReadOnlySpan<float> kept, ReadOnlySpan<float> dy, Span<float> dx);

    public static string[] Names => ["Sigmoid", "Tanh", "LeakyReLU", "ELU", "GELU", "GELUTanh", "SiLU", "Softplus", "HardSwish"];

    public static ActivationCase Create(string name) => name switch
    {
        "Sigmoid" => new(
            Nnfs.Kernels.Sigmoid.Forward,
            Nnfs.Kernels.Sigmoid.Backward,
            Sigmoid,
            SigmoidDerivative,
            static y => y * (1 - y),
            true,
            static (x, y) => x < -87.33f ? 1.2e-38 : 3 * Numbers.Ulp(y)),
        "Tanh" => new(
            Nnfs.Kernels.Tanh.Forward,
            Nnfs.Kernels.Tanh.Backward,
            Math.Tanh,
            static x => 1 / (Math.Cosh(x) * Math.Cosh(x)),
            static y => 1 - (y * y),
            true,
            static (_, y) => 3 * Numbers.Ulp(y)),
        "LeakyReLU" => new(
            static (x, y) => Nnfs.Kernels.LeakyReLU.Forward(x, Slope, y),
            static (y, dy, dx) => Nnfs.Kernels.LeakyReLU.Backward(y, Slope, dy, dx),
            static x => LeakyReLU(x, Slope),
            static x => x > 0 ? 1 : Slope,
            static y => y > 0 ? 1 : Slope,
            true,
            static (_, y) => 0.5 * Numbers.Ulp(y)),
        "ELU" => new(
            static (x, y) => Nnfs.Kernels.ELU.Forward(x, Alpha, y),
            static (y, dy, dx) => Nnfs.Kernels.ELU.Backward(y, Alpha, dy, dx),
            static x => ELU(x, Alpha),
            static x => x > 0 ? 1 : Alpha * Math.Exp(x),
            static y => y > 0 ? 1 : y + Alpha,
            true,
            static (_, y) => 3 * Numbers.Ulp(y)),
        "GELU" => new(
            Nnfs.Kernels.GELU.Forward,
            Nnfs.Kernels.GELU.Backward,
            GELU,
            GELUDerivative,
            GELUDerivative,
            false,
            static (x, y) => x < -5 ? 2e-12 : (1e-6 * Math.Abs(y)) + float.Epsilon),
        "GELUTanh" => new(
            Nnfs.Kernels.GELUTanh.Forward,
            Nnfs.Kernels.GELUTanh.Backward,
            GELUTanh,
            GELUTanhDerivative,
            GELUTanhDerivative,
            false,
            static (x, y) => x < -3 ? 4e-9 : (1e-6 * Math.Abs(y)) + float.Epsilon),
        "SiLU" => new(
            Nnfs.Kernels.SiLU.Forward,
            Nnfs.Kernels.SiLU.Backward,
            SiLU,
            SiLUDerivative,
            SiLUDerivative,
            false,
            static (x, y) => x < -87.33f ? 1.1e-36 : 4 * Numbers.Ulp(y)),
        "Softplus" => new(
            Nnfs.Kernels.Softplus.Forward,
            Nnfs.Kernels.Softplus.Backward,
            Softplus,
            Sigmoid,
            static y => -ExpMinus1(-y),
            true,
            static (x, y) => x < -64 ? 1.7e-28 : 3 * Numbers.Ulp(y)),
        "HardSwish" => new(
            Nnfs.Kernels.HardSwish.Forward,
            Nnfs.Kernels.HardSwish.Backward,
            HardSwish,
            HardSwishDerivative,
            HardSwishDerivative,
            false,
            static (x, y) => Math.Abs(x) < 3 ? 3 * Numbers.Ulp(y) : 0),
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, "No such activation."),
    };
}
