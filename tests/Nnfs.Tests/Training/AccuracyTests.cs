using System.Numerics.Tensors;

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
        Assert.Equal(2, accuracy.CountRight<int, LabelTruth>(outputs, [2, 1, 1]));
        Assert.Equal(2, accuracy.CountRight<float, TargetTruth>(outputs, [0, 0, 1, 0.4f, 0.6f, 0, 0.1f, 0.8f, 0.1f]));
    }
}
