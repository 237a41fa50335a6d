using System.ComponentModel;

namespace Nnfs.Kernels;

/// <summary>How a recurrent layer goes through the steps of its sequences.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct RecurrentSteps
{
    /// <summary>Describes a way through the steps.</summary>
    /// <param name="count">The number of steps.</param>
    /// <param name="returnsSequences">Whether the state after each step is an output, rather than that after the last.</param>
    /// <param name="isReversed">Whether it begins with the last step.</param>
    /// <param name="isBidirectional">Whether the outputs of another way lie beside each of its own: first those of the steps in order.</param>
    /// <param name="truncateAfter">After how many steps each no gradient goes back any further; 0 where it goes all the way.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no step, or <paramref name="truncateAfter"/> is negative.</exception>
    public RecurrentSteps(int count, bool returnsSequences = false, bool isReversed = false, bool isBidirectional = false, int truncateAfter = 0)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(truncateAfter);
        Count = count;
        ReturnsSequences = returnsSequences;
        IsReversed = isReversed;
        IsBidirectional = isBidirectional;
        TruncateAfter = truncateAfter;
    }

    /// <summary>The number of steps.</summary>
    public int Count { get; }

    /// <summary>Whether the state after each step is an output, rather than that after the last.</summary>
    public bool ReturnsSequences { get; }

    /// <summary>Whether it begins with the last step.</summary>
    public bool IsReversed { get; }

    /// <summary>Whether the outputs of another way, in the other direction, lie beside each of its own.</summary>
    public bool IsBidirectional { get; }

    /// <summary>After how many steps each no gradient goes back any further; 0 where it goes all the way.</summary>
    public int TruncateAfter { get; }

    /// <summary>The rows of outputs that a sample has.</summary>
    internal int OutputRows => ReturnsSequences ? Count : 1;

    /// <summary>The step that is taken after so many others.</summary>
    internal int At(int taken) => IsReversed ? Count - 1 - taken : taken;

    /// <summary>Whether no gradient goes from a step back to the one taken before it.</summary>
    /// <param name="taken">How many steps are taken before it.</param>
    internal bool IsCutBefore(int taken) => TruncateAfter > 0 && taken % TruncateAfter == 0;

    /// <summary>The floats of a row of outputs.</summary>
    internal int RowSize(int units) => IsBidirectional ? 2 * units : units;

    /// <summary>Where its own outputs start in a row.</summary>
    internal int RowStart(int units) => IsBidirectional && IsReversed ? units : 0;
}
