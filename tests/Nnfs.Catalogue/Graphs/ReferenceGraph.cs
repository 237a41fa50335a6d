using Nnfs.Catalogue.Layers;

namespace Nnfs.Catalogue.Graphs;

/// <summary>The reference: a graph computed in float64, layer by layer, by what the catalogue says of each.</summary>
/// <param name="graph">The graph.</param>
/// <param name="tensors">The tensors of each layer, row-major, which the reference goes on reading.</param>
/// <param name="rounding">How every number is rounded.</param>
internal sealed class ReferenceGraph(GraphCase graph, double[][][] tensors, Rounding? rounding = null)
{
    private readonly Rounding _rounding = rounding ?? Rounding.None;

    /// <summary>The number of each layer among those that draw random numbers, from 1.</summary>
    private readonly int[] _randomNumbers =
        [.. graph.Layers.Select((_, i) => graph.Layers[..(i + 1)].Count(static layer => layer.Layer.IsRandom))];

    /// <summary>The outputs of all layers.</summary>
    /// <param name="inputs">The inputs.</param>
    /// <param name="seed">The seed of a training pass; <see langword="null"/> for a prediction.</param>
    /// <param name="samples">The number of samples.</param>
    public GraphPass Forward(double[][] inputs, ulong? seed, int samples)
    {
        GraphPass pass = new(inputs, new LayerPass[graph.Layers.Length], seed, samples);

        for (int i = 0; i < graph.Layers.Length; i++)
        {
            pass.Layers[i] = Forward(pass, i);
        }

        return pass;
    }

    /// <summary>The pass after a value has changed: what depends on it is computed again, and all else kept.</summary>
    /// <param name="pass">The pass before.</param>
    /// <param name="source">The layer of which a tensor has changed, or <c>~k</c> where input k has.</param>
    public GraphPass Rerun(GraphPass pass, int source)
    {
        GraphPass rerun = pass with { Layers = [.. pass.Layers] };
        HashSet<int> changed = [source];

        for (int i = Math.Max(0, source); i < graph.Layers.Length; i++)
        {
            if (i == source || graph.Layers[i].Sources.Any(changed.Contains))
            {
                changed.Add(i);
                rerun.Layers[i] = Forward(rerun, i);
            }
        }

        return rerun;
    }

    /// <summary>The gradients of everything, from those of the outputs.</summary>
    /// <param name="pass">The forward pass.</param>
    /// <param name="outputGradients">The gradient of each output's layer that comes from its loss; <see langword="null"/> for none.</param>
    public GraphGradients Backward(GraphPass pass, double[]?[] outputGradients)
    {
        double[][] gradients = [.. pass.Layers.Select(static layer => new double[layer.Outputs.Length])];
        double[][] inputs = [.. pass.Inputs.Select(static input => new double[input.Length])];
        double[][][] ofTensors = new double[graph.Layers.Length][][];

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
            LayerGradients given = layer.Layer.Backward(pass.Layers[i], gradients[i]);
            ofTensors[i] = [.. given.Tensors.Select((gradient, k) => WithPenalty(layer.Tensors[k], tensors[i][k], gradient))];

            for (int slot = 0; slot < layer.Sources.Length; slot++)
            {
                Accumulate(layer.Sources[slot], given.Inputs[slot]);
            }
        }

        return new GraphGradients(ofTensors, inputs);

        void Accumulate(int source, double[] contribution)
        {
            double[][] all = source < 0 ? inputs : gradients;
            int index = source < 0 ? ~source : source;
            double[] before = all[index];

            all[index] = _rounding.Of(
                [.. before.Zip(contribution, static (sum, value) => sum + value)],
                () => [.. before.Zip(contribution, static (sum, value) => sum == 0 ? 0 : Math.Abs(sum) + Math.Abs(value))]);
        }
    }

    /// <summary>What tensors add to the loss, a term for each of their values.</summary>
    public IEnumerable<double> Penalties() =>
        from pair in graph.Layers.Zip(tensors)
        from tensor in pair.First.Tensors.Zip(pair.Second)
        where tensor.First.Penalty != (0, 0)
        from value in tensor.Second
        select (tensor.First.Penalty.L1 * Math.Abs(value)) + (tensor.First.Penalty.L2 * value * value);

    private static double[] WithPenalty(ReferenceTensor tensor, double[] values, double[] gradient) => tensor.Penalty == (0, 0)
        ? gradient
        : [.. gradient.Zip(values, (sum, value) => sum + (tensor.Penalty.L1 * Math.Sign(value)) + (2.0 * tensor.Penalty.L2 * value))];

    private LayerPass Forward(GraphPass pass, int index)
    {
        GraphLayer layer = graph.Layers[index];
        LayerPass ofLayer = new()
        {
            Inputs = [.. layer.Sources.Select(source => pass[source])],
            Shapes = layer.Inputs,
            Samples = pass.Samples,
            Tensors = tensors[index],
            Seed = pass.Seed,
            RandomNumber = _randomNumbers[index],
            Rounding = _rounding,
        };
        ofLayer.Outputs = layer.Layer.Forward(ofLayer);

        return ofLayer;
    }
}
