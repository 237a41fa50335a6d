namespace Nnfs.Tests;

public class ShapeGuardTests
{
    [Fact]
    public void BinaryLabels_takes_a_0_or_1_for_each_output_of_each_sample()
    {
        ShapeGuard.BinaryLabels([], 0, 3);
        ShapeGuard.BinaryLabels([0, 1, 1, 1, 0, 0], 2, 3);
        ShapeGuard.BinaryLabels(Numbers.Labels(1001, 2, seed: 1), 143, 7);
    }

    [Theory]
    [InlineData(5)]
    [InlineData(7)]
    [InlineData(0)]
    public void BinaryLabels_of_another_number_throws_what_came_and_what_was_expected(int length)
    {
        int[] labels = new int[length];
        ArgumentException exception = Assert.Throws<ArgumentException>(nameof(labels), () => ShapeGuard.BinaryLabels(labels, 2, 3));

        Assert.Contains($"Expected 6 values (2 samples of 3), but the length is {length}.", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(2)]
    [InlineData(int.MinValue)]
    [InlineData(int.MaxValue)]
    public void BinaryLabels_with_another_value_anywhere_throws_its_index_and_value(int label)
    {
        for (int bad = 0; bad < 70; bad++)
        {
            int[] labels = Numbers.Labels(70, 2, seed: bad + 1);
            labels[bad] = label;

            ArgumentOutOfRangeException exception = Assert.Throws<ArgumentOutOfRangeException>(nameof(labels), () => ShapeGuard.BinaryLabels(labels, 35, 2));

            Assert.Equal(label, exception.ActualValue);
            Assert.Contains($"Expected labels from 0 to 1, but labels[{bad}] is {label}.", exception.Message, StringComparison.Ordinal);
        }
    }
}
