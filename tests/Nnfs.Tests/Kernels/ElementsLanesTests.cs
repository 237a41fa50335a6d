using Elements = Nnfs.Kernels.ElementsLanes;

namespace Nnfs.Tests.Kernels;

public class ElementsLanesTests
{
    private const int Features = 5;

    private delegate void Kernel(ReadOnlySpan<float> x, ReadOnlySpan<float> y, ReadOnlySpan<float> addend, Span<float> destination, int stride, int samples);

    private delegate void PartKernel(ReadOnlySpan<float> x, int xStart, Span<float> y, int yStart, int count, int stride, int samples);

    public static TheoryData<string> Names => ["Add", "Multiply", "MultiplyByNumber", "MultiplyAdd"];

    public static TheoryData<string> PartNames => ["Copy", "Accumulate"];

    [Theory]
    [MemberData(nameof(Names))]
    public void Kernel_of_any_number_of_samples_agrees_with_the_specification(string name)
    {
        (Kernel kernel, Func<double, double, double, double> function) = Find(name);

        foreach (int samples in LanesBlock.Samples)
        {
            int stride = Nnfs.Kernels.Lanes.Stride(samples);
            float[][] rows = [.. Enumerable.Range(0, 3).Select(seed => Numbers.Gaussians(samples * Features, seed))];
            float[][] blocks = [.. rows.Select(values => LanesBlock.Of(values, Features, stride, samples, filler: 2f))];
            FramedBlock x = FramedBlock.Source(blocks[0], misalignment: samples % 4);
            FramedBlock y = FramedBlock.Source(blocks[1], misalignment: samples % 3);
            FramedBlock addend = FramedBlock.Source(blocks[2]);
            FramedBlock destination = FramedBlock.Destination(blocks[0].Length, misalignment: samples % 5);

            kernel(x.Span, y.Span, addend.Span, destination.Span, stride, samples);

            // Rounded once or twice.
            double[] expected = [.. rows[0].Select((value, i) => function(value, rows[1][i], rows[2][i]))];
            double Size(int i) => function(Math.Abs(rows[0][i]), Math.Abs(rows[1][i]), Math.Abs(rows[2][i]));
            float[] actual = LanesBlock.Rows(destination.Span, Features, stride, samples);
            Numbers.AssertClose(expected, actual, i => 2 * Numbers.Rounding * Math.Abs(Size(i)), name);
            LanesBlock.Fillers(destination.Span, Features, stride, samples);
            destination.AssertFrameIsIntact();

            foreach (int place in Enumerable.Range(0, name switch { "MultiplyAdd" => 3, "MultiplyByNumber" => 1, _ => 2 }))
            {
                FramedBlock same = FramedBlock.InPlace(blocks[place]);
                Span<float> At(int i) => i == place ? same.Span : blocks[i];

                kernel(At(0), At(1), At(2), same.Span, stride, samples);

                Numbers.AssertSameBits(actual, LanesBlock.Rows(same.Span, Features, stride, samples), $"{name} in place of {place}");
                same.AssertFrameIsIntact();
            }
        }
    }

