using System.Text.Json;

namespace Nnfs.Tests;

public class DatasetsTests
{
    private static readonly JsonElement Golden = GoldenData.Notebook.GetProperty("spiral_2_3_3");

    [Fact]
    public void Spiral_from_seed_0_is_that_of_the_book_in_every_bit()
    {
        Dataset spiral = Datasets.Spiral(samplesPerClass: 100, classes: 3, new NumpyRandom(0));

        Assert.Equal(Golden.GetProperty("x").Floats(), spiral.Features.ToArray());
        Assert.Equal(Golden.GetProperty("labels").Integers(), spiral.Labels.ToArray());
        Assert.Equal(300, spiral.Count);
        Assert.Equal(2, spiral.FeatureCount);
        Assert.Equal(3, spiral.ClassCount);
    }

    [Fact]
    public void Spiral_leaves_the_stream_where_the_weights_of_the_book_begin()
    {
        NumpyRandom random = new(0);
        Datasets.Spiral(samplesPerClass: 100, classes: 3, random);

        float[] w1 = Golden.GetProperty("w1").Floats();
        float[] w2 = Golden.GetProperty("w2").Floats();

        // The book's weights are a product of float32 numbers: 0.01 · randn rounded only at the end differs in the last bit.
        Assert.Equal(w1, w1.Select(_ => 0.01f * (float)random.NextGaussian()));
        Assert.Equal(w2, w2.Select(_ => 0.01f * (float)random.NextGaussian()));
    }

    [Fact]
    public void Spiral_ends_every_arm_on_the_unit_circle()
    {
        Dataset spiral = Datasets.Spiral(samplesPerClass: 50, classes: 4, new NumpyRandom(7));

        for (int arm = 0; arm < 4; arm++)
        {
            ReadOnlySpan<float> first = spiral.Features.Slice(arm * 100, 2);
            ReadOnlySpan<float> last = spiral.Features.Slice((arm * 100) + 98, 2);

            Assert.Equal(0f, first[0]);
            Assert.Equal(0f, first[1]);

            // One rounding to float32 of each coordinate.
            Assert.Equal(1f, MathF.Sqrt((last[0] * last[0]) + (last[1] * last[1])), 3e-7f);
        }
    }

    [Fact]
    public void Spiral_with_one_sample_per_class_lies_at_the_origin()
    {
        NumpyRandom random = new(0);
        Dataset spiral = Datasets.Spiral(samplesPerClass: 1, classes: 3, random);

        Assert.Equal(new float[6], spiral.Features.ToArray());
        Assert.Equal([0, 1, 2], spiral.Labels.ToArray());
        Assert.Equal(GoldenData.NumpyRandom[0].GetProperty("randn")[3].GetDouble(), random.NextGaussian());
    }

    [Theory]
    [InlineData(0, 3, "samplesPerClass")]
    [InlineData(-1, 3, "samplesPerClass")]
    [InlineData(100, 0, "classes")]
    [InlineData(int.MaxValue, 1, "samplesPerClass")]
    [InlineData(65_536, 65_536, "samplesPerClass")]
    public void Spiral_with_an_impossible_size_throws_before_it_draws(int samplesPerClass, int classes, string parameter)
    {
        NumpyRandom random = new(0);

        Assert.Throws<ArgumentOutOfRangeException>(parameter, () => Datasets.Spiral(samplesPerClass, classes, random));
        Assert.Equal(new NumpyRandom(0).NextUInt32(), random.NextUInt32());
    }

    [Fact]
    public void Spiral_without_a_generator_throws()
    {
        Assert.Throws<ArgumentNullException>("random", static () => Datasets.Spiral(100, 3, null!));
    }

    [Fact]
    public void Vertical_is_that_of_the_book_in_every_bit()
    {
        JsonElement golden = GoldenData.Datasets.GetProperty("vertical");
        NumpyRandom random = new(golden.GetProperty("seed").GetInt32());

        Dataset vertical = Datasets.VerticalData(golden.GetProperty("samples_per_class").GetInt32(), golden.GetProperty("classes").GetInt32(), random);

        Assert.Equal(golden.GetProperty("x").Floats(), vertical.Features.ToArray());
        Assert.Equal(golden.GetProperty("labels").Integers(), vertical.Labels.ToArray());
        Assert.Equal(golden.GetProperty("next_randn").GetDouble(), random.NextGaussian());
        Assert.Equal(30, vertical.Count);
        Assert.Equal(2, vertical.FeatureCount);
        Assert.Equal(3, vertical.ClassCount);
    }

    [Theory]
    [InlineData(0, 3, "samplesPerClass")]
    [InlineData(100, 0, "classes")]
    [InlineData(int.MaxValue, 1, "samplesPerClass")]
    [InlineData(65_536, 65_536, "samplesPerClass")]
    public void Vertical_with_an_impossible_size_throws_before_it_draws(int samplesPerClass, int classes, string parameter)
    {
        NumpyRandom random = new(0);

        Assert.Throws<ArgumentOutOfRangeException>(parameter, () => Datasets.VerticalData(samplesPerClass, classes, random));
        Assert.Equal(new NumpyRandom(0).NextUInt32(), random.NextUInt32());
        Assert.Throws<ArgumentNullException>("random", static () => Datasets.VerticalData(100, 3, null!));
    }

    [Fact]
    public void Sine_is_that_of_the_book()
    {
        JsonElement golden = GoldenData.Datasets.GetProperty("sine");

        RegressionDataset sine = Datasets.Sine(golden.GetProperty("samples").GetInt32());

        Assert.Equal(golden.GetProperty("x").Floats(), sine.Features.ToArray());

        // The sine of another library may differ in the last bit of float64, which at most one rounding to float32 shows.
        Assert.All(golden.GetProperty("y").Floats().Zip(sine.Targets.ToArray()), static pair => Assert.Equal(pair.First, pair.Second, 6e-8f));
        Assert.Equal(100, sine.Count);
        Assert.Equal(1, sine.FeatureCount);
        Assert.Equal(1, sine.TargetCount);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(int.MaxValue)]
    public void Sine_with_an_impossible_size_throws(int samples) =>
        Assert.Throws<ArgumentOutOfRangeException>(nameof(samples), () => Datasets.Sine(samples));
}
