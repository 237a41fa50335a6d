using System.Numerics.Tensors;
using Nnfs.Training;

namespace Nnfs.Tests.Training;

public class AccuracyTests
{
    [Fact]
    public void IndexOfMax_of_every_width_is_that_of_the_vector_routine()
    {
        for (int length = 1; length <= 40; length++)
        {
            for (int seed = 1; seed <= 50; seed++)
            {
                // Rounded, so that many are equal; here and there is one that is not a number.
                float[] values = [.. Numbers.Gaussians(length, seed).Select(static value => value > 1.8f ? float.NaN : MathF.Round(2 * value) + 0f)];

                Assert.Equal(TensorPrimitives.IndexOfMax((ReadOnlySpan<float>)values), Accuracy.IndexOfMax(values));
            }
        }
    }

    [Fact]
    public void CountRight_compares_the_largest_output_of_each_sample_with_its_class()
    {
        Accuracy accuracy = Accuracy.Of<SmallNetwork>();
        float[] outputs = [1, 2, 3, 3, 2, 1, 1, 3, 2, 9, 9, 9];

        // The rows' largest are 2, 0 and 1; the fourth row is not counted.
        Assert.Equal(2, accuracy.CountRight<int, LabelTargets>(outputs, [2, 1, 1]));
        Assert.Equal(2, accuracy.CountRight<float, FloatTargets>(outputs, [0, 0, 1, 0.4f, 0.6f, 0, 0.1f, 0.8f, 0.1f]));
    }

    [Fact]
    public void CountRightBinary_compares_the_sides_of_one_half()
    {
        float[] outputs = [0.5f, 0.50001f, 0.9f, 0.1f, 0f, 1f, float.NaN, 0.9f];

        // Half itself is no. The last output is not counted.
        Assert.Equal(7, Accuracy.CountRightBinary(outputs, [0, 1, 1, 0, 0, 1, 0]));
        Assert.Equal(0, Accuracy.CountRightBinary(outputs, [1, 0, 0, 1, 1, 0, 1]));
        Assert.Equal(7, Accuracy.CountRightBinary(outputs, [0.5f, 0.6f, 1f, 0f, 0.2f, 0.8f, 0f]));
        Assert.Equal(3, Accuracy.CountRightBinary(outputs, [0.5f, 0.6f, 1f, 1f, 0.7f, 0.3f, 0.8f]));
    }

    [Fact]
    public void Precision_is_a_250th_of_the_standard_deviation_of_all_targets()
    {
        // Mean 5, squares of the differences 9 + 1 + 1 + 1 + 0 + 0 + 4 + 16 = 32 of 8 targets.
        Assert.Equal(2 / 250.0, Accuracy.Precision([2f, 4f, 4f, 4f, 5f, 5f, 7f, 9f]), 1e-15);
        Assert.Equal(0.0, Accuracy.Precision([3f, 3f, 3f]));
        Assert.Throws<ArgumentException>(static () => Accuracy.Precision([]));
    }

    [Fact]
    public void CountRightRegression_counts_what_is_less_than_the_precision_off()
    {
        float[] outputs = [1f, 1.25f, 0.75f, 1.125f, 0.875f, float.NaN, float.PositiveInfinity, 1f];

        // A quarter is not less than a quarter; the last output is not counted.
        Assert.Equal(3, Accuracy.CountRightRegression(outputs, [1f, 1f, 1f, 1f, 1f, 1f, 1f], 0.25));
        Assert.Equal(5, Accuracy.CountRightRegression(outputs, [1f, 1f, 1f, 1f, 1f, 1f, 1f], 0.26));

        // All targets equal: nothing is nearer than 0.
        Assert.Equal(0, Accuracy.CountRightRegression(outputs, [1f], 0.0));
    }
}
