using Nnfs.Sweeps.Searches;

namespace Nnfs.Sweeps;

/// <summary>Which trials a sweep makes: a <see cref="RandomSearch"/>, a <see cref="GridSearch"/> or <see cref="SuccessiveHalving"/>.</summary>
public abstract record Search
{
    private protected Search()
    {
    }

    /// <summary>How values are drawn, for the header of a file: searches that say the same give the same trials, as far as both go.</summary>
    internal abstract string Drawing { get; }

    /// <summary>The values of each trial, as text.</summary>
    internal abstract IReadOnlyList<string[]> Draw(IReadOnlyList<Parameter> space, int seed);

    /// <summary>How far how many trials go.</summary>
    /// <param name="trials">The number of trials.</param>
    /// <param name="epochs">The epochs of a trial that goes on to the end.</param>
    internal virtual IReadOnlyList<Rung> Rungs(int trials, int epochs) => [new(trials, epochs)];
}
