using System.Collections.Immutable;

namespace Nnfs.Files.Mapping;

/// <summary>
/// Where PyTorch has the values of flattened images: it has the channels first, and this library has them last, so that flattened they come in another
/// order. The order goes on through layers that treat all values alike, up to the dense layer that reads them. Before a reshaping into an image it is that of
/// the image.
/// </summary>
internal sealed class ValueOrders
{
    private readonly ImmutableArray<LayerInfo> _layers;
    private readonly int[][] _sources;
    private readonly int[]?[] _orders;
    private readonly bool[] _areChannelsFirst;
    private readonly ImmutableArray<int> _inputShape;

    public ValueOrders(ImmutableArray<LayerInfo> layers)
    {
        _layers = layers;
        _sources = Sources(layers);
        _orders = new int[]?[layers.Length];
        _areChannelsFirst = new bool[layers.Length];
        _inputShape = layers[0].InputShape;

        for (int i = 0; i < layers.Length; i++)
        {
            _areChannelsFirst[i] = AreChannelsFirst(i);
            _orders[i] = OrderOf(i);
        }
    }

    /// <summary>For each value that a layer takes, as a flat sample, its place in PyTorch; <see langword="null"/> where that is the same.</summary>
    public int[]? Inputs(int layer)
    {
        int[] sources = _sources[layer];

        if (sources is not [var source, ..])
        {
            return null;
        }

        ImmutableArray<int> shape = source < 0 ? _inputShape : _layers[source].OutputShape;

        return shape.Length > 1 ? Flattened(shape, source < 0 ? shape.Length > 2 : _areChannelsFirst[source])
            : source < 0 ? null
            : _orders[source];
    }

    /// <summary>The same of what a layer gives.</summary>
    public int[]? Outputs(int layer) => _orders[layer];

    /// <summary>Whether it is a product whose outputs may come in any order: that of its columns.</summary>
    private static bool IsDense(LayerInfo layer) =>
        layer.OutputShape.Length == 1 && layer.Tensors is [{ Shape: [var rows, var columns] }, ..] && rows == layer.Inputs && columns == layer.Outputs;

    /// <summary>Whether it does the same to all values of a flat sample, with vectors of parameters at most.</summary>
    private static bool TreatsAllAlike(LayerInfo layer) =>
        layer.InputShape.Length == 1 && layer.InputShape.AsSpan().SequenceEqual(layer.OutputShape.AsSpan())
        && layer.Tensors.All(static tensor => tensor.Shape.Length == 1);

    private static bool Reshapes(LayerInfo layer) =>
        layer.Tensors.IsEmpty && layer.Window is null && layer.Inputs == layer.Outputs && layer.InputShape.Length != layer.OutputShape.Length;

    /// <summary>Where the values of an image, flattened with the channels last, are with the channels first.</summary>
    private static int[]? Flattened(ImmutableArray<int> shape, bool areChannelsFirst)
    {
        int channels = shape[^1];
        int size = 1;

        foreach (int length in shape)
        {
            size *= length;
        }

        int positions = size / channels;

        return areChannelsFirst && channels > 1 && positions > 1
            ? [.. Enumerable.Range(0, size).Select(i => (i % channels * positions) + (i / channels))]
            : null;
    }

    private static int[][] Sources(ImmutableArray<LayerInfo> layers)
    {
        Dictionary<string, int> places = new(StringComparer.Ordinal);
        int[][] sources = new int[layers.Length][];

        for (int i = 0; i < layers.Length; i++)
        {
            LayerInfo layer = layers[i];
            sources[i] = layer.Definition.IsInput ? []
                : layer.Sources.IsEmpty ? [i - 1]
                : [.. layer.Sources.Select(name => places.GetValueOrDefault(name, -1))];
            places[layer.Name] = i;
        }

        return sources;
    }

    /// <summary>Whether PyTorch has the channels of what a layer gives before its positions.</summary>
    private bool AreChannelsFirst(int layer)
    {
        LayerInfo info = _layers[layer];

        return info.OutputShape.Length > 2
            || (info.OutputShape.Length == 2
                && (info.Window is not null
                    || (info.Tensors.All(static tensor => tensor.Shape.Length == 1)
                        && _sources[layer] is [>= 0 and var source, ..]
                        && _areChannelsFirst[source])));
    }

    private int[]? OrderOf(int layer)
    {
        LayerInfo info = _layers[layer];

        if (info.OutputShape.Length > 1)
        {
            return null;
        }

        if (IsDense(info))
        {
            return Demanded(layer);
        }

        int[] sources = _sources[layer];

        if (sources.Length > 1 && sources.Sum(SizeOf) == info.Outputs)
        {
            return Joined(sources);
        }

        return TreatsAllAlike(info) || Reshapes(info) ? Inputs(layer) : null;
    }

    /// <summary>The order of the image that the values become.</summary>
    private int[]? Demanded(int layer)
    {
        for (int reader = layer + 1; reader < _layers.Length; reader++)
        {
            if (!_sources[reader].Contains(layer))
            {
                continue;
            }

            LayerInfo info = _layers[reader];
            int[]? order = info.OutputShape.Length > 2 && Reshapes(info) ? Flattened(info.OutputShape, areChannelsFirst: true)
                : TreatsAllAlike(info) ? Demanded(reader)
                : null;

            if (order is not null)
            {
                return order;
            }
        }

        return null;
    }

    private int SizeOf(int source) => source < 0 ? _layers[0].Inputs : _layers[source].Outputs;

    /// <summary>The order of several values side by side.</summary>
    private int[]? Joined(int[] sources)
    {
        if (sources.All(source => source < 0 || _orders[source] is null))
        {
            return null;
        }

        List<int> joined = [];

        foreach (int source in sources)
        {
            int start = joined.Count;
            joined.AddRange((source < 0 ? null : _orders[source])?.Select(place => start + place) ?? Enumerable.Range(start, SizeOf(source)));
        }

        return [.. joined];
    }
}
