namespace Nnfs.Benchmarks;

/// <summary>The answer of a workload in float64, by plain loops: what every contestant has to give before it is timed.</summary>
internal static class Reference
{
    /// <summary>The share of a part's greatest value by which a contestant's numbers may differ: float32 sums of up to 784 products.</summary>
    private const double Tolerance = 2e-4;

    /// <summary>Fails where a contestant's answer is not that of the reference.</summary>
    /// <exception cref="InvalidOperationException">A number differs by more than the tolerance.</exception>
    public static void Verify(Workload workload, double[] expected, Contestant contestant)
    {
        float[] actual = contestant.Answer();

        if (actual.Length != expected.Length)
        {
            throw new InvalidOperationException($"{contestant.Name} gives {actual.Length} numbers for '{workload}', not {expected.Length}.");
        }

        int start = 0;

        foreach (int length in workload.AnswerLengths)
        {
            double scale = expected.AsSpan(start, length).ToArray().Max(Math.Abs);

            for (int i = start; i < start + length; i++)
            {
                // A comparison that NaN fails too.
                if (!(Math.Abs(actual[i] - expected[i]) <= Tolerance * scale))
                {
                    throw new InvalidOperationException($"{contestant.Name} is wrong at '{workload}': number {i} is {actual[i]}, not {expected[i]}.");
                }
            }

            start += length;
        }
    }

    /// <summary>The answer that the workload asks for.</summary>
    public static double[] Answer(Workload workload)
    {
        double[][] parameters = [.. workload.Parameters.Select(static parameter => Array.ConvertAll(parameter, static value => (double)value))];
        double[] inputs = Array.ConvertAll(workload.Inputs, static value => (double)value);

        return workload.Activity switch
        {
            Activity.Predict => Forward(workload.Network, parameters, inputs)[^1],
            Activity.PredictChained => Chain(workload.Network, parameters, inputs[..workload.Network.Inputs]),
            _ => Train(workload, parameters, inputs),
        };
    }

    private static double[] Chain(NetworkCase network, double[][] parameters, double[] input)
    {
        double[] outputs = [];

        for (int call = 0; call < Workload.ChainedCalls; call++)
        {
            outputs = Forward(network, parameters, input)[^1];
            outputs.AsSpan(0, 2).CopyTo(input);
        }

        return outputs;
    }

    private static double[] Train(Workload workload, double[][] parameters, double[] inputs)
    {
        (double firstLoss, double[][] firstGradients) = Gradients(workload, parameters, inputs);

        // The rates as the contestants have them.
        double[][] means = [.. parameters.Select(static parameter => new double[parameter.Length])];
        double[][] squares = [.. parameters.Select(static parameter => new double[parameter.Length])];
        double loss = firstLoss;

        for (int step = 1; step <= Workload.AnsweredSteps; step++)
        {
            (loss, double[][] gradients) = Gradients(workload, parameters, inputs);
            double rate = Workload.AdamRate / (1.0 + (Workload.AdamDecay * (step - 1)));

            for (int part = 0; part < parameters.Length; part++)
            {
                for (int i = 0; i < parameters[part].Length; i++)
                {
                    double gradient = gradients[part][i];

                    if (workload.Activity == Activity.SgdStep)
                    {
                        parameters[part][i] -= Workload.SgdRate * gradient;
                        continue;
                    }

                    means[part][i] = (0.9 * means[part][i]) + (0.1 * gradient);
                    squares[part][i] = (0.999 * squares[part][i]) + (0.001 * gradient * gradient);
                    double mean = means[part][i] / (1.0 - Math.Pow(0.9, step));
                    double square = squares[part][i] / (1.0 - Math.Pow(0.999, step));
                    parameters[part][i] -= rate * mean / (Math.Sqrt(square) + 1e-7);
                }
            }
        }

        return [firstLoss, .. firstGradients.SelectMany(static part => part), loss];
    }

