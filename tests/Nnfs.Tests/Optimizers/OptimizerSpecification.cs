namespace Nnfs.Tests;

/// <summary>The optimizers as the book and their papers write them, one parameter after the other in float64.</summary>
internal static class OptimizerSpecification
{
    /// <summary>The parameters after one step for each array of gradients.</summary>
    public static double[] Run(Optimizer settings, ReadOnlySpan<float> parameters, IReadOnlyList<float[]> gradients)
    {
        double[] result = new double[parameters.Length];

        for (int i = 0; i < result.Length; i++)
        {
            double w = parameters[i];
            double m = 0;
            double c = 0;

            for (int step = 0; step < gradients.Count; step++)
            {
                double rate = settings.LearningRate / (1.0 + ((double)settings.Decay * step));
                w -= rate * WeightDecay(settings) * w;
                w += Move(settings, gradients[step][i], rate, step, ref m, ref c);
            }

            result[i] = w;
        }

        return result;
    }

    private static double WeightDecay(Optimizer settings) => settings switch
    {
        AdamW adamW => adamW.WeightDecay,
        Lion lion => lion.WeightDecay,
        _ => 0,
    };

    private static double Move(Optimizer settings, double g, double rate, int step, ref double m, ref double c)
    {
        double epsilon = settings.Epsilon;

        switch (settings)
        {
            case Sgd { Momentum: 0 }:
                return -rate * g;

            case Sgd sgd:
                m = (sgd.Momentum * m) - (rate * g);

                return m;

            case AdaGrad:
                c += g * g;

                return -rate * g / (Math.Sqrt(c) + epsilon);

            case RmsProp rmsProp:
                c = (rmsProp.Rho * c) + ((1.0 - rmsProp.Rho) * g * g);

                return -rate * g / (Math.Sqrt(c) + epsilon);

            case Adam adam:
                return Adam(adam.Beta1, adam.Beta2, ref m, ref c);

            case AdamW adamW:
                return Adam(adamW.Beta1, adamW.Beta2, ref m, ref c);

            case Nadam nadam:
                m = (nadam.Beta1 * m) + ((1.0 - nadam.Beta1) * g);
                c = (nadam.Beta2 * c) + ((1.0 - nadam.Beta2) * g * g);
                double[] momenta = [.. Enumerable.Range(1, step + 2).Select(t => nadam.Beta1 * (1.0 - (0.5 * Math.Pow(0.96, 0.004 * t))))];
                double product = momenta[..^1].Aggregate(1.0, static (x, y) => x * y);
                double ahead = (momenta[^1] * m / (1.0 - (product * momenta[^1]))) + ((1.0 - momenta[^2]) * g / (1.0 - product));

                return -rate * ahead / (Math.Sqrt(c / (1.0 - Math.Pow(nadam.Beta2, step + 1))) + epsilon);

            case Lion lion:
                double direction = (lion.Beta1 * m) + ((1.0 - lion.Beta1) * g);
                m = (lion.Beta2 * m) + ((1.0 - lion.Beta2) * g);

                return -rate * Math.Sign(direction);

            default:
                throw new ArgumentException($"No specification of {settings.GetType()}.", nameof(settings));
        }

        double Adam(double beta1, double beta2, ref double m, ref double c)
        {
            m = (beta1 * m) + ((1.0 - beta1) * g);
            c = (beta2 * c) + ((1.0 - beta2) * g * g);
            double correctedMean = m / (1.0 - Math.Pow(beta1, step + 1));
            double correctedSquare = c / (1.0 - Math.Pow(beta2, step + 1));

            return -rate * correctedMean / (Math.Sqrt(correctedSquare) + epsilon);
        }
    }
}
