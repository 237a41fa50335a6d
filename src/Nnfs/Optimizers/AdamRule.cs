using System.Runtime.CompilerServices;
using Nnfs.Simd;

namespace Nnfs.Optimizers;

/// <summary>A step of <see cref="Adam"/>, and of <see cref="AdamW"/> where nothing decays.</summary>
/// <param name="rate"><c>lr / (1 − Beta1ᵗ)</c>: both corrections are the same for all parameters.</param>
/// <param name="rootScale"><c>1 / √(1 − Beta2ᵗ)</c>.</param>
/// <param name="epsilon"><c>ε</c>.</param>
/// <param name="beta1">The share of the means that is kept.</param>
/// <param name="oneMinusBeta1">The rest of it.</param>
/// <param name="beta2">The share of the squares that is kept.</param>
/// <param name="oneMinusBeta2">The rest of it.</param>
internal readonly struct AdamRule(
    float rate, float rootScale, float epsilon, float beta1, float oneMinusBeta1, float beta2, float oneMinusBeta2) : IUpdateRule
{
    public static int StateCount => 2;

    /// <summary>The rule of a step.</summary>
    /// <param name="learningRate">The learning rate.</param>
    /// <param name="beta1">The share of the means that is kept.</param>
    /// <param name="beta2">The share of the squares that is kept.</param>
    /// <param name="epsilon"><c>ε</c>.</param>
    /// <param name="stepsBefore">The steps before this one.</param>
    public static AdamRule Of(float learningRate, float beta1, float beta2, float epsilon, long stepsBefore)
    {
        double exactBeta1 = Hyperparameter.AsWritten(beta1);
        double exactBeta2 = Hyperparameter.AsWritten(beta2);
        double step = stepsBefore + 1.0;
        double rate = learningRate / (1.0 - Math.Pow(exactBeta1, step));
        double rootScale = 1.0 / Math.Sqrt(1.0 - Math.Pow(exactBeta2, step));

        return new((float)rate, (float)rootScale, epsilon, beta1, (float)(1.0 - exactBeta1), beta2, (float)(1.0 - exactBeta2));
    }

    /// <summary>How far a step moves a parameter at most: see <see cref="Optimizer.Reach"/>.</summary>
    public static double Reach(double learningRate, double gradient, float beta1, float epsilon) => Hyperparameter.SquareIsFinite(gradient)
        ? learningRate / (1.0 - beta1) * (gradient + 1.0) / epsilon
        : double.PositiveInfinity;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Apply<TSimd, TVector>(TVector w, TVector g, ref TVector means, ref TVector squares)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        means = TSimd.MultiplyAdd(TSimd.Create(beta1), means, TSimd.Multiply(TSimd.Create(oneMinusBeta1), g));
        squares = TSimd.MultiplyAdd(TSimd.Create(beta2), squares, TSimd.Multiply(TSimd.Create(oneMinusBeta2), TSimd.Multiply(g, g)));
        TVector divisor = TSimd.MultiplyAdd(TSimd.Create(rootScale), TSimd.Sqrt(squares), TSimd.Create(epsilon));

        return TSimd.Subtract(w, TSimd.Divide(TSimd.Multiply(TSimd.Create(rate), means), divisor));
    }
}
