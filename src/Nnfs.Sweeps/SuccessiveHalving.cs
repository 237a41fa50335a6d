using System.Globalization;
using Nnfs.Sweeps.Searches;

namespace Nnfs.Sweeps;

/// <summary>
/// Trains many trials a little, goes on with the best of them, and so on (Jamieson and Talwalkar 2016): with 27 trials, 3 epochs and a factor of 3, the best 9
/// go on to 9 epochs, the best 3 of these to 27, and the best one to <see cref="SweepOptions.Epochs"/>. Nothing is trained twice: each goes on from its
/// checkpoint. A step begins when the one before is complete, so that the same trials go on however many cores there are.
/// </summary>
public sealed record SuccessiveHalving : Search
{
    /// <summary>A search by halving. Values are drawn as in a <see cref="RandomSearch"/>.</summary>
    /// <param name="trials">The number of trials at first, at least 2.</param>
    /// <param name="firstEpochs">The epochs that each has in the first step, at least 1.</param>
    /// <param name="factor">From step to step there are so many times fewer trials and more epochs; at least 2.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is too small.</exception>
    public SuccessiveHalving(int trials, int firstEpochs, int factor = 3)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(trials, 2);
        ArgumentOutOfRangeException.ThrowIfLessThan(firstEpochs, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(factor, 2);
        (Trials, FirstEpochs, Factor) = (trials, firstEpochs, factor);
    }

    /// <summary>The number of trials at first.</summary>
    public int Trials { get; }

    /// <summary>The epochs of the first step.</summary>
    public int FirstEpochs { get; }

    /// <summary>How many times fewer trials and more epochs each step has.</summary>
    public int Factor { get; }

    /// <inheritdoc/>
    internal override string Drawing => RandomDrawing.Name;

    /// <inheritdoc/>
    internal override IReadOnlyList<string[]> Draw(IReadOnlyList<Parameter> space, int seed) => RandomDrawing.Draw(space, seed, Trials);

    /// <inheritdoc/>
    internal override IReadOnlyList<Rung> Rungs(int trials, int epochs)
    {
        if (FirstEpochs >= epochs)
        {
            throw new ArgumentException(string.Create(
                CultureInfo.InvariantCulture,
                $"SuccessiveHalving must begin with fewer epochs than SweepOptions.Epochs, which is {epochs}, but begins with {FirstEpochs}."));
        }

        List<Rung> rungs = [];

        for (long ofRung = FirstEpochs; ofRung < epochs; ofRung *= Factor)
        {
            rungs.Add(new Rung(trials, (int)ofRung));
            trials = Math.Max(1, trials / Factor);
        }

        return [.. rungs, new Rung(trials, epochs)];
    }
}
