using Nnfs.Sweeps.Searches;

namespace Nnfs.Sweeps;

/// <summary>Trials with values that are drawn at random. More trials leave the first ones as they are.</summary>
public sealed record RandomSearch : Search
{
    /// <summary>A random search.</summary>
    /// <param name="trials">The number of trials, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number is less than 1.</exception>
    public RandomSearch(int trials)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(trials, 1);
        Trials = trials;
    }

    /// <summary>The number of trials.</summary>
    public int Trials { get; }

    /// <inheritdoc/>
    internal override string Drawing => RandomDrawing.Name;

    /// <inheritdoc/>
    internal override IReadOnlyList<string[]> Draw(IReadOnlyList<Parameter> space, int seed) => RandomDrawing.Draw(space, seed, Trials);
}
