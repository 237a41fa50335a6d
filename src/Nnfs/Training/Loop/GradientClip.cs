using System.Numerics.Tensors;

namespace Nnfs.Training;

/// <summary>Scales long gradients down.</summary>
internal static class GradientClip
{
    /// <summary>The least float with all its digits.</summary>
    private const double LeastNormal = 1.17549435e-38;

    /// <summary>Effectively computes <c>g ← g · longest / √Σ g²</c> where the root is greater than <paramref name="longest"/>.</summary>
    public static void Apply(Span<float> gradients, float? longest)
    {
        if (longest is not { } most || GradientNorm.Of(gradients) is var norm && norm <= most)
        {
            return;
        }

        double scale = most / norm;

        if (scale < LeastNormal)
        {
            // As one float the factor would have lost digits, or be zero.
            float root = (float)Math.Sqrt(scale);
            TensorPrimitives.Multiply(gradients, root, gradients);
            TensorPrimitives.Multiply(gradients, root, gradients);
        }
        else
        {
            TensorPrimitives.Multiply(gradients, (float)scale, gradients);
        }
    }
}
