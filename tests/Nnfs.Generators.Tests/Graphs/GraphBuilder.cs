using System.Globalization;

namespace Nnfs.Generators.Tests.Graphs;

/// <summary>Builds the case of a graph layer by layer, in the order in which its attributes stand.</summary>
internal sealed class GraphBuilder
{
    private readonly List<GraphInput> _inputs = [];
    private readonly List<GraphLayer> _layers = [];
    private readonly List<GraphOutput> _outputs = [];
    private readonly Dictionary<string, int> _values = new(StringComparer.Ordinal);

    /// <summary>The input or layer that was declared last.</summary>
    private int _last;

    /// <summary>Adds an input; the only one may have no name.</summary>
    public GraphBuilder Input(int size, string? name = null)
    {
        if (name is not null)
        {
            _values.Add(name, ~_inputs.Count);
        }

        _last = ~_inputs.Count;
        _inputs.Add(new GraphInput(name, size, Before: _layers.Count));

        return this;
    }

    /// <summary>Adds a layer with its default name.</summary>
    /// <param name="kind">What it computes.</param>
    /// <param name="size">The neurons of a dense layer.</param>
    /// <param name="setting">Its slope, alpha, rate or epsilon.</param>
    /// <param name="penalty">λ of the magnitudes and of the squares, of weights and biases alike.</param>
    /// <param name="from">The names of what it reads; the layer before where there are none.</param>
    public GraphBuilder Layer(GraphLayerKind kind, int? size = null, float setting = 0, (float L1, float L2) penalty = default, params string[] from)
    {
        int[] sources = from.Length == 0 ? [_last] : [.. from.Select(name => _values[name])];
        int total = size ?? (kind == GraphLayerKind.Concat ? sources.Sum(SizeOf) : SizeOf(sources[0]));
        string attribute = kind == GraphLayerKind.GELUTanh ? "GELU" : kind.ToString();
        int number = 1 + _layers.Count(layer => layer.Name.TrimEnd("0123456789".ToCharArray()) == attribute);
        string name = string.Create(CultureInfo.InvariantCulture, $"{attribute}{number}");

        _last = _layers.Count;
        _values.Add(name, _last);
        _layers.Add(new GraphLayer(kind, name, sources, total)
        {
            Setting = kind is GraphLayerKind.LayerNorm or GraphLayerKind.RMSNorm or GraphLayerKind.BatchNorm && setting == 0 ? 1e-5f : setting,
            Momentum = kind == GraphLayerKind.BatchNorm ? 0.1f : 0f,
            Penalties = [penalty, penalty],
        });

        return this;
    }

    /// <summary>Makes the last layer an output; the only one may have no name.</summary>
    public GraphBuilder Output(string? name, GraphLossKind loss, float weight = 1, float setting = 0)
    {
        _outputs.Add(new GraphOutput(name, _last, loss, weight, setting));

        return this;
    }

    public GraphCase Build(int batch, int seed, bool takesLabels = false) =>
        new([.. _inputs], [.. _layers], [.. _outputs], batch, batch + (seed % 3), takesLabels, seed);

    private int SizeOf(int source) => source < 0 ? _inputs[~source].Size : _layers[source].Size;
}
