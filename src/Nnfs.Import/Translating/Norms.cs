using Nnfs.Import.Simplifying;

namespace Nnfs.Import.Translating;

/// <summary>Normalisations.</summary>
internal static class Norms
{
    private const double DefaultEpsilon = 1e-5;
    private const double DefaultMomentum = 0.1;

    /// <summary>With running averages of each channel.</summary>
    public static void BatchNormalization(NodeTranslation node)
    {
        Windows.PutChannelsLast(node);
        NetworkValue value = node.Finished(0);
        View view = value.View;

        if (view.Rank < 2 || view.HasBatch(1) || node.Node.Integer("training_mode", 0) != 0)
        {
            throw NodeTranslation.Refuse(
                view.Rank < 2 || view.HasBatch(1) ? $"it reads {Views.Text(view)}" : "it is in training mode; export the model for inference");
        }

        IReadOnlyList<Axis> axes = view[1];
        int channels = View.SizeOf(axes);
        ImportedLayer source = WithLast(node, value, axes, channels);
        int[] places = Views.PlacesOf(axes);
        ImportedLayer layer = node.Layer("BatchNorm", source.Shape, source);
        AddEpsilon(node, layer);

        // The operator has the share that stays, as a float of 32 bits.
        double momentum = Math.Round(1 - (double)node.Node.Float("momentum", 0.9f), 6);

        if (!Numbers.AreClose(momentum, DefaultMomentum))
        {
            layer.Settings.Add(("Momentum", Numbers.Text(momentum)));
        }

        foreach ((int input, string name) in (ReadOnlySpan<(int, string)>)[(1, "gamma"), (2, "beta"), (3, "running_mean"), (4, "running_variance")])
        {
            double[] constants = node.Constant(input).ToReals();

            if (constants.Length != channels)
            {
                throw NodeTranslation.Refuse($"it has {constants.Length} values of '{name}' for {channels} channels");
            }

            double[] values = new double[channels];

            for (int i = 0; i < channels; i++)
            {
                values[places[i]] = constants[i];
            }

            layer.Tensors.Add(new(name, [channels], values));
        }

        node.Give(layer, view);
    }

    /// <summary>Over the last values of each sample, less their mean.</summary>
    public static void LayerNormalization(NodeTranslation node) => Normalization(node, "LayerNorm", hasBeta: true);

    /// <summary>Over the last values of each sample.</summary>
    public static void RMSNormalization(NodeTranslation node) => Normalization(node, "RMSNorm", hasBeta: false);

    /// <summary>What a layer gives, in a shape whose last dimension holds the values along some axes.</summary>
    public static ImportedLayer WithLast(NodeTranslation node, NetworkValue value, IEnumerable<Axis> axes, int size)
    {
        int[] declared = value.Layer.Shape;

        return !View.AreLast(axes)
            ? throw NodeTranslation.RefuseOrder("the values that it goes over are not the last ones in memory: a transposition before it moves them")
            : node.Shaped(value, declared[^1] == size ? declared : size == value.View.Count ? [size] : [value.View.Count / size, size]);
    }

    private static void Normalization(NodeTranslation node, string kind, bool hasBeta)
    {
        NetworkValue value = node.Finished(0);
        View view = value.View;
        int axis = view.Find(node.Node.Integer("axis", -1));

        if (axis < 0 || (node.Node.Domain == Pattern.Domain && axis != view.Rank - 1))
        {
            throw NodeTranslation.Refuse("it goes over a dimension that is not the last");
        }

        Axis[] axes = view.AxesOf(Enumerable.Range(axis, view.Rank - axis));
        int size = View.SizeOf(axes);
        ImportedLayer source = WithLast(node, value, axes, size);
        ImportedLayer layer = node.Layer(kind, source.Shape, source);
        AddEpsilon(node, layer);
        layer.Tensors.Add(new("gamma", [size], Constants(1, 1)));

        if (hasBeta)
        {
            layer.Tensors.Add(new("beta", [size], Constants(2, 0)));
        }

        node.Give(layer, view);

        double[] Constants(int input, double otherwise)
        {
            if (node.OptionalConstant(input) is not { } constant)
            {
                return [.. Enumerable.Repeat(otherwise, size)];
            }

            double[]? values = Views.InOrder(constant, view);

            return values is not null && new Affine(values, values).OfColumns(size) is { } columns
                ? columns.Scale
                : throw NodeTranslation.Refuse($"its constants of [{Views.Text(constant)}] differ from step to step, or don't fit");
        }
    }

    private static void AddEpsilon(NodeTranslation node, ImportedLayer layer)
    {
        double epsilon = node.Node.Float("epsilon", (float)DefaultEpsilon);

        if (Math.Abs(epsilon - DefaultEpsilon) > 1e-10)
        {
            layer.Settings.Add(("Epsilon", Numbers.Text(epsilon)));
        }
    }
}
