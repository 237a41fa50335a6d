using System.ComponentModel;
using System.Numerics.Tensors;

namespace Nnfs.Kernels;

/// <summary>The weights of samples, which the gradients of their losses are multiplied by.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class SampleWeights
{
    /// <summary>The weights of some of the samples of a batch.</summary>
    /// <param name="weights">The weights of the batch: one for each sample, or for each of its positions.</param>
    /// <param name="batch">The number of samples of the batch.</param>
    /// <param name="start">The first of the samples.</param>
    /// <param name="samples">Their number.</param>
    public static ReadOnlySpan<float> Of(ReadOnlySpan<float> weights, int batch, int start, int samples)
    {
        int perSample = weights.Length / batch;

        return weights.Slice(start * perSample, samples * perSample);
    }

    /// <summary>Effectively computes <c>dy[i, j] = weights[i] · dy[i, j]</c>.</summary>
    /// <param name="weights">The weight of each row.</param>
    /// <param name="dy">Gradients [rows × values]; changed.</param>
    public static void Apply(ReadOnlySpan<float> weights, Span<float> dy)
    {
        int size = dy.Length / weights.Length;

        for (int i = 0; i < weights.Length; i++)
        {
            Span<float> row = dy.Slice(i * size, size);
            TensorPrimitives.Multiply(row, weights[i], row);
        }
    }

    /// <summary>Effectively computes <c>dy[j, i] = weights[i] · dy[j, i]</c>.</summary>
    /// <param name="weights">The weight of each sample.</param>
    /// <param name="dy">Gradients [features × stride], of which the first samples of each row are changed.</param>
    /// <param name="stride">The distance between the features.</param>
    /// <typeparam name="TFeatures">The number of features.</typeparam>
    public static void ApplyLanes<TFeatures>(ReadOnlySpan<float> weights, Span<float> dy, int stride)
        where TFeatures : struct, IDimension
    {
        for (int j = 0; j < TFeatures.Value; j++)
        {
            Span<float> row = dy.Slice(j * stride, weights.Length);
            TensorPrimitives.Multiply(row, weights, row);
        }
    }
}