    /// <summary>The inputs, the outputs of each hidden layer after its ReLU, and the probabilities.</summary>
    private static double[][] Forward(NetworkCase network, double[][] parameters, double[] inputs)
    {
        int samples = inputs.Length / network.Inputs;
        double[][] stages = new double[network.Layers + 1][];
        stages[0] = inputs;

        for (int layer = 0; layer < network.Layers; layer++)
        {
            int width = network.Sizes[layer];
            int neurons = network.Sizes[layer + 1];
            double[] x = stages[layer], w = parameters[2 * layer], b = parameters[(2 * layer) + 1];
            double[] y = stages[layer + 1] = new double[samples * neurons];

            for (int i = 0; i < samples; i++)
            {
                Span<double> row = y.AsSpan(i * neurons, neurons);
                b.CopyTo(row);

                for (int k = 0; k < width; k++)
                {
                    double value = x[(i * width) + k];
                    ReadOnlySpan<double> weights = w.AsSpan(k * neurons, neurons);

                    for (int j = 0; j < row.Length; j++)
                    {
                        row[j] += value * weights[j];
                    }
                }

                if (layer < network.Layers - 1)
                {
                    for (int j = 0; j < row.Length; j++)
                    {
                        row[j] = Math.Max(0.0, row[j]);
                    }
                }
                else
                {
                    Softmax(row);
                }
            }
        }

        return stages;
    }

    private static void Softmax(Span<double> row)
    {
        double max = double.NegativeInfinity, sum = 0.0;

        foreach (double value in row)
        {
            max = Math.Max(max, value);
        }

        foreach (ref double value in row)
        {
            value = Math.Exp(value - max);
            sum += value;
        }

        foreach (ref double value in row)
        {
            value /= sum;
        }
    }

    /// <summary>The mean cross-entropy, and its gradient with respect to each part of the parameters.</summary>
    private static (double Loss, double[][] Gradients) Gradients(Workload workload, double[][] parameters, double[] inputs)
    {
        NetworkCase network = workload.Network;
        int samples = workload.Samples;
        double[][] stages = Forward(network, parameters, inputs);
        double[][] gradients = [.. parameters.Select(static parameter => new double[parameter.Length])];

        double loss = 0.0;
        double[] dy = [.. stages[^1].Select(probability => probability / samples)];

        for (int i = 0; i < samples; i++)
        {
            int label = (i * network.Outputs) + workload.Labels[i];
            loss -= Math.Log(stages[^1][label]) / samples;
            dy[label] -= 1.0 / samples;
        }

        for (int layer = network.Layers - 1; layer >= 0; layer--)
        {
            int width = network.Sizes[layer];
            int neurons = network.Sizes[layer + 1];
            double[] x = stages[layer], w = parameters[2 * layer], dw = gradients[2 * layer], db = gradients[(2 * layer) + 1];
            double[] dx = new double[samples * width];

            for (int i = 0; i < samples; i++)
            {
                ReadOnlySpan<double> dyRow = dy.AsSpan(i * neurons, neurons);

                for (int j = 0; j < dyRow.Length; j++)
                {
                    db[j] += dyRow[j];
                }

                for (int k = 0; k < width; k++)
                {
                    double value = x[(i * width) + k], sum = 0.0;
                    ReadOnlySpan<double> weights = w.AsSpan(k * neurons, neurons);
                    Span<double> dwRow = dw.AsSpan(k * neurons, neurons);

                    for (int j = 0; j < dyRow.Length; j++)
                    {
                        dwRow[j] += value * dyRow[j];
                        sum += dyRow[j] * weights[j];
                    }

                    // The gradient passes a ReLU where its output is positive; before the first layer there is none.
                    dx[(i * width) + k] = layer == 0 || value > 0.0 ? sum : 0.0;
                }
            }

            dy = dx;
        }

        return (loss, gradients);
    }
}
