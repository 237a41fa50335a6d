using Nnfs.Import.Evaluation;
using Nnfs.Import.Translating;

namespace Nnfs.Tool.Comparison;

/// <summary>
/// The values of an input or output in the layout of the network, [samples × the shape of a sample] with channels last, and in that of the model, such as
/// [samples × channels × height × width] or [steps × samples × features].
/// </summary>
internal static class ModelLayout
{
    /// <summary>A tensor of the network in the layout of the model.</summary>
    public static TensorValue FromNetwork(TensorValue value, ImportedPort port)
    {
        int[] axes = AxesOfModel(port);
        int[] lengths = [.. value.Shape];

        // The dimensions that the model has, in the order in which the network has them.
        int[] kept = [lengths[0], .. lengths.Skip(1).Where((_, i) => port.Order[i] >= 0)];
        TensorValue turned = Selections.Transpose(value.WithShape(kept), [.. Enumerable.Range(0, axes.Length).OrderBy(i => axes[i])]);
        Queue<int> left = new(turned.Shape.ToArray());

        return turned.WithShape([.. Enumerable.Range(0, port.Rank).Select(axis => axes.Contains(axis) ? left.Dequeue() : 1)]);
    }

    /// <summary>A tensor of the model in the layout of the network, but for dimensions of length 1.</summary>
    public static TensorValue ToNetwork(TensorValue value, ImportedPort port)
    {
        int[] axes = AxesOfModel(port);

        return Selections.Transpose(value, [.. axes, .. Enumerable.Range(0, value.Rank).Except(axes)]);
    }

    /// <summary>The dimensions of the model's tensor in the order in which the network has them, samples first.</summary>
    private static int[] AxesOfModel(ImportedPort port) => [port.BatchDimension, .. port.Order.Where(static axis => axis >= 0)];
}
