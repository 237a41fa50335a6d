namespace Nnfs.Generators.Tests.Gradients;

/// <summary>
/// The specification: every layer and loss as plain loops over its definition, float64 throughout, sharing nothing with the kernels.
/// It is itself checked against finite differences.
/// </summary>
internal sealed class ReferenceNetwork
{
    private const double SmallestProbability = 1e-7;

    /// <summary>Half the distance from 1 to the next float32.</summary>
    internal const double SingleRounding = 1.0 / (1 << 24);

    private readonly NetworkCase _network;
    private readonly double[]?[] _weights;
    private readonly double[]?[] _biases;
    private readonly double[] _targets;
    private readonly Random? _roundings;

    /// <summary>A network with the parameters and the answers of a batch.</summary>
    /// <param name="network">The case.</param>
    /// <param name="batch">Its numbers.</param>
    /// <param name="roundings">
    /// Where given, every number computed is off by as much as float32 may round it, at random: a part of 2⁻²⁴ of the magnitude of the terms that it is
    /// the sum of. What comes out then shows how well float32 can do at all.
    /// </param>
    public ReferenceNetwork(NetworkCase network, Batch batch, Random? roundings = null)
    {
        _roundings = roundings;
        _network = network;
        _weights = new double[network.Layers.Length][];
        _biases = new double[network.Layers.Length][];
        _targets = Array.ConvertAll(batch.Targets, static value => (double)value);
        int dense = 0;

        for (int i = 0; i < network.Layers.Length; i++)
        {
            if (network.Layers[i].Kind == LayerKind.Dense)
            {
                _weights[i] = Array.ConvertAll(batch.Weights[dense], static value => (double)value);
                _biases[i] = Array.ConvertAll(batch.Biases[dense++], static value => (double)value);
            }
        }
    }

    /// <summary>The inputs, and the outputs of each layer. With a <see cref="Head.SoftmaxCrossEntropy"/> the last are logits.</summary>
    public double[][] Forward(double[] inputs, int samples)
    {
        double[][] activations = new double[_network.Layers.Length + 1][];
        activations[0] = inputs;
        Forward(activations, 0, samples);

        return activations;
    }

    /// <summary>Computes again what <paramref name="firstLayer"/> and those behind it give.</summary>
    public void Forward(double[][] activations, int firstLayer, int samples)
    {
        for (int i = firstLayer; i < _network.Layers.Length; i++)
        {
            Layer layer = _network.Layers[i];

            activations[i + 1] = layer.Kind switch
            {
                LayerKind.Dense => Rounded(Dense(activations[i], _weights[i]!, _biases[i]!, layer, samples), () => Magnitudes(activations, i, samples)),
                LayerKind.ReLU => Array.ConvertAll(activations[i], static value => Math.Max(0, value)),
                _ => RoundedSoftmax(activations[i], layer.Outputs, samples),
            };
        }
    }

    /// <summary>What the network gives to its user: probabilities where it ends in a softmax.</summary>
    public double[] Outputs(double[][] activations, int samples) =>
        _network.Head == Head.SoftmaxCrossEntropy ? RoundedSoftmax(activations[^1], _network.Outputs, samples) : activations[^1];

    /// <summary>
    /// Each sample's part of the mean loss. A network without a loss has the sum of its outputs, each times the gradient given
    /// for it: the function whose gradient that is.
    /// </summary>
    /// <param name="activations">What the layers give.</param>
    /// <param name="samples">The number of samples.</param>
    /// <param name="magnitude">The sum of what all terms of all parts would be without their signs; their rounding errors are multiples of this.</param>
    public double[] Losses(double[][] activations, int samples, out double magnitude)
    {
        int classes = _network.Outputs;
        double[] outputs = activations[^1];
        double[] losses = new double[samples];
        magnitude = 0;

        for (int i = 0; i < samples; i++)
        {
            double logOfSum = _network.Head == Head.SoftmaxCrossEntropy ? LogOfSum(outputs.AsSpan(i * classes, classes)) : 0;

            for (int j = i * classes; j < (i + 1) * classes; j++)
            {
                (double term, double size) = _network.Head switch
                {
                    Head.SoftmaxCrossEntropy => ((logOfSum - outputs[j]) / samples, (Math.Abs(logOfSum) + Math.Abs(outputs[j])) / samples),
                    Head.CategoricalCrossEntropy => (-Math.Log(Clip(outputs[j])) / samples, (1 - Math.Log(Clip(outputs[j]))) / samples),
                    _ => (outputs[j], Math.Abs(outputs[j])),
                };

                losses[i] += _targets[j] * term;
                magnitude += Math.Abs(_targets[j]) * size;
            }
        }

        return losses;
    }