    [Theory]
    [MemberData(nameof(PartNames))]
    public void Kernel_of_a_part_of_the_features_leaves_the_others(string name)
    {
        PartKernel kernel = FindPart(name);

        foreach (int samples in LanesBlock.Samples)
        {
            int stride = Nnfs.Kernels.Lanes.Stride(samples);
            float[] xRows = Numbers.Gaussians(samples * Features, seed: samples);
            float[] yRows = Numbers.Gaussians(samples * (Features + 2), seed: samples + 1);

            foreach ((int xStart, int yStart, int count) in ((int, int, int)[])[(0, 0, Features), (1, 3, 4), (4, 0, 1), (0, 6, 1), (2, 1, 3), (5, 7, 0)])
            {
                FramedBlock x = FramedBlock.Source(LanesBlock.Of(xRows, Features, stride, samples), misalignment: samples % 3);
                float[] block = LanesBlock.Of(yRows, Features + 2, stride, samples);
                FramedBlock y = FramedBlock.InPlace(block, misalignment: samples % 4);

                kernel(x.Span, xStart, y.Span, yStart, count, stride, samples);

                float[] expected = new float[block.Length];
                block.CopyTo(expected);

                for (int j = 0; j < count; j++)
                {
                    for (int i = 0; i < LanesBlock.Padded(samples); i++)
                    {
                        int place = ((yStart + j) * stride) + i;
                        expected[place] = x.Span[((xStart + j) * stride) + i] + (name == "Copy" ? 0f : expected[place]);
                    }
                }

                Numbers.AssertSameBits(expected, y.Span, "y");
                y.AssertFrameIsIntact();
            }
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Kernel_with_a_span_too_short_throws_before_it_writes(string name)
    {
        Kernel kernel = Find(name).Kernel;
        float[] enough = new float[80];
        float[] short1 = new float[79];
        FramedBlock whole = FramedBlock.Destination(80);
        FramedBlock shorter = FramedBlock.Destination(79);

        Assert.Throws<ArgumentException>("x", () => kernel(short1, enough, enough, whole.Span, 16, 4));
        Assert.Throws<ArgumentException>("destination", () => kernel(enough, enough, enough, shorter.Span, 16, 4));
        Assert.Throws<ArgumentOutOfRangeException>(() => kernel(enough, enough, enough, whole.Span, 15, 4));

        if (name != "MultiplyByNumber")
        {
            Assert.Throws<ArgumentException>("y", () => kernel(enough, short1, enough, whole.Span, 16, 4));
        }

        if (name == "MultiplyAdd")
        {
            Assert.Throws<ArgumentException>("addend", () => kernel(enough, enough, short1, whole.Span, 16, 4));
        }

        whole.AssertNothingIsWritten();
        shorter.AssertNothingIsWritten();
    }

    [Theory]
    [MemberData(nameof(PartNames))]
    public void Kernel_of_features_that_are_not_there_throws_before_it_writes(string name)
    {
        PartKernel kernel = FindPart(name);
        FramedBlock y = FramedBlock.Destination(80);

        Assert.Throws<ArgumentException>("x", () => kernel(new float[79], 0, y.Span, 0, 5, 16, 4));
        Assert.Throws<ArgumentException>("x", () => kernel(new float[80], 3, y.Span, 0, 3, 16, 4));
        Assert.Throws<ArgumentException>("y", () => kernel(new float[80], 0, y.Span[..79], 0, 5, 16, 4));
        Assert.Throws<ArgumentException>("y", () => kernel(new float[80], 0, y.Span, 3, 3, 16, 4));
        Assert.Throws<ArgumentOutOfRangeException>("start", () => kernel(new float[80], -1, y.Span, 0, 3, 16, 4));
        Assert.Throws<ArgumentOutOfRangeException>("start", () => kernel(new float[80], 0, y.Span, -1, 3, 16, 4));
        Assert.Throws<ArgumentOutOfRangeException>("count", () => kernel(new float[80], 0, y.Span, 0, -1, 16, 4));
        y.AssertNothingIsWritten();
    }

    private static (Kernel Kernel, Func<double, double, double, double> Function) Find(string name) => name switch
    {
        "Add" => (
            static (x, y, _, destination, stride, samples) => Elements.Add(x, y, destination, Features, stride, samples),
            static (x, y, _) => x + y),
        "Multiply" => (
            static (x, y, _, destination, stride, samples) => Elements.Multiply(x, y, destination, Features, stride, samples),
            static (x, y, _) => x * y),
        "MultiplyByNumber" => (
            static (x, _, _, destination, stride, samples) => Elements.Multiply(x, -0.3f, destination, Features, stride, samples),
            static (x, _, _) => x * -0.3f),
        _ => (
            static (x, y, addend, destination, stride, samples) => Elements.MultiplyAdd(x, y, addend, destination, Features, stride, samples),
            static (x, y, addend) => (x * y) + addend),
    };

    private static PartKernel FindPart(string name) => name == "Copy" ? Elements.Copy : Elements.Accumulate;
}
