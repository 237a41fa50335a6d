namespace Nnfs.Tests.Widths;

/// <summary>
/// What a child process that is started for a vector width checks of itself and leaves for its parent. These tests are explicit: they run
/// only where <see cref="VectorWidthTests"/> asks for them.
/// </summary>
public class WidthProbe
{
    [Fact(Explicit = true)]
    public void Process_started_for_a_vector_width_has_it() =>
        Assert.Equal(Environment.GetEnvironmentVariable(WidthSetting.ExpectedBitsVariable), $"{WidthSetting.AcceleratedBits}");

    [Fact(Explicit = true)]
    public void Process_started_for_a_vector_width_leaves_its_results()
    {
        string? path = Environment.GetEnvironmentVariable(WidthSetting.ResultsVariable);
        Assert.NotNull(path);

        DenseResults.Compute().Write(path);
    }
}
