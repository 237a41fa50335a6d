using System.Globalization;

namespace Nnfs.Sweeps;

/// <summary>A trial for each combination of values: all of a choice, and some of a range, its ends among them, evenly or as even factors.</summary>
public sealed record GridSearch : Search
{
    /// <summary>The most trials; a grid grows fast.</summary>
    private const int MostTrials = 10_000;

    /// <summary>A grid.</summary>
    /// <param name="steps">How many values of each range, at least 1; whole numbers may have fewer.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number is less than 1.</exception>
    public GridSearch(int steps)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(steps, 1);
        Steps = steps;
    }

    /// <summary>The number of values of each range.</summary>
    public int Steps { get; }

    /// <inheritdoc/>
    internal override string Drawing => string.Create(CultureInfo.InvariantCulture, $"grid of {Steps} steps");

    /// <inheritdoc/>
    internal override IReadOnlyList<string[]> Draw(IReadOnlyList<Parameter> space, int seed)
    {
        IReadOnlyList<string>[] values = [.. space.Select(parameter => parameter.Grid(Steps))];
        double count = values.Aggregate(1.0, static (product, ofParameter) => product * ofParameter.Count);

        if (count > MostTrials)
        {
            throw new ArgumentException(string.Create(
                CultureInfo.InvariantCulture,
                $"The grid has {count:N0} trials ({string.Join(" × ", values.Select(static of => of.Count))}), but at most {MostTrials:N0} are possible. " +
                $"Take fewer steps than {Steps}, or a RandomSearch."));
        }

        // The last parameter changes from trial to trial.
        IEnumerable<string[]> trials = [[]];

        foreach (IReadOnlyList<string> ofParameter in values)
        {
            trials = trials.SelectMany(trial => ofParameter.Select(value => (string[])[.. trial, value]));
        }

        return [.. trials];
    }
}
