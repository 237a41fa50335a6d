using Nnfs.Sweeps.Parameters;

namespace Nnfs.Sweeps.Searches;

/// <summary>Trials with values that are drawn, each from random numbers of its own.</summary>
internal static class RandomDrawing
{
    /// <summary>What a search that draws so calls it.</summary>
    public const string Name = "random";

    /// <summary>The values of trials, as text.</summary>
    public static IReadOnlyList<string[]> Draw(IReadOnlyList<Parameter> space, int seed, int trials)
    {
        string[][] values = new string[trials][];

        for (int trial = 0; trial < trials; trial++)
        {
            TrialRandom random = new(seed, trial);
            values[trial] = new string[space.Count];

            for (int i = 0; i < space.Count; i++)
            {
                values[trial][i] = space[i].Draw(ref random);
            }
        }

        return values;
    }
}
