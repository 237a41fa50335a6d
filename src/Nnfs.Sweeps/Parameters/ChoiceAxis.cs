namespace Nnfs.Sweeps.Parameters;

/// <summary>An axis with a place for each of some values.</summary>
/// <param name="labels">The values.</param>
internal sealed class ChoiceAxis(IReadOnlyList<string> labels) : IParameterAxis
{
    /// <inheritdoc/>
    public IReadOnlyList<(double Place, string Label)> Ticks => [.. labels.Select(label => (PlaceOf(label), label))];

    /// <inheritdoc/>
    public double PlaceOf(string text) => (labels.Index().Single(label => label.Item == text).Index + 0.5) / labels.Count;
}
