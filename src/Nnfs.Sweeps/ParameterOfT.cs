namespace Nnfs.Sweeps;

/// <summary>A parameter with values of a type.</summary>
/// <typeparam name="T">The type.</typeparam>
public abstract class Parameter<T> : Parameter
{
    private protected Parameter(string name)
        : base(name)
    {
    }

    /// <summary>The value of a text that <see cref="Parameter.Draw"/> or <see cref="Parameter.Grid"/> gave.</summary>
    /// <exception cref="FormatException">The text is that of no value.</exception>
    internal abstract T Parse(string text);
}
