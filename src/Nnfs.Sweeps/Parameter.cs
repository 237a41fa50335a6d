using Nnfs.Sweeps.Parameters;

namespace Nnfs.Sweeps;

/// <summary>
/// Something that a sweep tries values of, such as a learning rate. An objective keeps its parameters in static fields, lists them in
/// <see cref="Objective.Space"/>, and asks a trial for their values: <c>trial.Get(LearningRate)</c>.
/// </summary>
public abstract class Parameter
{
    private protected Parameter(string name)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        Name = name;
    }

    /// <summary>The name, which heads its column in tables and files.</summary>
    public string Name { get; }

    /// <summary>What values it has, as a part of a sentence; two parameters that draw alike say the same.</summary>
    internal abstract string Values { get; }

    /// <summary>Where its values lie on an axis.</summary>
    internal abstract IParameterAxis Axis { get; }

    /// <summary>
    /// Numbers of six digits from one to another, each as likely. For what differs by factors, such as a learning rate, take <see cref="LogUniform"/>.
    /// </summary>
    /// <param name="name">The name.</param>
    /// <param name="least">The least number.</param>
    /// <param name="most">The greatest number.</param>
    /// <exception cref="ArgumentException">The name is empty, or the numbers are not finite or not in this order.</exception>
    public static Parameter<float> Uniform(string name, float least, float most) => new NumberRange(name, least, most, isLogarithmic: false);

    /// <summary>Numbers of six digits whose logarithms are each as likely: as many from 0.001 to 0.01 as from 0.01 to 0.1.</summary>
    /// <param name="name">The name.</param>
    /// <param name="least">The least number, greater than 0.</param>
    /// <param name="most">The greatest number.</param>
    /// <exception cref="ArgumentException">The name is empty, or the numbers are not finite, not positive or not in this order.</exception>
    public static Parameter<float> LogUniform(string name, float least, float most) => new NumberRange(name, least, most, isLogarithmic: true);

    /// <summary>Whole numbers from one to another, each as likely.</summary>
    /// <param name="name">The name.</param>
    /// <param name="least">The least number.</param>
    /// <param name="most">The greatest number.</param>
    /// <exception cref="ArgumentException">The name is empty, or the numbers are not in this order.</exception>
    public static Parameter<int> WholeNumber(string name, int least, int most) => new IntegerRange(name, least, most, isLogarithmic: false);

    /// <summary>Whole numbers, as likely as their logarithms: as many from 1 to 9 as from 10 to 99.</summary>
    /// <param name="name">The name.</param>
    /// <param name="least">The least number, at least 1.</param>
    /// <param name="most">The greatest number.</param>
    /// <exception cref="ArgumentException">The name is empty, or the numbers are less than 1 or not in this order.</exception>
    public static Parameter<int> LogWholeNumber(string name, int least, int most) => new IntegerRange(name, least, most, isLogarithmic: true);

    /// <summary>One of some values, each as likely; in tables and files it is what its <c>ToString</c> gives.</summary>
    /// <typeparam name="T">The type of the values.</typeparam>
    /// <param name="name">The name.</param>
    /// <param name="values">The values.</param>
    /// <exception cref="ArgumentException">The name is empty, there is no value, or two values have the same text.</exception>
    public static Parameter<T> Choice<T>(string name, params ReadOnlySpan<T> values) => new Choice<T>(name, values.ToArray());

    /// <summary>One of some values with names, each as likely: for functions and other values without a text of their own.</summary>
    /// <typeparam name="T">The type of the values.</typeparam>
    /// <param name="name">The name.</param>
    /// <param name="values">The values with their names.</param>
    /// <exception cref="ArgumentException">A name is empty, there is no value, or two values have the same name.</exception>
    public static Parameter<T> NamedChoice<T>(string name, params ReadOnlySpan<(string Name, T Value)> values) => new Choice<T>(name, values.ToArray());

    /// <summary>Draws a value, as text.</summary>
    internal abstract string Draw(ref TrialRandom random);

    /// <summary>The values of a grid, as text.</summary>
    /// <param name="steps">How many of a range; of a choice it is all.</param>
    internal abstract IReadOnlyList<string> Grid(int steps);
}
