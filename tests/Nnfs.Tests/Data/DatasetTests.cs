using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Nnfs.Tests;

public class DatasetTests
{
    [Fact]
    public void Constructor_with_samples_holds_them()
    {
        Dataset dataset = new([1f, 2f, 3f, 4f, 5f, 6f], [2, 0], featureCount: 3, classCount: 4);

        Assert.Equal([1f, 2f, 3f, 4f, 5f, 6f], dataset.Features.ToArray());
        Assert.Equal([2, 0], dataset.Labels.ToArray());
        Assert.Equal(2, dataset.Count);
        Assert.Equal(3, dataset.FeatureCount);
        Assert.Equal(4, dataset.ClassCount);
    }

    [Fact]
    public void Constructor_without_samples_is_empty()
    {
        Dataset dataset = new([], [], featureCount: 2, classCount: 1);

        Assert.Equal(0, dataset.Count);
        Assert.True(dataset.Features.IsEmpty);
    }

    [Fact]
    public void Dataset_when_its_arrays_change_stays_the_same()
    {
        float[] features = [1f, 2f];
        int[] labels = [0, 1];
        Dataset dataset = new(features, labels, featureCount: 1, classCount: 2);

        features[0] = 9f;
        labels[0] = 9;

        Assert.Equal(1f, dataset.Features[0]);
        Assert.Equal(0, dataset.Labels[0]);
    }

    [Fact]
    public unsafe void Features_start_at_a_multiple_of_64_bytes()
    {
        Dataset dataset = new(new float[30], new int[10], featureCount: 3, classCount: 1);

        Assert.Equal((nuint)0, (nuint)Unsafe.AsPointer(ref MemoryMarshal.GetReference(dataset.Features)) % 64);
    }

    [Fact]
    public void Constructor_with_null_throws()
    {
        Assert.Throws<ArgumentNullException>("features", static () => new Dataset(null!, [], 1, 1));
        Assert.Throws<ArgumentNullException>("labels", static () => new Dataset([], null!, 1, 1));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-3)]
    public void Constructor_with_a_count_below_1_throws(int count)
    {
        Assert.Throws<ArgumentOutOfRangeException>("featureCount", () => new Dataset([], [], count, 1));
        Assert.Throws<ArgumentOutOfRangeException>("classCount", () => new Dataset([], [], 1, count));
    }

    [Theory]
    [InlineData(5)]
    [InlineData(7)]
    [InlineData(0)]
    public void Constructor_with_lengths_that_disagree_throws(int length)
    {
        ArgumentException exception = Assert.Throws<ArgumentException>("features", () => new Dataset(new float[length], new int[3], 2, 1));

        Assert.Contains("take 6 features", exception.Message, StringComparison.Ordinal);
        Assert.Contains($"there are {length}.", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Constructor_with_a_product_beyond_32_bits_throws()
    {
        // 65,536 · 65,536 is 0 in 32 bits, which would agree with no features at all.
        Assert.Throws<ArgumentException>("features", static () => new Dataset([], new int[65_536], 65_536, 1));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(3)]
    [InlineData(int.MaxValue)]
    public void Constructor_with_a_label_out_of_range_throws(int label)
    {
        ArgumentOutOfRangeException exception =
            Assert.Throws<ArgumentOutOfRangeException>("labels", () => new Dataset(new float[4], [0, 2, label, 1], 1, 3));

        Assert.Equal(label, exception.ActualValue);
        Assert.Contains("0 … 2", exception.Message, StringComparison.Ordinal);
        Assert.Contains("sample 2", exception.Message, StringComparison.Ordinal);
    }
}
