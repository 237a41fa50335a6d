using System.Numerics;
using System.Runtime.InteropServices;

namespace Nnfs.Training;

/// <summary>The length of a gradient. It is summed in float64, where no square of a float32 overflows.</summary>
internal static class GradientNorm
{
    /// <summary>Effectively computes <c>√Σ g²</c>.</summary>
    public static double Of(ReadOnlySpan<float> gradients)
    {
        ReadOnlySpan<Vector<float>> vectors = MemoryMarshal.Cast<float, Vector<float>>(gradients);
        Vector<double> lowSum = Vector<double>.Zero;
        Vector<double> highSum = Vector<double>.Zero;

        foreach (Vector<float> vector in vectors)
        {
            Vector.Widen(vector, out Vector<double> low, out Vector<double> high);
            lowSum += low * low;
            highSum += high * high;
        }

        double sum = Vector.Sum(lowSum + highSum);

        foreach (float gradient in gradients[(vectors.Length * Vector<float>.Count)..])
        {
            sum += (double)gradient * gradient;
        }

        return Math.Sqrt(sum);
    }
}
