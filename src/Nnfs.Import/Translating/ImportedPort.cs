using Nnfs.Import.Onnx;

namespace Nnfs.Import.Translating;

/// <summary>An input or output of the network that is made.</summary>
/// <param name="Name">Its name in the model.</param>
/// <param name="Layer">The layer that gives it.</param>
/// <param name="Order">For each dimension of a sample that of the model's tensor, or −1 for one of a single value that the model lacks.</param>
/// <param name="BatchDimension">The dimension of the model's tensor that holds the samples.</param>
/// <param name="Rank">The number of dimensions of the model's tensor.</param>
internal sealed record ImportedPort(string Name, ImportedLayer Layer, int[] Order, int BatchDimension, int Rank)
{
    private const int MostDimensions = 4;

    /// <summary>Whether the model gives the logarithms of what the network gives.</summary>
    public bool IsLogarithm { get; init; }

    /// <summary>Whether the values are indices.</summary>
    public bool AreIndices { get; set; }

    /// <summary>An input of the model.</summary>
    /// <param name="input">The input.</param>
    /// <param name="isChannelsFirst">Whether the first dimension of a sample holds channels, and becomes the last.</param>
    /// <param name="view">How the model's tensor lies in it.</param>
    /// <param name="fixedBatch">The number of samples that the model was written for, or null where that is free.</param>
    public static ImportedPort OfInput(OnnxValue input, bool isChannelsFirst, out View view, out int? fixedBatch)
    {
        if (input.Dimensions is not { Count: > 0 } dimensions)
        {
            throw new RefusedNodeException("its dimensions are not stated; the first must be that of the samples");
        }

        if (!OnnxElementTypes.IsFloat(input.Type) && !OnnxElementTypes.IsInteger(input.Type))
        {
            throw new RefusedNodeException($"it holds {OnnxElementTypes.NameOf(input.Type)} where numbers are expected");
        }

        // The one dimension without a number is that of the samples, wherever it is; otherwise the first.
        int[] open = [.. Enumerable.Range(0, dimensions.Count).Where(i => dimensions[i].Size is null)];
        int batch = open.Length == 1 ? open[0] : 0;

        if (open.Any(i => i != batch))
        {
            string names = string.Join(", ", open.Where(i => i != batch).Select(i => $"'{dimensions[i]}'"));

            throw new RefusedNodeException($"the size of its dimension {names} is not stated; export the model with numbers for all dimensions but the first");
        }

        int[] axes = [.. Enumerable.Range(0, dimensions.Count).Where(i => i != batch)];

        if (axes.Length > MostDimensions)
        {
            throw new RefusedNodeException($"a sample has {axes.Length} dimensions; {MostDimensions} are the most");
        }

        if (axes.FirstOrDefault(i => dimensions[i].Size == 0, -1) is >= 0 and var empty)
        {
            throw new RefusedNodeException($"its dimension {empty} has the size 0");
        }

        int[] order = isChannelsFirst && axes.Length > 1 ? [.. axes[1..], axes[0]] : axes;
        int[] shape = order.Length == 0 ? [1] : [.. order.Select(i => dimensions[i].Size!.Value)];

        if (shape.Aggregate(1L, static (count, size) => Math.Min(count * size, int.MaxValue + 1L)) > int.MaxValue)
        {
            throw new RefusedNodeException($"a sample of {string.Join(" × ", shape)} has more values than an array can hold");
        }

        fixedBatch = dimensions[batch].Size;
        view = View.Of(shape, Enumerable.Range(0, dimensions.Count).Select(i => i == batch ? -1 : Array.IndexOf(order, i)));
        ImportedLayer layer = new(ImportedLayer.Input, shape) { Origin = input.Name };

        return new(input.Name, layer, order.Length == 0 ? [-1] : order, batch, dimensions.Count);
    }

    /// <summary>The shape in which an output is given, and for each of its dimensions that of the model's tensor.</summary>
    public static (int[] Shape, int[] Order) LayoutOf(NetworkValue value)
    {
        View view = value.View;
        int batch = view.BatchDimension;

        if (batch < 0)
        {
            throw new RefusedNodeException("its samples have no dimension of their own");
        }

        int[] axes = [.. Enumerable.Range(0, view.Rank).Where(i => i != batch && view[i].Count > 0)];

        if (axes.Any(i => view[i].Count > 1 || view[i][0].IsBatch))
        {
            throw new RefusedNodeException("its values lie in another order than those of the layer that gives them: a transposition before it moves them");
        }

        int[] order = [.. axes.OrderByDescending(i => view[i][0].Stride)];
        int[] sizes = [.. order.Select(view.SizeOf)];
        int[] declared = value.Layer.Shape;

        // The layer's own shape, if it differs by dimensions of one value only.
        if (declared.Where(static size => size > 1).SequenceEqual(sizes))
        {
            Queue<int> left = new(order);

            return (declared, [.. declared.Select(size => size > 1 ? left.Dequeue() : -1)]);
        }

        return order.Length <= MostDimensions
            ? (sizes, order)
            : throw new RefusedNodeException($"a sample has {order.Length} dimensions; {MostDimensions} are the most");
    }
}
