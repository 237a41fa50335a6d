namespace Nnfs.Tests.Kernels;

public class ColumnsTests
{
    private delegate void Kernel(ReadOnlySpan<float> x, int xStart, int xSize, Span<float> y, int yStart, int ySize, int count, int samples);

    public static TheoryData<int> Counts => [.. Enumerable.Range(0, 71)];

    [Theory]
    [MemberData(nameof(Counts))]
    public void Copy_and_Accumulate_of_any_count_change_their_columns_and_no_other(int count)
    {
        foreach ((int xBefore, int xBehind, int yBefore, int yBehind) in ((int, int, int, int)[])[(0, 0, 0, 0), (0, 3, 5, 0), (7, 0, 0, 2), (1, 1, 16, 9)])
        {
            foreach (int samples in (int[])[0, 1, 2, 5, 17])
            {
                int xSize = xBefore + count + xBehind;
                int ySize = yBefore + count + yBehind;
                float[] inputs = Numbers.Gaussians(samples * xSize, seed: count);
                float[] before = Numbers.Gaussians(samples * ySize, seed: count + 1);
                float[] copied = [.. before];
                float[] added = [.. before];

                for (int i = 0; i < samples; i++)
                {
                    for (int j = 0; j < count; j++)
                    {
                        copied[(i * ySize) + yBefore + j] = inputs[(i * xSize) + xBefore + j];
                        added[(i * ySize) + yBefore + j] += inputs[(i * xSize) + xBefore + j];
                    }
                }

                FramedBlock x = FramedBlock.Source(inputs, misalignment: count % 5);
                FramedBlock copy = FramedBlock.InPlace(before, misalignment: count % 4);
                FramedBlock sum = FramedBlock.InPlace(before, misalignment: count % 3);

                Nnfs.Kernels.Columns.Copy(x.Span, xBefore, xSize, copy.Span, yBefore, ySize, count, samples);
                Nnfs.Kernels.Columns.Accumulate(x.Span, xBefore, xSize, sum.Span, yBefore, ySize, count, samples);

                Numbers.AssertSameBits(copied, copy.Span, "copy");
                Numbers.AssertSameBits(added, sum.Span, "sum");
                copy.AssertFrameIsIntact();
                sum.AssertFrameIsIntact();
            }
        }
    }

    [Theory]
    [InlineData("x", 11, 20)]
    [InlineData("y", 12, 19)]
    public void Copy_and_Accumulate_with_a_span_too_short_throw_before_they_write(string parameter, int xLength, int yLength)
    {
        foreach (Kernel kernel in (Kernel[])[Nnfs.Kernels.Columns.Copy, Nnfs.Kernels.Columns.Accumulate])
        {
            FramedBlock y = FramedBlock.Destination(yLength);

            Assert.Throws<ArgumentException>(parameter, () => kernel(new float[xLength], 1, 3, y.Span, 2, 5, 2, 4));
            y.AssertNothingIsWritten();
        }
    }

    [Theory]
    [InlineData(-1, 3, 0, 5, 2)]
    [InlineData(2, 3, 0, 5, 2)]
    [InlineData(0, 3, -1, 5, 2)]
    [InlineData(0, 3, 4, 5, 2)]
    [InlineData(0, 3, 0, 5, -1)]
    [InlineData(0, 3, 0, 5, 4)]
    public void Copy_and_Accumulate_of_columns_beyond_a_row_throw_before_they_write(int xStart, int xSize, int yStart, int ySize, int count)
    {
        foreach (Kernel kernel in (Kernel[])[Nnfs.Kernels.Columns.Copy, Nnfs.Kernels.Columns.Accumulate])
        {
            FramedBlock y = FramedBlock.Destination(100);

            Assert.Throws<ArgumentOutOfRangeException>(() => kernel(new float[100], xStart, xSize, y.Span, yStart, ySize, count, 2));
            y.AssertNothingIsWritten();
        }
    }
}
