namespace Nnfs.Benchmarks;

/// <summary>What a figure is to reach.</summary>
/// <param name="Limit">The bound.</param>
/// <param name="IsUpperBound">Whether the figure is to stay below the limit rather than above it.</param>
internal sealed record Aim(double Limit, bool IsUpperBound)
{
    public static Aim AtLeast(double limit) => new(limit, IsUpperBound: false);

    public static Aim AtMost(double limit) => new(limit, IsUpperBound: true);

    public bool IsReachedBy(double value) => IsUpperBound ? value <= Limit : value >= Limit;
}
