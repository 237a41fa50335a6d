namespace Nnfs.Sweeps.Parameters;

/// <summary>Where the values of a parameter lie on an axis from 0 to 1.</summary>
internal interface IParameterAxis
{
    /// <summary>The labels of the axis with their places.</summary>
    IReadOnlyList<(double Place, string Label)> Ticks { get; }

    /// <summary>The place of a value.</summary>
    double PlaceOf(string text);
}
