namespace Nnfs.Tests.Layers;

public class ActivationStageTests
{
    /// <summary>Shapes of every number of dimensions, and such as have a length of 1 somewhere.</summary>
    public static TheoryData<int[]> Shapes =>
        [(int[])[3, 4], (int[])[2, 3, 4], (int[])[2, 3, 4, 5], (int[])[1, 4], (int[])[4, 1], (int[])[3, 1, 2], (int[])[1, 1, 1, 1]];

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Outputs_of_several_dimensions_are_the_same_elements_row_by_row_and_side_by_side(int[] shape)
    {
        int size = shape.Aggregate(1, static (product, length) => product * length);

        foreach (int samples in (int[])[0, 1, 2, 17])
        {
            const int Stride = 32;
            float[] rows = Numbers.Gaussians(samples * size, seed: 1);
            float[] lanes = new float[size * Stride];

            for (int i = 0; i < samples * size; i++)
            {
                lanes[(i % size * Stride) + (i / size)] = rows[i];
            }

            AssertElements(rows, new ActivationStage(rows, samples, shape), shape, samples);
            AssertElements(rows, new ActivationStage(lanes, samples, shape, Stride), shape, samples);
        }
    }

    [Fact]
    public void Outputs_allocate_nothing() => Allocations.AssertNoneAfterFirst(static () =>
    {
        float[] values = new float[2 * 3 * 4 * 5 * 32];
        int[] shape = [2, 3, 4, 5];
        float sum = 0;

        return () =>
        {
            sum += new ActivationStage(values, 17, shape).Outputs[16, 1, 2, 3, 4];
            sum += new ActivationStage(values, 17, shape, valueStride: 32).Outputs[16, 1, 2, 3, 4];
            sum += new ActivationStage(values, 17, size: 120, sampleStride: 1, valueStride: 32).Outputs[16, 119];
        };
    });

    private static void AssertElements(float[] expected, ActivationStage stage, int[] shape, int samples)
    {
        Assert.Equal([samples, .. shape.Select(static length => (nint)length)], stage.Outputs.Lengths.ToArray());

        for (int i = 0; i < expected.Length; i++)
        {
            // The place of the element: its sample, and the digits of its number within the sample.
            nint[] place = new nint[1 + shape.Length];
            int left = i;

            for (int k = shape.Length; k > 0; k--)
            {
                place[k] = left % shape[k - 1];
                left /= shape[k - 1];
            }

            place[0] = left;
            Assert.Equal(expected[i], stage.Outputs[place]);
        }
    }
}
