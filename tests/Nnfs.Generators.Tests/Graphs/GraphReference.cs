using Nnfs.Generators.Tests.Gradients;
using Nnfs.Tests.Kernels;

namespace Nnfs.Generators.Tests.Graphs;

/// <summary>
/// The specification of a graph: every layer and its gradient in float64, by the formulas in the documentation of the attributes. It shares
/// nothing with the kernels, and is itself checked against finite differences.
/// </summary>
/// <param name="graph">The graph.</param>
/// <param name="parameters">The tensors of each layer, which the reference goes on reading.</param>
/// <param name="roundings">
/// Where given, every number computed is off by as much as float32 may round it, at random: a part of 2⁻²⁴ of the magnitude of the terms that it is
/// the sum of. What comes out then shows how well float32 can do at all.
/// </param>
internal sealed class GraphReference(GraphCase graph, double[][][] parameters, Random? roundings = null)
{
    /// <summary>The outputs of all layers.</summary>
    /// <param name="inputs">The inputs.</param>
    /// <param name="masks">For each dropout what its values are multiplied by; <see langword="null"/> for a prediction.</param>
    /// <param name="samples">The number of samples.</param>
    public GraphPass Forward(double[][] inputs, double[]?[]? masks, int samples)
    {
        int count = graph.Layers.Length;
        GraphPass pass = new(inputs, masks, samples)
        {
            Values = new double[count][],
            Normalised = new double[count][],
            Means = new double[count][],
            Variances = new double[count][],
        };

        for (int i = 0; i < count; i++)
        {
            pass.Values[i] = Forward(pass, i);
        }

        return pass;
    }

    /// <summary>What a training pass leaves of a batch normalisation's running averages.</summary>
    public (double[] Mean, double[] Variance) RunningAverages(GraphPass pass, int layer)
    {
        double momentum = graph.Layers[layer].Momentum;
        double unbiased = pass.Samples > 1 ? pass.Samples / (pass.Samples - 1.0) : 1;

        return (
            [.. parameters[layer][2].Select((value, j) => ((1 - momentum) * value) + (momentum * pass.Means[layer][j]))],
            [.. parameters[layer][3].Select((value, j) => ((1 - momentum) * value) + (momentum * unbiased * pass.Variances[layer][j]))]);
    }

    /// <summary>The gradients of everything, from those of the outputs.</summary>
    /// <param name="pass">The forward pass.</param>
    /// <param name="outputGradients">The gradient of each output's layer that comes from its loss; <see langword="null"/> for none.</param>
    public GraphGradients Backward(GraphPass pass, double[]?[] outputGradients)
    {
        double[][] gradients = [.. graph.Layers.Select(layer => new double[pass.Samples * layer.Size])];
        double[][] inputs = [.. graph.Inputs.Select(input => new double[pass.Samples * input.Size])];
        double[][][] tensors = new double[graph.Layers.Length][][];

        for (int output = 0; output < outputGradients.Length; output++)
        {
            if (outputGradients[output] is { } gradient)
            {
                Accumulate(graph.Outputs[output].Source, gradient);
            }
        }

        for (int i = graph.Layers.Length - 1; i >= 0; i--)
        {
            GraphLayer layer = graph.Layers[i];
            tensors[i] = Parameters(pass, i, gradients[i]);

            for (int slot = 0; slot < layer.Sources.Length; slot++)
            {
                Accumulate(layer.Sources[slot], Contribution(pass, i, slot, gradients[i]));
            }

            AddPenalties(i, tensors[i]);
        }

        return new GraphGradients(tensors, inputs);

        void Accumulate(int source, double[] contribution)
        {
            double[] sum = source < 0 ? inputs[~source] : gradients[source];
            double[] before = [.. sum];

            for (int j = 0; j < sum.Length; j++)
            {
                sum[j] += contribution[j];
            }

            Rounded(sum, j => before[j] == 0 ? 0 : Math.Abs(before[j]) + Math.Abs(contribution[j])).CopyTo(sum, 0);
        }
    }

    /// <summary>What weights and biases add to the loss, a term for each of them.</summary>
    public IEnumerable<double> Penalties() => !graph.HasPenalties ? [] : graph.Layers.SelectMany((layer, i) => parameters[i].Take(2).SelectMany((tensor, k) =>
        tensor.Select(value => (layer.Penalties[k].L1 * Math.Abs(value)) + (layer.Penalties[k].L2 * value * value))));