    /// <summary>The gradients of the loss with respect to weights and biases, in the order of the layers, and then to the inputs.</summary>
    public List<GradientTensor> Backward(double[][] activations, int samples)
    {
        double[] gradient = BackwardHead(activations[^1], samples);
        List<GradientTensor> tensors = [];

        for (int i = _network.Layers.Length - 1; i >= 0; i--)
        {
            Layer layer = _network.Layers[i];
            double[] x = activations[i];
            double[] dy = gradient;

            switch (layer.Kind)
            {
                case LayerKind.Dense:
                    double[] w = _weights[i]!;
                    double[] db = Rounded(BackwardBiases(dy, layer, samples), () => BackwardBiases(Absolute(dy), layer, samples));
                    double[] dw = Rounded(BackwardWeights(x, dy, layer, samples), () => BackwardWeights(Absolute(x), Absolute(dy), layer, samples));
                    gradient = Rounded(BackwardInputs(dy, w, layer, samples), () => BackwardInputs(Absolute(dy), Absolute(w), layer, samples));
                    tensors.Add(new GradientTensor($"biases of layer {i}", i, _biases[i]!, db));
                    tensors.Add(new GradientTensor($"weights of layer {i}", i, w, dw));
                    break;

                case LayerKind.ReLU:
                    gradient = [.. dy.Select((value, j) => x[j] > 0 ? value : 0)];
                    break;

                default:
                    gradient = BackwardSoftmax(activations[i + 1], dy, layer.Outputs, samples, out double[] magnitudes);
                    gradient = Rounded(gradient, () => magnitudes);
                    break;
            }
        }

        tensors.Reverse();
        tensors.Add(new GradientTensor("inputs", 0, activations[0], gradient));

        return tensors;
    }

    /// <summary>The smallest input of a ReLU that rounding could carry over zero, as a part of the magnitude of the terms that it is the sum of.</summary>
    public double DistanceFromKinks(double[][] activations, int samples)
    {
        double smallest = double.PositiveInfinity;

        for (int i = 1; i < _network.Layers.Length; i++)
        {
            // Only a dense layer gives such inputs. Those of the network are what they are; what a ReLU gives is zero exactly, or as
            // clear of zero as its input; probabilities are positive.
            if (_network.Layers[i].Kind == LayerKind.ReLU && _network.Layers[i - 1].Kind == LayerKind.Dense)
            {
                double[] magnitudes = Magnitudes(activations, i - 1, samples);
                smallest = Math.Min(smallest, activations[i].Zip(magnitudes, static (sum, magnitude) => Math.Abs(sum) / magnitude).Min());
            }
        }

        return smallest;
    }

    /// <summary>Whether two passes took the same piece of a function that is smooth only in pieces: no ReLU on different sides, nothing clipped.</summary>
    public bool OnSamePiece(double[][] one, double[][] other)
    {
        for (int i = 0; i < _network.Layers.Length; i++)
        {
            // Layers that the perturbed number does not reach share one array.
            if (_network.Layers[i].Kind == LayerKind.ReLU
                && !ReferenceEquals(one[i], other[i])
                && one[i].Zip(other[i]).Any(static pair => pair.First > 0 != pair.Second > 0))
            {
                return false;
            }
        }

        return _network.Head != Head.CategoricalCrossEntropy || !(AnyClipped(one[^1]) || AnyClipped(other[^1]));
    }

    internal static double[] Dense(double[] x, double[] w, double[] b, Layer layer, int samples)
    {
        double[] y = new double[samples * layer.Outputs];

        for (int i = 0; i < samples; i++)
        {
            Span<double> row = y.AsSpan(i * layer.Outputs, layer.Outputs);
            b.CopyTo(row);

            for (int k = 0; k < layer.Inputs; k++)
            {
                double factor = x[(i * layer.Inputs) + k];
                ReadOnlySpan<double> weights = w.AsSpan(k * layer.Outputs, layer.Outputs);

                for (int j = 0; j < row.Length; j++)
                {
                    row[j] += factor * weights[j];
                }
            }
        }

        return y;
    }

    internal static double[] BackwardWeights(double[] x, double[] dy, Layer layer, int samples)
    {
        double[] dw = new double[layer.Inputs * layer.Outputs];

        for (int i = 0; i < samples; i++)
        {
            for (int k = 0; k < layer.Inputs; k++)
            {
                for (int j = 0; j < layer.Outputs; j++)
                {
                    dw[(k * layer.Outputs) + j] += x[(i * layer.Inputs) + k] * dy[(i * layer.Outputs) + j];
                }
            }
        }

        return dw;
    }

