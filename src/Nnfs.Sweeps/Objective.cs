namespace Nnfs.Sweeps;

/// <summary>
/// What a sweep is about: parameters, and a training with their values that gives a figure. One object serves a whole process, and several trials at once on
/// threads of their own: what they share, such as data, must only be read.
/// </summary>
public abstract class Objective
{
    /// <summary>The parameters, in the order of the columns of tables.</summary>
    public abstract IReadOnlyList<Parameter> Space { get; }

    /// <summary>Which figures are better: lower ones, unless this says otherwise.</summary>
    public virtual Goal Goal => Goal.Minimize;

    /// <summary>What the figure is, for tables and pictures.</summary>
    public virtual string FigureName => "figure";

    /// <summary>The name by which a silo knows it: that of its class.</summary>
    internal string Name => GetType().FullName!;

    /// <summary>
    /// Trains a network with the values of a trial, up to <see cref="Trial.Epochs"/>, and returns the figure then. The same trial must always give the same
    /// figure: whatever is drawn is drawn from <see cref="Trial.Seed"/>.
    /// </summary>
    /// <param name="trial">The trial.</param>
    /// <returns>The figure. One that is infinite or not a number is a failure.</returns>
    /// <exception cref="Exception">The trial fails; the sweep goes on, and the message is the reason in its row.</exception>
    public abstract double Train(Trial trial);
}
