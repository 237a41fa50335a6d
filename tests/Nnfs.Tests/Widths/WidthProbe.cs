namespace Nnfs.Tests.Widths;

/// <summary>
/// What a process checks of its vector width. In a child process that <see cref="VectorWidthTests"/> starts, the width must be the one
/// that was asked for, and the results of the kernels are left for the parent.
/// </summary>
public class WidthProbe
{
    [Fact]
    public void Process_has_the_vector_width_that_it_was_started_for()
    {
        string? expected = Environment.GetEnvironmentVariable(WidthSetting.ExpectedBitsVariable);

        // Where nothing is asked for, the kernels take the widest: AlignedBlock's start must suit it.
        Assert.Equal(expected ?? $"{WidthSetting.AcceleratedBits}", $"{WidthSetting.AcceleratedBits}");
        Assert.True(WidthSetting.AcceleratedBits / 8 <= AlignedBlock.Alignment);
    }

    [Fact]
    public void Process_gives_the_same_results_twice_and_leaves_them_to_who_asked()
    {
        DenseResults results = DenseResults.Compute();
        DenseResults again = DenseResults.Compute();
        Numbers.AssertSameBits(results.Values, again.Values, "results");
        Numbers.AssertSameBits(results.SumsOverLanes, again.SumsOverLanes, "sums over lanes");

        if (Environment.GetEnvironmentVariable(WidthSetting.ResultsVariable) is { } path)
        {
            results.Write(path);
        }
    }
}
