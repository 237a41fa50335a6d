using Nnfs.Import.Evaluation;

namespace Nnfs.Import.Translating;

/// <summary>Operators that take a part of values: rows of tables, the last step of recurrent layers, and what some neurons of a dense layer give.</summary>
internal static class Parts
{
    private const string OnlyLastStep = "of values that are computed, only the last step of a recurrent layer and neurons of a dense layer can be taken";

    /// <summary>Rows of a table by index, or the last step of a recurrent layer.</summary>
    public static void Gather(NodeTranslation node)
    {
        if (node.IsNetwork(1))
        {
            Embed(node);

            return;
        }

        View view = node.Network(0).View;
        int dimension = view.Find(node.Node.Integer("axis", 0));
        TensorValue index = node.Constant(1);

        if (dimension < 0 || index.Count != 1 || index.Rank > 1 || index.Kind == TensorKind.Real)
        {
            throw NodeTranslation.Refuse(OnlyLastStep);
        }

        long place = index.Integers[0];

        if (place < 0)
        {
            place += view.SizeOf(dimension);
        }

        Take(node, dimension, place, place + 1, keepsDimension: index.Rank == 1);
    }

    /// <summary>A range of values.</summary>
    public static void Slice(NodeTranslation node)
    {
        View view = node.Network(0).View;
        long[] starts = node.Integers("starts", 1) ?? [];
        long[] ends = node.Integers("ends", 2) ?? [];
        long[] axes = node.Integers("axes", 3) ?? [.. Enumerable.Range(0, starts.Length).Select(static i => (long)i)];
        long[] steps = node.OptionalConstant(4)?.Integers.ToArray() ?? [.. starts.Select(static _ => 1L)];

        if (starts.Length != ends.Length || starts.Length != axes.Length || starts.Length != steps.Length)
        {
            throw NodeTranslation.Refuse("its starts, ends, axes and steps differ in number");
        }

        (int Dimension, long Start, long End)? taken = null;

        for (int i = 0; i < starts.Length; i++)
        {
            int dimension = view.Find(axes[i]);
            int size = dimension < 0 ? 0 : view.SizeOf(dimension);
            long start = Math.Clamp(starts[i] < 0 ? starts[i] + size : starts[i], 0, size);
            long end = Math.Clamp(ends[i] < 0 ? ends[i] + size : ends[i], 0, size);

            if (dimension >= 0 && steps[i] == 1 && start == 0 && (end == size || (view.HasBatch(dimension) && ends[i] >= int.MaxValue)))
            {
                continue;
            }

            if (dimension < 0 || steps[i] != 1 || taken is not null)
            {
                throw NodeTranslation.Refuse(OnlyLastStep);
            }

            taken = (dimension, start, end);
        }

        if (taken is var (part, first, last))
        {
            Take(node, part, first, last, keepsDimension: true);
        }
        else
        {
            Views.Identity(node);
        }
    }

    /// <summary>Parts of a dimension, one after the other.</summary>
    public static void Split(NodeTranslation node)
    {
        NetworkValue value = node.Network(0);
        View view = value.View;
        int parts = node.Node.Outputs.Count;
        int dimension = view.Find(node.Node.Integer("axis", 0));

        if (dimension < 0 || view.HasBatch(dimension))
        {
            throw NodeTranslation.Refuse("it divides the samples");
        }

        int size = view.SizeOf(dimension);
        int equal = (size + parts - 1) / parts;
        long[] sizes = node.Integers("split", 1) ?? [.. Enumerable.Range(0, parts).Select(i => (long)Math.Min(equal, size - (i * equal)))];

        if (sizes.Length != parts || sizes.Sum() != size || Array.Exists(sizes, static part => part < 1))
        {
            throw NodeTranslation.Refuse($"its parts of [{string.Join(", ", sizes)}] don't make {size}");
        }

        long start = 0;

        for (int i = 0; i < parts; i++)
        {
            node.Give(i, parts == 1 ? value with { IsOnlyUse = node.IsOnlyUse(0) } : Neurons(node, value, dimension, (int)start, (int)sizes[i]));
            start += sizes[i];
        }
    }

    /// <summary>What some of the neurons of a dense layer give: a layer that has only these.</summary>
    private static NetworkValue Neurons(NodeTranslation node, NetworkValue value, int dimension, int start, int count)
    {
        ImportedLayer layer = value.Layer;
        int columns = layer.Shape[^1];

        if (layer.Kind != "Dense" || value.Pending is not null || value.View[dimension] is not [{ IsBatch: false } axis]
            || columns % (axis.Size * (long)axis.Stride) != 0)
        {
            throw NodeTranslation.Refuse(OnlyLastStep);
        }

        // The neurons whose index along the axis is in the part.
        int[] taken = [.. Enumerable.Range(0, columns).Where(column => column / axis.Stride % axis.Size is var i && i >= start && i < start + count)];
        LayerTensor weights = layer.Tensors[0];
        int rows = weights.Shape[0];
        ImportedLayer part = node.Layer("Dense", [.. layer.Shape[..^1], taken.Length], layer.Sources);
        part.Arguments.Add(Numbers.Text(taken.Length));
        part.Settings.AddRange(layer.Settings);
        part.Tensors.Add(new("weights", [rows, taken.Length], [.. Enumerable.Range(0, rows).SelectMany(
            row => taken.Select(column => weights.Values[(row * columns) + column]))]));
        part.Tensors.Add(new("biases", [taken.Length], [.. taken.Select(column => layer.Tensors[1].Values[column])]));

        // Axes that are slower than the part lie closer together.
        Axis Closer(Axis other) => other.IsBatch || other.Stride <= axis.Stride
            ? other == axis ? axis with { Size = count } : other
            : other with { Stride = other.Stride / axis.Size * count };

        return new(part, new(Enumerable.Range(0, value.View.Rank).Select(i => value.View[i].Select(Closer))), IsOnlyUse: true);
    }

