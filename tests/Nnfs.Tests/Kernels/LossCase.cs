namespace Nnfs.Tests.Kernels;

/// <summary>A loss that is the mean over single outputs, and its specification in float64.</summary>
/// <param name="Forward">The kernel's loss.</param>
/// <param name="Backward">The kernel's gradient.</param>
/// <param name="Term">What one output and its target add to the sum.</param>
/// <param name="Slope">The derivative of that by the output.</param>
/// <param name="TakesProbabilities">Whether outputs and targets are from 0 to 1.</param>
internal sealed record LossCase(
    LossCase.Loss Forward, LossCase.Gradient Backward, Func<double, double, double> Term, Func<double, double, double> Slope, bool TakesProbabilities)
{
    public delegate float Loss(ReadOnlySpan<float> y, ReadOnlySpan<float> targets);

    public delegate void Gradient(ReadOnlySpan<float> y, ReadOnlySpan<float> targets, Span<float> dy);

    /// <summary>The names that <see cref="Create"/> knows.</summary>
    public static string[] Names => ["squared", "absolute", "Huber 1", "Huber 0.05", "binary"];

    public static LossCase Create(string name) => name switch
    {
        "squared" => new(
            Nnfs.Kernels.MeanSquaredError.Forward,
            Nnfs.Kernels.MeanSquaredError.Backward,
            static (y, t) => (y - t) * (y - t),
            static (y, t) => 2 * (y - t),
            TakesProbabilities: false),
        "absolute" => new(
            Nnfs.Kernels.MeanAbsoluteError.Forward,
            Nnfs.Kernels.MeanAbsoluteError.Backward,
            static (y, t) => Math.Abs(y - t),
            static (y, t) => double.IsNaN(y - t) ? double.NaN : Math.Sign(y - t),
            TakesProbabilities: false),
        "Huber 1" => Huber(1f),
        "Huber 0.05" => Huber(0.05f),
        "binary" => new(
            Nnfs.Kernels.BinaryCrossEntropy.Forward,
            Nnfs.Kernels.BinaryCrossEntropy.Backward,
            static (y, t) => -((t * Math.Log(Clip(y))) + ((1 - t) * Math.Log(1 - Clip(y)))),
            static (y, t) => -((t / Clip(y)) - ((1 - t) / (1 - Clip(y)))),
            TakesProbabilities: true),
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, "No such loss."),
    };

    /// <summary>The mean over all outputs.</summary>
    public double Expected(ReadOnlySpan<float> y, ReadOnlySpan<float> targets)
    {
        double sum = 0;

        for (int i = 0; i < y.Length; i++)
        {
            sum += Term(y[i], targets[i]);
        }

        return sum / y.Length;
    }

    public double[] ExpectedGradient(ReadOnlySpan<float> y, ReadOnlySpan<float> targets)
    {
        double[] gradient = new double[y.Length];

        for (int i = 0; i < y.Length; i++)
        {
            gradient[i] = Slope(y[i], targets[i]) / y.Length;
        }

        return gradient;
    }

    /// <summary>Outputs and targets of this loss. Some are equal, and of probabilities some are 0 and 1.</summary>
    public (float[] Y, float[] Targets) Draw(int length, int seed)
    {
        float[] y = Numbers.Gaussians(length, seed, scale: 3f);
        float[] targets = Numbers.Gaussians(length, seed + 1000, scale: 3f);

        for (int i = 0; i < length; i++)
        {
            if (TakesProbabilities)
            {
                y[i] = i % 7 == 3 ? i % 2 : Probability(3 * y[i]);
                targets[i] = i % 3 == 0 ? i / 3 % 2 : Probability(targets[i]);
            }
            else if (i % 5 == 2)
            {
                targets[i] = y[i];
            }
        }

        return (y, targets);
    }

    private static LossCase Huber(float delta) => new(
        (y, targets) => Nnfs.Kernels.Huber.Forward(y, targets, delta),
        (y, targets, dy) => Nnfs.Kernels.Huber.Backward(y, targets, delta, dy),
        (y, t) => Math.Abs(y - t) <= delta ? 0.5 * (y - t) * (y - t) : delta * (Math.Abs(y - t) - (0.5 * delta)),
        (y, t) => Math.Clamp(y - t, -delta, delta),
        TakesProbabilities: false);

    private static float Probability(float logit) => (float)(1 / (1 + Math.Exp(-logit)));

    private static double Clip(double probability) => Math.Clamp(probability, 1e-7, 1 - 1e-7);
}
