namespace Nnfs.Tests.Kernels;

/// <summary>Blocks of features × stride, as the kernels with samples in the lanes take them, from and to row-major matrices of samples.</summary>
internal static class LanesBlock
{
    /// <summary>Every remainder about whole groups of 16 samples.</summary>
    public static IEnumerable<int> Samples => [1, 2, 15, 16, 17, 31, 33, 63, 64, 65, 100];

    /// <summary>The floats of a block that ends with the last feature's last group, as one that is a window of a longer block does.</summary>
    public static int Length(int features, int stride, int samples) => ((features - 1) * stride) + Padded(samples);

    /// <summary>The samples in whole groups.</summary>
    public static int Padded(int samples) => (samples + 15) / 16 * 16;

    /// <summary>A block of samples. Its fillers are <paramref name="filler"/>, and what lies between the features is NaN.</summary>
    public static float[] Of(ReadOnlySpan<float> rows, int features, int stride, int samples, float filler = 0f)
    {
        float[] block = new float[Length(features, stride, samples)];
        Array.Fill(block, float.NaN);

        for (int j = 0; j < features; j++)
        {
            for (int i = 0; i < Padded(samples); i++)
            {
                block[(j * stride) + i] = i < samples ? rows[(i * features) + j] : filler;
            }
        }

        return block;
    }

    /// <summary>The samples of a block, row-major, without the fillers.</summary>
    public static float[] Rows(ReadOnlySpan<float> block, int features, int stride, int samples)
    {
        float[] rows = new float[samples * features];

        for (int i = 0; i < samples; i++)
        {
            for (int j = 0; j < features; j++)
            {
                rows[(i * features) + j] = block[(j * stride) + i];
            }
        }

        return rows;
    }

    /// <summary>Asserts that nothing was written between the features, and gives the fillers for further assertions.</summary>
    public static float[] Fillers(ReadOnlySpan<float> block, int features, int stride, int samples)
    {
        List<float> fillers = [];

        for (int j = 0; j < features; j++)
        {
            fillers.AddRange(block[((j * stride) + samples)..((j * stride) + Padded(samples))]);

            if (j < features - 1)
            {
                Assert.False(
                    block[((j * stride) + Padded(samples))..((j + 1) * stride)].ContainsAnyExcept(FramedBlock.Canary),
                    $"Something was written after feature {j}.");
            }
        }

        return [.. fillers];
    }
}