    private double[] Forward(GraphPass pass, int index)
    {
        GraphLayer layer = graph.Layers[index];
        double[] x = pass[layer.Sources[0]];
        double[][] tensors = parameters[index];

        switch (layer.Kind)
        {
            case GraphLayerKind.Dense:
                Layer shape = Shape(layer);
                double[] y = ReferenceNetwork.Dense(x, tensors[0], tensors[1], shape, pass.Samples);

                return roundings is null ? y : Rounded(y, ReferenceNetwork.Dense(
                    ReferenceNetwork.Absolute(x), ReferenceNetwork.Absolute(tensors[0]), ReferenceNetwork.Absolute(tensors[1]), shape, pass.Samples));

            case GraphLayerKind.ReLU or GraphLayerKind.Linear:
                return Array.ConvertAll(x, value => Function(layer, value));

            case GraphLayerKind.Softmax:
                return Rounded(ReferenceNetwork.Softmax(x, layer.Size, pass.Samples));

            case GraphLayerKind.Dropout:
                return pass.Masks is null ? x : Rounded([.. x.Zip(pass.Masks[index]!, static (value, factor) => value * factor)]);

            case GraphLayerKind.LayerNorm or GraphLayerKind.RMSNorm:
                return Normalise(pass, index, x, groups: pass.Samples, (group, k) => (group * layer.Size) + k, members: layer.Size);

            case GraphLayerKind.BatchNorm:
                return Normalise(pass, index, x, groups: layer.Size, (group, k) => (k * layer.Size) + group, members: pass.Samples);

            case GraphLayerKind.Add or GraphLayerKind.Multiply:
                double[] joined = [.. x];
                double[] magnitudes = ReferenceNetwork.Absolute(x);

                foreach (double[] other in layer.Sources.Skip(1).Select(source => pass[source]))
                {
                    for (int j = 0; j < joined.Length; j++)
                    {
                        joined[j] = layer.Kind == GraphLayerKind.Add ? joined[j] + other[j] : joined[j] * other[j];
                        magnitudes[j] = layer.Kind == GraphLayerKind.Add ? magnitudes[j] + Math.Abs(other[j]) : Math.Abs(joined[j]);
                    }
                }

                return Rounded(joined, magnitudes);

            case GraphLayerKind.Concat:
                return [.. Enumerable.Range(0, pass.Samples)
                    .SelectMany(i => layer.Sources.SelectMany(source => pass[source][(i * graph.SizeOf(source))..((i + 1) * graph.SizeOf(source))]))];

            default:
                return Rounded(Array.ConvertAll(x, value => Function(layer, value)));
        }
    }

    /// <summary>
    /// Normalises groups of values: those of a sample, or those that all samples have at one place. Where they are not centred their mean counts as 0.
    /// </summary>
    private double[] Normalise(GraphPass pass, int index, double[] x, int groups, Func<int, int, int> at, int members)
    {
        GraphLayer layer = graph.Layers[index];
        double[][] tensors = parameters[index];
        bool usesAverages = layer.Kind == GraphLayerKind.BatchNorm && pass.Masks is null;
        double[] means = usesAverages ? tensors[2] : new double[groups];
        double[] variances = usesAverages ? tensors[3] : new double[groups];
        double[] normalised = new double[x.Length];
        double[] y = new double[x.Length];
        double[] magnitudes = new double[x.Length];

        for (int group = 0; group < groups; group++)
        {
            if (!usesAverages)
            {
                means[group] = layer.IsCentred ? Enumerable.Range(0, members).Average(k => x[at(group, k)]) : 0;
                variances[group] = Enumerable.Range(0, members).Average(k => Math.Pow(x[at(group, k)] - means[group], 2));
            }

            double reciprocal = 1 / Math.Sqrt(variances[group] + layer.Setting);

            for (int k = 0; k < members; k++)
            {
                int j = at(group, k);
                double gamma = tensors[0][j % layer.Size];
                double beta = layer.IsCentred ? tensors[1][j % layer.Size] : 0;
                normalised[j] = (x[j] - means[group]) * reciprocal;
                y[j] = (normalised[j] * gamma) + beta;

                // A value that is all that its group has is its mean exactly.
                double magnitude = Math.Abs(normalised[j]) + Math.Abs(means[group] * reciprocal);
                magnitudes[j] = (members == 1 && layer.IsCentred && !usesAverages ? 0 : magnitude * Math.Abs(gamma)) + Math.Abs(beta);
            }
        }

        (pass.Normalised[index], pass.Means[index], pass.Variances[index]) = (normalised, means, variances);

        return Rounded(y, magnitudes);
    }

