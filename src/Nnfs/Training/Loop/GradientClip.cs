using System.Numerics.Tensors;

namespace Nnfs.Training;

/// <summary>Scales long gradients down.</summary>
internal static unsafe class GradientClip
{
    /// <summary>The least float with all its digits.</summary>
    private const double LeastNormal = 1.17549435e-38;

    /// <summary>Effectively computes <c>g ← g · longest / length</c>.</summary>
    /// <param name="gradients">The gradients; changed.</param>
    /// <param name="length">Their length, greater than <paramref name="longest"/>.</param>
    /// <param name="longest">The length that they get.</param>
    /// <param name="greatest">Their greatest magnitude.</param>
    /// <param name="team">The threads that share the work; <see langword="null"/> where there is only the one that calls.</param>
    /// <returns>The greatest magnitude of the gradients as they are now.</returns>
    public static float Apply(Span<float> gradients, double length, float longest, float greatest, ThreadTeam? team)
    {
        double scale = longest / length;

        if (scale >= LeastNormal)
        {
            return Multiply(gradients, (float)scale, greatest, team);
        }

        // As one float the factor would have lost digits, or be zero.
        float root = (float)Math.Sqrt(scale);

        return Multiply(gradients, root, Multiply(gradients, root, greatest, team), team);
    }

    /// <summary>Multiplies gradients, and the greatest magnitude as one of them.</summary>
    private static float Multiply(Span<float> gradients, float factor, float greatest, ThreadTeam? team)
    {
        // The gradients stay where they are until every thread has done its part.
        fixed (float* first = gradients)
        {
            Product product = new(first, factor);
            ThreadTeam.Run(team, gradients.Length, KernelLimits.FloatsPerLine, 2 * KernelLimits.FlopsPerMove * gradients.Length, &MultiplyPart, &product);
        }

        return greatest * factor;
    }

    private static void MultiplyPart(ThreadTeam? team, void* operands, int start, int count)
    {
        Product product = *(Product*)operands;
        Span<float> part = new(product.Gradients + start, count);
        TensorPrimitives.Multiply(part, product.Factor, part);
    }

    /// <summary>Gradients and what they are multiplied by.</summary>
    private readonly struct Product(float* gradients, float factor)
    {
        public readonly float* Gradients = gradients;
        public readonly float Factor = factor;
    }
}
