using Nnfs.Training;

namespace Nnfs.Tests.Training;

/// <summary>The sum of squares goes by the vectors of the machine, so that these tests run for each width.</summary>
public class GradientNormTests
{
    [Fact]
    public void Norm_is_the_root_of_the_sum_of_squares_for_every_length()
    {
        for (int length = 0; length < 70; length++)
        {
            float[] gradients = Numbers.Gaussians(length, seed: length + 1, scale: 1e25f);
            double expected = Math.Sqrt(gradients.Sum(static gradient => (double)gradient * gradient));

            Assert.Equal(expected, GradientNorm.Of(gradients), expected * 1e-14);
        }
    }
}
