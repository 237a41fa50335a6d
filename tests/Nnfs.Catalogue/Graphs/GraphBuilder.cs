using System.Globalization;
using Nnfs.Catalogue.Layers;
using Nnfs.Catalogue.Losses;

namespace Nnfs.Catalogue.Graphs;

/// <summary>Builds the case of a graph layer by layer, in the order of its attributes.</summary>
internal sealed class GraphBuilder
{
    private readonly List<GraphInput> _inputs = [];
    private readonly List<GraphLayer> _layers = [];
    private readonly List<GraphOutput> _outputs = [];
    private readonly Dictionary<string, int> _values = new(StringComparer.Ordinal);
    private Tolerances _tolerances = Tolerances.OfGraph;

    /// <summary>The input or layer that was declared last.</summary>
    private int _last;

    /// <summary>A chain of dense layers with a ReLU after each but the last.</summary>
    /// <param name="sizes">The inputs, and the neurons of each dense layer.</param>
    public static GraphBuilder Chain(params int[] sizes)
    {
        GraphBuilder chain = new GraphBuilder().Input(sizes[0]).WithTolerances(Tolerances.OfChain);

        for (int i = 1; i < sizes.Length; i++)
        {
            chain.Layer(new DenseLayer(sizes[i]));

            if (i < sizes.Length - 1)
            {
                chain.Layer(new ReLULayer());
            }
        }

        return chain;
    }

    /// <summary>Adds an input of one axis; the only one may have no name.</summary>
    public GraphBuilder Input(int size, string? name = null) => Input(new SampleShape(size), name);

    /// <summary>Adds an input; the only one may have no name.</summary>
    public GraphBuilder Input(SampleShape shape, string? name = null)
    {
        if (name is not null)
        {
            _values.Add(name, ~_inputs.Count);
        }

        _last = ~_inputs.Count;
        _inputs.Add(new GraphInput(name, shape, Before: _layers.Count));

        return this;
    }

    /// <summary>Adds a layer.</summary>
    /// <param name="layer">What it computes.</param>
    /// <param name="from">The names of what it reads; the layer before where there are none.</param>
    /// <param name="name">Its name, where it is not the default.</param>
    public GraphBuilder Layer(ReferenceLayer layer, string[]? from = null, string? name = null)
    {
        int[] sources = from is null ? [_last] : [.. from.Select(source => _values[source])];
        int number = 1 + _layers.Count(other => other.Entry == layer.Entry);
        string called = name ?? string.Create(CultureInfo.InvariantCulture, $"{layer.Entry.Name}{number}");

        _last = _layers.Count;
        _values.Add(called, _last);
        _layers.Add(new GraphLayer(layer, called, sources, [.. sources.Select(ShapeOf)]) { StatesName = name is not null });

        return this;
    }

    /// <summary>Makes the last layer an output.</summary>
    /// <param name="name">Its name; the only one may have none.</param>
    /// <param name="loss">What it is trained on, if anything.</param>
    public GraphBuilder Output(string? name, ReferenceLoss? loss)
    {
        _outputs.Add(new GraphOutput(name, _last, loss));

        return this;
    }

    public GraphBuilder WithTolerances(Tolerances tolerances)
    {
        _tolerances = tolerances;

        return this;
    }

    /// <summary>The case.</summary>
    /// <param name="batch">Samples of the batch.</param>
    /// <param name="seed">Of all its numbers.</param>
    /// <param name="answers">What losses of classes and bits are told.</param>
    /// <param name="workspaceBatch">Samples that the workspace holds; a few more than the batch, or none, where it is not given.</param>
    public GraphCase Build(int batch, int seed, Answers answers = Answers.Soft, int? workspaceBatch = null) =>
        new([.. _inputs], [.. _layers], [.. _outputs], batch, workspaceBatch ?? batch + (seed % 3), answers, seed) { Tolerances = _tolerances };

    private SampleShape ShapeOf(int source) => source < 0 ? _inputs[~source].Shape : _layers[source].Output;
}
