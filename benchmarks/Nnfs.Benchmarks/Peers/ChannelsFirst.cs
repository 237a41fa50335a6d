using System.Collections.Immutable;

namespace Nnfs.Benchmarks;

/// <summary>The order of numbers in libraries that keep the channels of images before height and width.</summary>
internal static class ChannelsFirst
{
    /// <summary>Images as [samples, channels, height, width]; anything else as it is.</summary>
    public static float[] Inputs(Workload workload) => workload.Network.TakesImages
        ? Swap(workload.Inputs, workload.Network.InputShape[0] * workload.Network.InputShape[1], workload.Network.InputShape[2])
        : workload.Inputs;

    /// <summary>Weights of a convolution as [filters, channels, kernel height, kernel width].</summary>
    public static float[] Filters(LayerInfo convolution, float[] weights)
    {
        ImmutableArray<int> shape = convolution.Tensors[0].Shape;
        int taps = shape[0] * shape[1];

        return Swap(Swap(weights, taps * shape[2], shape[3]), taps, shape[2]);
    }

    /// <summary>Weights of a dense layer whose inputs are the values of an image in that order; of others as they are.</summary>
    public static float[] Weights(LayerInfo dense, float[] weights) => dense.InputShape.Length == 3
        ? Swap(weights, dense.InputShape[0] * dense.InputShape[1], dense.InputShape[2], dense.Outputs)
        : weights;

    /// <summary>[any, rows, columns, inner] as [any, columns, rows, inner].</summary>
    /// <param name="values">The numbers, as long as there are any.</param>
    /// <param name="rows">The rows.</param>
    /// <param name="columns">The columns.</param>
    /// <param name="inner">The numbers that stay together.</param>
    public static float[] Swap(float[] values, int rows, int columns, int inner = 1)
    {
        float[] swapped = new float[values.Length];

        for (int i = 0; i < values.Length / inner; i++)
        {
            (int matrix, int place) = int.DivRem(i, rows * columns);
            (int row, int column) = int.DivRem(place, columns);
            int to = (matrix * rows * columns) + (column * rows) + row;
            values.AsSpan(i * inner, inner).CopyTo(swapped.AsSpan(to * inner));
        }

        return swapped;
    }
}
