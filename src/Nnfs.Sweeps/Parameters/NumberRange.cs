using System.Globalization;

namespace Nnfs.Sweeps.Parameters;

/// <summary>Numbers of a range.</summary>
internal sealed class NumberRange : Parameter<float>
{
    private readonly float _least, _most;
    private readonly bool _isLogarithmic;

    /// <summary>Numbers of a range.</summary>
    public NumberRange(string name, float least, float most, bool isLogarithmic)
        : base(name)
    {
        if (!(float.IsFinite(least) && float.IsFinite(most) && least < most))
        {
            throw new ArgumentException(
                string.Create(CultureInfo.InvariantCulture, $"'{name}' must be from a finite number to a greater one, but is from {least} to {most}."),
                nameof(most));
        }

        if (isLogarithmic && least <= 0)
        {
            throw new ArgumentException(
                string.Create(CultureInfo.InvariantCulture, $"'{name}' has logarithms only from a number greater than 0 on, but is from {least} to {most}."),
                nameof(least));
        }

        (_least, _most, _isLogarithmic) = (least, most, isLogarithmic);
    }

    /// <inheritdoc/>
    internal override string Values =>
        string.Create(CultureInfo.InvariantCulture, $"{(_isLogarithmic ? "log-uniform" : "uniform")} from {_least} to {_most}");

    /// <inheritdoc/>
    internal override IParameterAxis Axis => new NumberAxis(_least, _most, _isLogarithmic);

    /// <inheritdoc/>
    internal override string Draw(ref TrialRandom random) => At(random.NextDouble());

    /// <inheritdoc/>
    internal override IReadOnlyList<string> Grid(int steps) =>
        steps == 1 ? [At(0.5)] : [.. Enumerable.Range(0, steps).Select(step => At((double)step / (steps - 1))).Distinct()];

    /// <inheritdoc/>
    internal override float Parse(string text) => float.Parse(text, CultureInfo.InvariantCulture);

    /// <summary>The number at a share of the way from the least to the greatest, with six digits, so that it can be read.</summary>
    private string At(double share)
    {
        double number = _isLogarithmic
            ? _least * Math.Pow((double)_most / _least, share)
            : _least + (share * ((double)_most - _least));

        float rounded = float.Parse(number.ToString("G6", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);

        return Math.Clamp(rounded, _least, _most).ToString(CultureInfo.InvariantCulture);
    }
}