    internal static double[] BackwardBiases(double[] dy, Layer layer, int samples)
    {
        double[] db = new double[layer.Outputs];

        for (int i = 0; i < samples * layer.Outputs; i++)
        {
            db[i % layer.Outputs] += dy[i];
        }

        return db;
    }

    internal static double[] BackwardInputs(double[] dy, double[] w, Layer layer, int samples)
    {
        double[] dx = new double[samples * layer.Inputs];

        for (int i = 0; i < samples; i++)
        {
            for (int k = 0; k < layer.Inputs; k++)
            {
                for (int j = 0; j < layer.Outputs; j++)
                {
                    dx[(i * layer.Inputs) + k] += dy[(i * layer.Outputs) + j] * w[(k * layer.Outputs) + j];
                }
            }
        }

        return dx;
    }

    internal static double[] Softmax(double[] x, int classes, int samples)
    {
        double[] y = new double[samples * classes];

        for (int i = 0; i < samples; i++)
        {
            double logOfSum = LogOfSum(x.AsSpan(i * classes, classes));

            for (int j = i * classes; j < (i + 1) * classes; j++)
            {
                y[j] = Math.Exp(x[j] - logOfSum);
            }
        }

        return y;
    }

    internal static double[] BackwardSoftmax(double[] y, double[] dy, int classes, int samples, out double[] magnitudes)
    {
        double[] dx = new double[samples * classes];
        magnitudes = new double[samples * classes];

        for (int i = 0; i < samples; i++)
        {
            // As the probabilities sum to 1, a constant added to dy changes nothing. That of the likeliest class keeps the terms small.
            int first = i * classes;
            int likeliest = first + Array.IndexOf(y[first..(first + classes)], y[first..(first + classes)].Max());

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

    internal static double[] Absolute(double[] values) => Array.ConvertAll(values, Math.Abs);

    internal static double LogOfSum(ReadOnlySpan<double> logits)
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

    internal static double Clip(double probability) => Math.Clamp(probability, SmallestProbability, 1 - SmallestProbability);

    private double[] BackwardHead(double[] outputs, int samples) => _network.Head switch
    {
        Head.SoftmaxCrossEntropy => BackwardSoftmaxCrossEntropy(RoundedSoftmax(outputs, _network.Outputs, samples), samples),

        // As the book has it: the gradient of −log of what was clipped, without that of the clipping.
        Head.CategoricalCrossEntropy => Rounded([.. outputs.Select((probability, i) => -_targets[i] / Clip(probability) / samples)]),
        _ => _targets,
    };

    private double[] BackwardSoftmaxCrossEntropy(double[] p, int samples)
    {
        int classes = _network.Outputs;
        double[] dz = new double[samples * classes];
        double[] magnitudes = new double[samples * classes];

        for (int i = 0; i < samples; i++)
        {
            for (int j = i * classes; j < (i + 1) * classes; j++)
            {
                // p[j]·Σ t − t[j], which is p[j]·(Σ of the other t) − t[j]·(Σ of the other p): its terms are small where the network is sure.
                for (int k = i * classes; k < (i + 1) * classes; k++)
                {
                    dz[j] += ((p[j] * _targets[k]) - (_targets[j] * p[k])) / samples;
                    magnitudes[j] += j == k ? 0 : ((p[j] * _targets[k]) + (_targets[j] * p[k])) / samples;
                }
            }
        }

        return Rounded(dz, () => magnitudes);
    }

    private double[] RoundedSoftmax(double[] x, int classes, int samples) => Rounded(Softmax(x, classes, samples));

    private double[] Rounded(double[] values) => Rounded(values, () => values);

    /// <summary>The values, each off by a random part of a rounding of its magnitude where roundings are asked for.</summary>
    private double[] Rounded(double[] values, Func<double[]> magnitudes) => _roundings is null
        ? values
        : [.. values.Zip(magnitudes(), (value, magnitude) => value + (((2 * _roundings.NextDouble()) - 1) * SingleRounding * magnitude))];

    /// <summary>What the terms of a dense layer's outputs add up to without their signs.</summary>
    private double[] Magnitudes(double[][] activations, int layer, int samples) =>
        Dense(Absolute(activations[layer]), Absolute(_weights[layer]!), Absolute(_biases[layer]!), _network.Layers[layer], samples);

    private bool AnyClipped(double[] probabilities)
    {
        for (int i = 0; i < probabilities.Length; i++)
        {
            if (_targets[i] != 0 && probabilities[i] != Clip(probabilities[i]))
            {
                return true;
            }
        }

        return false;
    }
}
