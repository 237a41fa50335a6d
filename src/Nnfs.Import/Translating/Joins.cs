namespace Nnfs.Import.Translating;

/// <summary>Layers that read several others.</summary>
internal static class Joins
{
    /// <summary>A sum or product of values that lie alike.</summary>
    public static void Join(NodeTranslation node, string kind, params NetworkValue[] values)
    {
        View view = values[0].View;

        foreach (NetworkValue value in values)
        {
            if (value.View.IsLike(view))
            {
                continue;
            }

            bool haveOneShape = value.View.Rank == view.Rank && Enumerable.Range(0, view.Rank).All(i => value.View.SizeOf(i) == view.SizeOf(i));

            throw NodeTranslation.Refuse(haveOneShape
                ? "its inputs lie in memory in different orders: a transposition before it moves values"
                : $"it reads {Views.Text(view)} and {Views.Text(value.View)}; a join needs one shape");
        }

        ImportedLayer[] sources = [.. values.Select(value => node.Shaped(value, value.Layer.Shape))];
        int[] shape = sources[0].Shape;
        node.Give(node.Layer(kind, shape, sources.Select((source, i) => node.Shaped(values[i] with { Layer = source, Pending = null }, shape))), view);
    }

    /// <summary>Values one after the other.</summary>
    public static void Concat(NodeTranslation node)
    {
        int count = node.Node.Inputs.Count;
        NetworkValue[] values = [.. Enumerable.Range(0, count).Select(node.Row)];
        View first = values[0].View;
        int dimension = first.Find(node.Node.Integer("axis", 1));

        if (count == 1)
        {
            Views.Identity(node);

            return;
        }

        if (dimension < 0 || values.Any(value => value.View.Rank != first.Rank) || values.Any(value => value.View.HasBatch(dimension)))
        {
            throw NodeTranslation.Refuse(dimension >= 0 && first.HasBatch(dimension) ? "it joins samples" : "its inputs differ in their dimensions");
        }

        int[] sizes = [.. values.Select(value => value.View.SizeOf(dimension))];

        if (Array.Exists(values, static value => value.Places is not null))
        {
            Scatter(node, values, dimension);
        }
        else if (BothDirections(values) is { } both && IsColumns(first, dimension) && AreAlike(values, dimension, sizes))
        {
            node.Give(0, new NetworkValue(both, first.With(dimension, new Axis(2 * sizes[0], 1)), IsOnlyUse: false));
        }
        else if (values.All(value => IsColumns(value.View, dimension)) && AreAlike(values, dimension, sizes))
        {
            Columns(node, values, dimension, sizes);
        }
        else if (values.All(value => IsRows(value.View, dimension)) && AreAlike(values, dimension, [.. sizes.Select(static _ => 1)]))
        {
            Rows(node, values, dimension);
        }
        else if (first.Rank == 2 && first.BatchDimension == 1 - dimension)
        {
            Scatter(node, values, dimension);
        }
        else
        {
            throw NodeTranslation.Refuse("it joins neither the last dimension nor the first of values that lie alike in memory");
        }
    }

    /// <summary>What gives the last states of both directions, which are put one after the other; otherwise null.</summary>
    private static ImportedLayer? BothDirections(NetworkValue[] values) =>
        values.Length == 2
        && values.All(static value => value.Layer.Kind == ImportedLayer.LastOfDirection && value.Pending is null)
        && values[0].Layer.Sources[0] == values[1].Layer.Sources[0]
        && values[0].Layer.Arguments[0] == "0"
        && values[1].Layer.Arguments[0] == "1"
            ? values[0].Layer.Sources[0]
            : null;

    /// <summary>Whether the dimension is the last in memory.</summary>
    private static bool IsColumns(View view, int dimension) => view[dimension] is [] or [{ Stride: 1 }];

    /// <summary>Whether the dimension is the first in memory.</summary>
    private static bool IsRows(View view, int dimension) => view[dimension] switch
    {
        [] => true,
        [var axis] => axis.Stride * axis.Size == view.Count,
        _ => false,
    };

    /// <summary>Whether the other dimensions lie alike, with the strides as multiples of these units.</summary>
    private static bool AreAlike(NetworkValue[] values, int dimension, int[] units)
    {
        View[] others = [.. values.Select((value, i) => new View(Enumerable.Range(0, value.View.Rank).Where(d => d != dimension)
            .Select(d => value.View[d].Select(axis => axis.IsBatch ? axis : axis with { Stride = axis.Stride / units[i] }))))];

        return others.All(view => view.IsLike(others[0]));
    }

    private static void Columns(NodeTranslation node, NetworkValue[] values, int dimension, int[] sizes)
    {
        int total = sizes.Sum();
        View view = values[0].View;
        int[] declared = node.Finished(values[0]).Layer.Shape;
        int[] steps = declared[^1] == sizes[0] ? declared[..^1] : view.Count == sizes[0] ? [] : [view.Count / sizes[0]];
        ImportedLayer layer = node.Layer("Concat", [.. steps, total], values.Select((value, i) => node.Shaped(value, [.. steps, sizes[i]])));

        node.Give(layer, new(Enumerable.Range(0, view.Rank).Select(d => d == dimension
            ? [new Axis(total, 1)]
            : view[d].Select(axis => axis.IsBatch ? axis : axis with { Stride = axis.Stride / sizes[0] * total }))));
    }

    /// <summary>
    /// Rows whose values lie in different orders, such as those of a flattened image and of a vector: a dense layer puts its weights in their order.
    /// </summary>
    private static void Scatter(NodeTranslation node, NetworkValue[] values, int dimension)
    {
        int total = values.Sum(static value => value.View.Count);
        ImportedLayer layer = node.Layer("Concat", [total], values.Select(value => node.Shaped(value, value.View.Count)));
        List<int> places = [];

        foreach (NetworkValue value in values)
        {
            int start = places.Count;
            places.AddRange((value.Places ?? Views.PlacesOf(value.View[dimension])).Select(place => start + place));
        }

        View view = new(dimension == 1 ? [[Axis.Batch], [new Axis(total, 1)]] : [[new Axis(total, 1)], [Axis.Batch]]);
        node.Give(0, new(layer, view, IsOnlyUse: true, Places: [.. places]));
    }

    private static void Rows(NodeTranslation node, NetworkValue[] values, int dimension)
    {
        View view = values[0].View;
        int total = values.Sum(static value => value.View.Count);
        int row = view.Count / view.SizeOf(dimension);
        ImportedLayer layer = node.Layer("Concat", [total], values.Select(value => node.Shaped(value, value.View.Count)));

        node.Give(layer, new(Enumerable.Range(0, view.Rank).Select(d => d == dimension ? [new Axis(total / row, row)] : view[d])));
    }
}
