using System.Globalization;

namespace Nnfs.Sweeps.Parameters;

/// <summary>One of some values.</summary>
/// <typeparam name="T">Their type.</typeparam>
internal sealed class Choice<T> : Parameter<T>
{
    private readonly string[] _labels;
    private readonly T[] _values;

    /// <summary>Values whose texts are their names.</summary>
    public Choice(string name, T[] values)
        : this(name, [.. values.Select(static value => (Convert.ToString(value, CultureInfo.InvariantCulture) ?? "", value))])
    {
    }

    /// <summary>Values with names.</summary>
    public Choice(string name, (string Name, T Value)[] values)
        : base(name)
    {
        _labels = [.. values.Select(static value => value.Name)];
        _values = [.. values.Select(static value => value.Value)];

        if (values.Length == 0)
        {
            throw new ArgumentException($"'{name}' needs a value to choose, but there is none.", nameof(values));
        }

        if (_labels.Any(string.IsNullOrWhiteSpace))
        {
            int place = Array.FindIndex(_labels, string.IsNullOrWhiteSpace);

            throw new ArgumentException($"Each value of '{name}' needs a name, but that at {place} has none.", nameof(values));
        }

        if (_labels.GroupBy(static label => label).FirstOrDefault(static group => group.Count() > 1) is { } twice)
        {
            throw new ArgumentException($"The values of '{name}' need different names, but '{twice.Key}' is there {twice.Count()} times.", nameof(values));
        }
    }

    /// <inheritdoc/>
    internal override string Values => $"one of {string.Join(", ", _labels)}";

    /// <inheritdoc/>
    internal override IParameterAxis Axis => new ChoiceAxis(_labels);

    /// <inheritdoc/>
    internal override string Draw(ref TrialRandom random) => _labels[(int)(random.NextDouble() * _labels.Length)];

    /// <inheritdoc/>
    internal override IReadOnlyList<string> Grid(int steps) => _labels;

    /// <inheritdoc/>
    internal override T Parse(string text) => Array.IndexOf(_labels, text) is >= 0 and int place
        ? _values[place]
        : throw new FormatException($"'{Name}' is {Values}, but the text is '{text}'.");
}