    private static void Take(NodeTranslation node, int dimension, long start, long end, bool keepsDimension)
    {
        NetworkValue value = node.Network(0);
        View view = value.View;
        int size = view.SizeOf(dimension);

        if (view.HasBatch(dimension) || end <= start || start < 0 || end > size)
        {
            throw NodeTranslation.Refuse(view.HasBatch(dimension) ? "it takes some of the samples" : OnlyLastStep);
        }

        if (size > 1)
        {
            value = value.Layer.Kind switch
            {
                "Dense" => Neurons(node, value, dimension, (int)start, (int)(end - start)),
                ImportedLayer.LastStep => LastOfDirection(node, value, dimension, (int)start, (int)end),
                _ => LastStep(node, value, dimension, start, end),
            };
            view = value.View;
        }

        node.Give(0, value with { View = keepsDimension ? view : view.Without([dimension]), IsOnlyUse = size > 1 || node.IsOnlyUse(0) });
    }

    /// <summary>What a recurrent layer gives after its last step, with one value where the steps were.</summary>
    private static NetworkValue LastStep(NodeTranslation node, NetworkValue value, int dimension, long start, long end)
    {
        ImportedLayer layer = value.Layer;
        int features = layer.Shape[^1];

        bool isLast = layer.Kind is "LSTM" or "GRU" or "SimpleRNN"
            && layer.Shape.Length == 2
            && value.Pending is null
            && value.View[dimension] is [var axis]
            && axis == new Axis(layer.Shape[0], features)
            && start == layer.Shape[0] - 1
            && end == layer.Shape[0];

        if (!isLast)
        {
            throw NodeTranslation.Refuse(OnlyLastStep);
        }

        if (layer.Settings.Contains(("Bidirectional", "true")))
        {
            throw NodeTranslation.Refuse("of the second direction, the last step is the first that it reads; take the last state of each instead");
        }

        return new(node.Layer(ImportedLayer.LastStep, [features], layer), value.View.With(dimension), IsOnlyUse: true);
    }

    /// <summary>The last state of one of two directions.</summary>
    private static NetworkValue LastOfDirection(NodeTranslation node, NetworkValue value, int dimension, int start, int end)
    {
        int units = value.Layer.Shape[0] / 2;

        if (value.Pending is not null || end != start + 1 || value.View[dimension] is not [var axis] || axis != new Axis(2, units))
        {
            throw NodeTranslation.Refuse(OnlyLastStep);
        }

        ImportedLayer layer = node.Layer(ImportedLayer.LastOfDirection, [units], value.Layer);
        layer.Arguments.Add(Numbers.Text(start));

        return new(layer, value.View.With(dimension), IsOnlyUse: true);
    }

    private static void Embed(NodeTranslation node)
    {
        TensorValue table = node.Constant(0);
        NetworkValue indices = node.Network(1);

        if (table.Rank != 2 || node.Node.Integer("axis", 0) is not (0 or -2))
        {
            throw NodeTranslation.Refuse($"rows are taken from a table of two dimensions only, and this one has {table.Rank}");
        }

        if (indices.Layer.Kind != ImportedLayer.Input || indices.Pending is not null)
        {
            throw NodeTranslation.Refuse("its indices are computed; they can only be an input of the network");
        }

        int[] shape = [.. indices.Layer.Shape, table.Shape[1]];

        if (shape.Length > 4)
        {
            throw NodeTranslation.Refuse($"it gives samples of {shape.Length} dimensions; 4 are the most");
        }

        ImportedLayer layer = node.Layer("Embedding", shape, indices.Layer);
        layer.Arguments.AddRange([Numbers.Text(table.Shape[0]), Numbers.Text(table.Shape[1])]);
        layer.Tensors.Add(new("weights", [.. table.Shape], [.. table.ToReals()]));

        IEnumerable<IEnumerable<Axis>> dimensions = Enumerable.Range(0, indices.View.Rank)
            .Select(i => indices.View[i].Select(axis => axis.IsBatch ? axis : axis with { Stride = axis.Stride * table.Shape[1] }));
        node.Give(layer, new([.. dimensions, [new Axis(table.Shape[1], 1)]]));
    }
}
