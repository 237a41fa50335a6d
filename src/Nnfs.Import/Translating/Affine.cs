namespace Nnfs.Import.Translating;

/// <summary>Constants for each value of a sample, in the order of the layer: y = scale · x + shift.</summary>
/// <param name="Scale">What each value is multiplied by.</param>
/// <param name="Shift">What is added to it.</param>
internal sealed record Affine(double[] Scale, double[] Shift)
{
    /// <summary>Whether nothing is added.</summary>
    public bool IsScaleOnly => Array.TrueForAll(Shift, static value => value == 0);

    /// <summary>What one and then the other do.</summary>
    public static Affine Then(Affine? first, Affine second) => first is null
        ? second
        : new([.. first.Scale.Zip(second.Scale, static (x, y) => x * y)], [.. second.Shift.Select((shift, i) => (second.Scale[i] * first.Shift[i]) + shift)]);

    /// <summary>The constants of each column, where all rows of so many values have the same; otherwise null.</summary>
    public Affine? OfColumns(int columns)
    {
        for (int i = columns; i < Scale.Length; i++)
        {
            if (Scale[i] != Scale[i - columns] || Shift[i] != Shift[i - columns])
            {
                return null;
            }
        }

        return new(Scale[..columns], Shift[..columns]);
    }
}
