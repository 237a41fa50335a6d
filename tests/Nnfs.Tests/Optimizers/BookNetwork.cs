namespace Nnfs.Tests;

/// <summary>
/// Dense, ReLU, Dense and softmax cross-entropy written as their definitions and rounded as the book's numbers were: float32 storage, dot
/// products in float64, bias gradients summed row by row in float32, NumPy's exponential. AdaGrad, RMSProp and Adam divide small gradients by
/// themselves, so that any other rounding shows after ten steps. Parameters are <c>[w1, b1, w2, b2]</c>, weights row-major [inputs × neurons].
/// </summary>
internal sealed class BookNetwork(int inputs, int hidden, int outputs)
{
    private readonly int _b1 = inputs * hidden;
    private readonly int _w2 = (inputs + 1) * hidden;
    private readonly int _b2 = ((inputs + 1) * hidden) + (hidden * outputs);

    public int ParameterCount => _b2 + outputs;

    /// <summary>Draws weights as the book does, <c>0.01 · randn</c> in float32, and zero biases.</summary>
    public float[] DrawParameters(NumpyRandom random)
    {
        float[] parameters = new float[ParameterCount];

        for (int i = 0; i < _b2; i++)
        {
            if (i < _b1 || i >= _w2)
            {
                parameters[i] = 0.01f * (float)random.NextGaussian();
            }
        }

        return parameters;
    }

    /// <summary>The mean loss of a data set; its gradient overwrites <paramref name="gradients"/>.</summary>
    public double Run(Dataset data, ReadOnlySpan<float> parameters, Span<float> gradients)
    {
        double loss = 0;
        double[] sums = new double[ParameterCount];
        float[] h = new float[hidden];
        float[] y = new float[outputs];

        for (int sample = 0; sample < data.Count; sample++)
        {
            ReadOnlySpan<float> x = data.Features.Slice(sample * inputs, inputs);
            int label = data.Labels[sample];

            // Forward: h = max(0, x·w1 + b1), y = softmax(h·w2 + b2).
            Dense(x, parameters[.._b1], parameters[_b1.._w2], h);

            for (int j = 0; j < hidden; j++)
            {
                h[j] = Math.Max(h[j], 0f);
            }

            Dense(h, parameters[_w2.._b2], parameters[_b2..], y);
            loss += Softmax(y, label);

            // Backward: dy = (softmax − one-hot) / n, then dh = dy·w2ᵀ where h > 0.
            y[label] -= 1f;

            for (int k = 0; k < outputs; k++)
            {
                y[k] /= data.Count;
                sums[_b2 + k] = (float)sums[_b2 + k] + y[k];
            }

            for (int j = 0; j < hidden; j++)
            {
                double dh = 0;

                for (int k = 0; k < outputs; k++)
                {
                    sums[_w2 + (j * outputs) + k] += (double)h[j] * y[k];
                    dh += (double)y[k] * parameters[_w2 + (j * outputs) + k];
                }

                if (h[j] > 0f)
                {
                    sums[_b1 + j] = (float)sums[_b1 + j] + (float)dh;

                    for (int i = 0; i < inputs; i++)
                    {
                        sums[(i * hidden) + j] += (double)x[i] * (float)dh;
                    }
                }
            }
        }

        for (int i = 0; i < sums.Length; i++)
        {
            gradients[i] = (float)sums[i];
        }

        return loss / data.Count;
    }

    private static void Dense(ReadOnlySpan<float> x, ReadOnlySpan<float> w, ReadOnlySpan<float> b, Span<float> y)
    {
        for (int j = 0; j < y.Length; j++)
        {
            double sum = 0;

            for (int i = 0; i < x.Length; i++)
            {
                sum += (double)x[i] * w[(i * y.Length) + j];
            }

            y[j] = (float)sum + b[j];
        }
    }

    /// <summary>Turns logits into probabilities; returns the cross-entropy against a label.</summary>
    private static double Softmax(Span<float> y, int label)
    {
        float max = float.NegativeInfinity;
        float sum = 0f;

        foreach (float logit in y)
        {
            max = Math.Max(max, logit);
        }

        for (int k = 0; k < y.Length; k++)
        {
            y[k] = Exp(y[k] - max);
            sum += y[k];
        }

        for (int k = 0; k < y.Length; k++)
        {
            y[k] /= sum;
        }

        return -Math.Log(Math.Clamp(y[label], 1e-7f, 1f - 1e-7f));
    }

    /// <summary>NumPy's float32 exponential on vectors: 2ⁿ times a rational function of what the reduction by n·ln 2 leaves.</summary>
    private static float Exp(float x)
    {
        float n = MathF.Round(x * 1.4426950f);
        float r = MathF.FusedMultiplyAdd(n, -6.93145752e-1f, x);
        r = MathF.FusedMultiplyAdd(n, -1.42860677e-6f, r);

        float p = MathF.FusedMultiplyAdd(5.082762527590693718096e-04f, r, 6.757896990527504603057e-03f);
        p = MathF.FusedMultiplyAdd(p, r, 5.114512081637298353406e-02f);
        p = MathF.FusedMultiplyAdd(p, r, 2.473615434895520810817e-01f);
        p = MathF.FusedMultiplyAdd(p, r, 7.257664613233124478488e-01f);
        p = MathF.FusedMultiplyAdd(p, r, 9.999999999980870924916e-01f);

        float q = MathF.FusedMultiplyAdd(2.159509375685829852307e-02f, r, -2.742335390411667452936e-01f);
        q = MathF.FusedMultiplyAdd(q, r, 1f);

        return MathF.ScaleB(p / q, (int)n);
    }
}
