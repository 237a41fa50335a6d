namespace Nnfs.Tests;

/// <summary>The optimizers as the book writes them, one parameter after the other in float64.</summary>
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
                w += Move(settings, gradients[step][i], rate, step, ref m, ref c);
            }

            result[i] = w;
        }

        return result;
    }

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
                m = (adam.Beta1 * m) + ((1.0 - adam.Beta1) * g);
                c = (adam.Beta2 * c) + ((1.0 - adam.Beta2) * g * g);
                double correctedMean = m / (1.0 - Math.Pow(adam.Beta1, step + 1));
                double correctedSquare = c / (1.0 - Math.Pow(adam.Beta2, step + 1));

                return -rate * correctedMean / (Math.Sqrt(correctedSquare) + epsilon);

            default:
                throw new ArgumentException($"No specification of {settings.GetType()}.", nameof(settings));
        }
    }
}