    /// <summary>The gradients of a layer's tensors.</summary>
    private double[][] Parameters(GraphPass pass, int index, double[] dy)
    {
        GraphLayer layer = graph.Layers[index];

        if (layer.Kind == GraphLayerKind.Dense)
        {
            double[] x = pass[layer.Sources[0]];
            double[] dw = ReferenceNetwork.BackwardWeights(x, dy, Shape(layer), pass.Samples);
            double[] db = ReferenceNetwork.BackwardBiases(dy, Shape(layer), pass.Samples);

            return roundings is null ? [dw, db] :
            [
                Rounded(dw, ReferenceNetwork.BackwardWeights(ReferenceNetwork.Absolute(x), ReferenceNetwork.Absolute(dy), Shape(layer), pass.Samples)),
                Rounded(db, ReferenceNetwork.BackwardBiases(ReferenceNetwork.Absolute(dy), Shape(layer), pass.Samples)),
            ];
        }

        if (!layer.IsNorm)
        {
            return [];
        }

        double[][] sums = [new double[layer.Size], new double[layer.Size], new double[layer.Size], new double[layer.Size]];

        for (int j = 0; j < dy.Length; j++)
        {
            double term = dy[j] * pass.Normalised[index][j];
            sums[0][j % layer.Size] += term;
            sums[1][j % layer.Size] += dy[j];
            sums[2][j % layer.Size] += Math.Abs(term);
            sums[3][j % layer.Size] += Math.Abs(dy[j]);
        }

        double[] gamma = Rounded(sums[0], sums[2]);

        return layer.IsCentred ? [gamma, Rounded(sums[1], sums[3])] : [gamma];
    }

    private void AddPenalties(int index, double[][] gradients)
    {
        for (int k = 0; graph.HasPenalties && graph.Layers[index].Kind == GraphLayerKind.Dense && k < gradients.Length; k++)
        {
            (float l1, float l2) = graph.Layers[index].Penalties[k];

            for (int j = 0; j < gradients[k].Length; j++)
            {
                gradients[k][j] += (l1 * Math.Sign(parameters[index][k][j])) + (2.0 * l2 * parameters[index][k][j]);
            }
        }
    }

    /// <summary>What a layer contributes to the gradient of one of the values that it reads.</summary>
    private double[] Contribution(GraphPass pass, int index, int slot, double[] dy)
    {
        GraphLayer layer = graph.Layers[index];
        double[] x = pass[layer.Sources[slot]];

        switch (layer.Kind)
        {
            case GraphLayerKind.Dense:
                double[] w = parameters[index][0];
                double[] dx = ReferenceNetwork.BackwardInputs(dy, w, Shape(layer), pass.Samples);

                return roundings is null
                    ? dx
                    : Rounded(dx, ReferenceNetwork.BackwardInputs(ReferenceNetwork.Absolute(dy), ReferenceNetwork.Absolute(w), Shape(layer), pass.Samples));

            case GraphLayerKind.Softmax:
                return Rounded(ReferenceNetwork.BackwardSoftmax(pass.Values[index], dy, layer.Size, pass.Samples, out double[] magnitudes), magnitudes);

            case GraphLayerKind.Dropout:
                return pass.Masks is null ? dy : Rounded([.. dy.Zip(pass.Masks[index]!, static (value, factor) => value * factor)]);

            case GraphLayerKind.LayerNorm or GraphLayerKind.RMSNorm:
                return BackwardNormalise(pass, index, dy, groups: pass.Samples, (group, k) => (group * layer.Size) + k, members: layer.Size);

            case GraphLayerKind.BatchNorm:
                return BackwardNormalise(pass, index, dy, groups: layer.Size, (group, k) => (k * layer.Size) + group, members: pass.Samples);

            case GraphLayerKind.Add:
                return dy;

            case GraphLayerKind.Multiply:
                double[] product = [.. dy];

                foreach (double[] other in layer.Sources.Where((_, i) => i != slot).Select(source => pass[source]))
                {
                    product = [.. product.Zip(other, static (left, right) => left * right)];
                }

                return Rounded(product);

            case GraphLayerKind.Concat:
                int start = layer.Sources.Take(slot).Sum(graph.SizeOf);
                int size = graph.SizeOf(layer.Sources[slot]);

                return [.. Enumerable.Range(0, pass.Samples).SelectMany(i => dy[((i * layer.Size) + start)..((i * layer.Size) + start + size)])];

            case GraphLayerKind.ReLU or GraphLayerKind.Linear:
                return [.. dy.Select((value, j) => value * Derivative(layer, x[j]))];

            default:
                return Rounded([.. dy.Select((value, j) => value * Derivative(layer, x[j]))], ReferenceNetwork.Absolute(dy));
        }
    }

