using Nnfs.Catalogue;
using Nnfs.Catalogue.Layers;

namespace Nnfs.Tests.Kernels;

/// <summary>
/// The specification of a convolution, with its gradients: one term after the other in float64. No operand has padding. Where the window stops and what it
/// takes there is the catalogue's to say.
/// </summary>
/// <param name="window">The window.</param>
/// <param name="filters">The filters.</param>
/// <param name="groups">The groups that channels and filters are divided into.</param>
internal sealed class ConvolutionReference(Window2D window, int filters, int groups)
{
    private readonly int _channels = window.Channels / groups;
    private readonly SampleShape _image = new(window.Height, window.Width, window.Channels);
    private readonly ImageWindow _window = new(window.KernelHeight, window.KernelWidth)
    {
        Stride = window.Stride,
        Dilation = window.Dilation,
        IsSame = window.IsPadded,
    };

    /// <summary>The rows of the matrix of weights.</summary>
    public int Rows => window.Taps * _channels;

    /// <summary>The most terms of a gradient of an input.</summary>
    public int TermsOfInput => window.Taps * (filters / groups);

    private int Places => _window.OutputOf(_image, channels: 1).Size;

    public double[] Forward(double[] x, double[] w, double[]? b, int samples)
    {
        double[] y = new double[samples * Places * filters];

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
        double[] dx = new double[samples * _image.Size];

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
        for (int sample = 0; sample < samples; sample++)
        {
            foreach ((int place, int tap, int pixel) in _window.Pixels(_image))
            {
                for (int f = 0; f < filters; f++)
                {
                    int first = (((sample * _image.Positions) + pixel) * _image.Channels) + (f / (filters / groups) * _channels);

                    for (int c = 0; c < _channels; c++)
                    {
                        yield return new Term(first + c, (((tap * _channels) + c) * filters) + f, (((sample * Places) + place) * filters) + f);
                    }
                }
            }
        }
    }

    private readonly record struct Term(int Input, int Weight, int Output);
}
