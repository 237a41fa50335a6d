namespace Nnfs.Catalogue.Layers;

/// <summary><c>y[j] = exp(x[j]) / Σₖ exp(x[k])</c> over the last axis.</summary>
internal sealed record SoftmaxLayer : ReferenceLayer
{
    public static readonly LayerEntry Kind = new("Softmax", static _ => new SoftmaxLayer()) { Examples = [new SoftmaxLayer()] };

    public override LayerEntry Entry => Kind;

    public override bool IsCausal => true;

    public override bool GivesProbabilities => true;

    public override double[] Forward(LayerPass pass) => pass.Rounding.Of(Probabilities(pass.Inputs[0], pass.Columns));

    public override LayerGradients Backward(LayerPass pass, double[] dy)
    {
        double[] dx = Backward(pass.Outputs, dy, pass.Columns, out double[] magnitudes);

        return new(pass.Rounding.Of(dx, () => magnitudes));
    }

    /// <summary>The softmax of each row of logits.</summary>
    public static double[] Probabilities(double[] x, int classes)
    {
        double[] y = new double[x.Length];

        for (int start = 0; start < x.Length; start += classes)
        {
            double logOfSum = LogOfSum(x.AsSpan(start, classes));

            for (int j = start; j < start + classes; j++)
            {
                y[j] = Math.Exp(x[j] - logOfSum);
            }
        }

        return y;
    }

    /// <summary>The product of <c>dy</c> with the Jacobian, <c>dx[j] = Σₖ dy[k] · (y[k]·[j = k] − y[j]·y[k])</c>.</summary>
    public static double[] Backward(double[] y, double[] dy, int classes) => Backward(y, dy, classes, out _);

    /// <summary><c>log Σₖ exp(x[k])</c>.</summary>
    public static double LogOfSum(ReadOnlySpan<double> logits)
    {
        double greatest = double.NegativeInfinity;
        double sum = 0;

        foreach (double logit in logits)
        {
            greatest = Math.Max(greatest, logit);
        }

        foreach (double logit in logits)
        {
            sum += Math.Exp(logit - greatest);
        }

        return greatest + Math.Log(sum);
    }

    private static double[] Backward(double[] y, double[] dy, int classes, out double[] magnitudes)
    {
        double[] dx = new double[y.Length];
        magnitudes = new double[y.Length];

        for (int first = 0; first < y.Length; first += classes)
        {
            // As the probabilities sum to 1, a constant added to dy changes nothing. That of the likeliest class keeps the terms small.
            double[] row = y[first..(first + classes)];
            int likeliest = first + Array.IndexOf(row, row.Max());

            for (int j = first; j < first + classes; j++)
            {
                // Row j of the Jacobian: y[j]·([j = k] − y[k]).
                for (int k = first; k < first + classes; k++)
                {
                    double term = (dy[k] - dy[likeliest]) * y[j] * ((j == k ? 1 : 0) - y[k]);
                    dx[j] += term;
                    magnitudes[j] += Math.Abs(term);
                }
            }
        }

        return dx;
    }
}