    /// <summary>
    /// <c>γ · r · (dy − mean of dy − x̂ · mean of dy · x̂)</c>, with γ in the means where they go over values that have one each; without the first of
    /// the means where values are not centred.
    /// </summary>
    private double[] BackwardNormalise(GraphPass pass, int index, double[] dy, int groups, Func<int, int, int> at, int members)
    {
        GraphLayer layer = graph.Layers[index];
        double[] normalised = pass.Normalised[index];
        double[] scaled = [.. dy.Select((value, j) => value * parameters[index][0][j % layer.Size])];
        double[] dx = new double[dy.Length];
        double[] magnitudes = new double[dy.Length];
        bool usesAverages = layer.Kind == GraphLayerKind.BatchNorm && pass.Masks is null;

        for (int group = 0; group < groups; group++)
        {
            double reciprocal = 1 / Math.Sqrt(pass.Variances[index][group] + layer.Setting);
            double mean = layer.IsCentred ? Enumerable.Range(0, members).Average(k => scaled[at(group, k)]) : 0;
            double product = Enumerable.Range(0, members).Average(k => scaled[at(group, k)] * normalised[at(group, k)]);

            for (int k = 0; k < members; k++)
            {
                int j = at(group, k);
                dx[j] = usesAverages ? reciprocal * scaled[j] : reciprocal * (scaled[j] - mean - (normalised[j] * product));
                magnitudes[j] = members == 1 && layer.IsCentred ? 0 : reciprocal * (Math.Abs(scaled[j]) + Math.Abs(mean) + Math.Abs(normalised[j] * product));
            }
        }

        return Rounded(dx, magnitudes);
    }

    private static double Function(GraphLayer layer, double x) => layer.Kind switch
    {
        GraphLayerKind.ReLU => Math.Max(0, x),
        GraphLayerKind.LeakyReLU => ActivationSpecification.LeakyReLU(x, layer.Setting),
        GraphLayerKind.Sigmoid => ActivationSpecification.Sigmoid(x),
        GraphLayerKind.Tanh => Math.Tanh(x),
        GraphLayerKind.ELU => ActivationSpecification.ELU(x, layer.Setting),
        GraphLayerKind.GELU => ActivationSpecification.GELU(x),
        GraphLayerKind.GELUTanh => ActivationSpecification.GELUTanh(x),
        GraphLayerKind.SiLU => ActivationSpecification.SiLU(x),
        GraphLayerKind.HardSwish => ActivationSpecification.HardSwish(x),
        GraphLayerKind.Softplus => ActivationSpecification.Softplus(x),
        _ => x,
    };

    private static double Derivative(GraphLayer layer, double x) => layer.Kind switch
    {
        GraphLayerKind.ReLU => x > 0 ? 1 : 0,
        GraphLayerKind.LeakyReLU => x > 0 ? 1 : layer.Setting,
        GraphLayerKind.Sigmoid => ActivationSpecification.SigmoidDerivative(x),
        GraphLayerKind.Tanh => 1 - Math.Pow(Math.Tanh(x), 2),
        GraphLayerKind.ELU => x > 0 ? 1 : layer.Setting * Math.Exp(x),
        GraphLayerKind.GELU => ActivationSpecification.GELUDerivative(x),
        GraphLayerKind.GELUTanh => ActivationSpecification.GELUTanhDerivative(x),
        GraphLayerKind.SiLU => ActivationSpecification.SiLUDerivative(x),
        GraphLayerKind.HardSwish => ActivationSpecification.HardSwishDerivative(x),
        GraphLayerKind.Softplus => ActivationSpecification.Sigmoid(x),
        _ => 1,
    };

    private Layer Shape(GraphLayer dense) => new(Gradients.LayerKind.Dense, graph.SizeOf(dense.Sources[0]), dense.Size);

    private double[] Rounded(double[] values) => Rounded(values, j => Math.Abs(values[j]));

    private double[] Rounded(double[] values, double[] magnitudes) => Rounded(values, j => magnitudes[j]);

    private double[] Rounded(double[] values, Func<int, double> magnitude) => roundings is null
        ? values
        : [.. values.Select((value, j) => value + (((2 * roundings.NextDouble()) - 1) * ReferenceNetwork.SingleRounding * magnitude(j)))];
}
