using System.Globalization;

namespace Nnfs.Sweeps.Parameters;

/// <summary>Whole numbers of a range.</summary>
internal sealed class IntegerRange : Parameter<int>
{
    private readonly int _least, _most;
    private readonly bool _isLogarithmic;

    /// <summary>Whole numbers of a range.</summary>
    public IntegerRange(string name, int least, int most, bool isLogarithmic)
        : base(name)
    {
        if (least >= most)
        {
            throw new ArgumentException(
                string.Create(CultureInfo.InvariantCulture, $"'{name}' must be from a number to a greater one, but is from {least} to {most}."),
                nameof(most));
        }

        if (isLogarithmic && least < 1)
        {
            throw new ArgumentException(
                string.Create(CultureInfo.InvariantCulture, $"'{name}' has logarithms only from 1 on, but is from {least} to {most}."),
                nameof(least));
        }

        (_least, _most, _isLogarithmic) = (least, most, isLogarithmic);
    }

    /// <inheritdoc/>
    internal override string Values =>
        string.Create(CultureInfo.InvariantCulture, $"whole numbers{(_isLogarithmic ? ", log-uniform" : "")} from {_least} to {_most}");

    /// <inheritdoc/>
    internal override IParameterAxis Axis => new NumberAxis(_least, _most, _isLogarithmic);

    /// <inheritdoc/>
    internal override string Draw(ref TrialRandom random)
    {
        // Each number has the room from itself to the next: of lengths, or of logarithms.
        double share = random.NextDouble();
        double number = _isLogarithmic
            ? _least * Math.Pow((_most + 1.0) / _least, share)
            : _least + (share * (_most + 1.0 - _least));

        return Text(Math.Floor(number));
    }

    /// <inheritdoc/>
    internal override IReadOnlyList<string> Grid(int steps) =>
        steps == 1 ? [At(0.5)] : [.. Enumerable.Range(0, steps).Select(step => At((double)step / (steps - 1))).Distinct()];

    /// <inheritdoc/>
    internal override int Parse(string text) => int.Parse(text, CultureInfo.InvariantCulture);

    private string At(double share) => Text(Math.Round(_isLogarithmic
        ? _least * Math.Pow((double)_most / _least, share)
        : _least + (share * ((double)_most - _least))));

    private string Text(double number) => ((int)Math.Clamp(number, _least, _most)).ToString(CultureInfo.InvariantCulture);
}
