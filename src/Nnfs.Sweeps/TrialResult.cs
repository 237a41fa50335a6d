using Nnfs.Sweeps.Parameters;

namespace Nnfs.Sweeps;

/// <summary>A trial and what came of it.</summary>
public sealed class TrialResult
{
    private readonly IReadOnlyList<Parameter> _space;
    private readonly string[] _values;

    internal TrialResult(int number, int seed, IReadOnlyList<Parameter> space, string[] values)
    {
        _space = space;
        _values = values;
        Number = number;
        Seed = seed;
    }

    /// <summary>The number of the trial, from 0.</summary>
    public int Number { get; }

    /// <summary>What it drew from.</summary>
    public int Seed { get; }

    /// <summary>The names of the parameters and the trial's values as text, in the order of <see cref="Objective.Space"/>.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Values =>
        [.. _space.Zip(_values, static (parameter, value) => new KeyValuePair<string, string>(parameter.Name, value))];

    /// <summary>How it ended.</summary>
    public TrialStatus Status { get; internal init; }

    /// <summary>What it achieved, step by step: one step, or several in successive halving. None where it failed or was stopped in the first.</summary>
    public IReadOnlyList<TrialStep> Steps { get; internal init; } = [];

    /// <summary>The figure after the last step that ended; nothing where none did.</summary>
    public double? Figure => Steps is [.., var last] ? last.Figure : null;

    /// <summary>The epochs that the figure is of.</summary>
    public int Epochs => Steps is [.., var last] ? last.Epochs : 0;

    /// <summary>The time that its steps took.</summary>
    public TimeSpan Duration => new(Steps.Sum(static step => step.Duration.Ticks));

    /// <summary>Why it failed, in a sentence; nothing where it did not.</summary>
    public string? Reason { get; internal init; }

    /// <summary>The exception that it failed by, with its stack, where there was one.</summary>
    public string? Details { get; internal init; }

    /// <summary>
    /// The checkpoint after its last step, which <c>LoadCheckpoint</c> makes a network of; nothing where the sweep has no <see cref="SweepOptions.Folder"/>, or
    /// the objective did not train with <see cref="Trial.Options"/>. A silo that does not share the folder keeps it on its own machine.
    /// </summary>
    public string? Checkpoint { get; internal init; }

    /// <summary>The value of a parameter.</summary>
    /// <typeparam name="T">Its type.</typeparam>
    /// <param name="parameter">The parameter, which must be in <see cref="Objective.Space"/>.</param>
    /// <exception cref="ArgumentException">The parameter is not in the space of the objective.</exception>
    public T Get<T>(Parameter<T> parameter)
    {
        ArgumentNullException.ThrowIfNull(parameter);

        return parameter.Parse(_values[ParameterSpace.Find(_space.Select(static other => other.Name), parameter)]);
    }
}
