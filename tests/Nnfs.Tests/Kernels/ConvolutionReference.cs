namespace Nnfs.Tests.Kernels;

/// <summary>The specification of a convolution, with its gradients: one term after the other in float64. No operand has padding.</summary>
/// <param name="window">The window.</param>
/// <param name="filters">The filters.</param>
/// <param name="groups">The groups that channels and filters are divided into.</param>
internal sealed class ConvolutionReference(Window2D window, int filters, int groups)
{
    private readonly int _channels = window.Channels / groups;

    /// <summary>The rows of the matrix of weights.</summary>
    public int Rows => window.Taps * _channels;

    /// <summary>The most terms of a gradient of an input.</summary>
    public int TermsOfInput => window.Taps * (filters / groups);

    public double[] Forward(double[] x, double[] w, double[]? b, int samples)
    {
        double[] y = new double[samples * window.Places * filters];

        for (int i = 0; i < y.Length; i++)
        {
            y[i] = b?[i % filters] ?? 0;
        }

        foreach (Term term in Terms(samples))
        {
            y[term.Output] += x[term.Input] * w[term.Weight];
        }

        return y;
    }

    public double[] BackwardInputs(double[] dy, double[] w, int samples)
    {
        double[] dx = new double[samples * window.Size];

        foreach (Term term in Terms(samples))
        {
            dx[term.Input] += dy[term.Output] * w[term.Weight];
        }

        return dx;
    }

    public double[] BackwardWeights(double[] x, double[] dy, int samples)
    {
        double[] dw = new double[Rows * filters];

        foreach (Term term in Terms(samples))
        {
            dw[term.Weight] += x[term.Input] * dy[term.Output];
        }

        return dw;
    }

    public double[] BackwardBiases(double[] dy)
    {
        double[] db = new double[filters];

        for (int i = 0; i < dy.Length; i++)
        {
            db[i % filters] += dy[i];
        }

        return db;
    }

    private IEnumerable<Term> Terms(int samples)
    {
        for (int place = 0; place < samples * window.Places; place++)
        {
            (int sample, int rest) = int.DivRem(place, window.Places);
            (int oy, int ox) = int.DivRem(rest, window.OutputWidth);

            for (int tap = 0; tap < window.Taps; tap++)
            {
                (int ky, int kx) = int.DivRem(tap, window.KernelWidth);
                int y = (oy * window.Stride) + (ky * window.Dilation) - window.PadTop;
                int x = (ox * window.Stride) + (kx * window.Dilation) - window.PadLeft;

                if (y < 0 || y >= window.Height || x < 0 || x >= window.Width)
                {
                    continue;
                }

                int pixel = (((sample * window.Height) + y) * window.Width) + x;

                for (int f = 0; f < filters; f++)
                {
                    int first = f / (filters / groups) * _channels;

                    for (int c = 0; c < _channels; c++)
                    {
                        yield return new Term((pixel * window.Channels) + first + c, (((tap * _channels) + c) * filters) + f, (place * filters) + f);
                    }
                }
            }
        }
    }

    private readonly record struct Term(int Input, int Weight, int Output);
}
