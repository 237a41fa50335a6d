namespace Nnfs.Catalogue;

/// <summary>
/// How the reference rounds: not at all, or every number at random by as much as float32 may, a part of 2⁻²⁴ of the magnitude of the terms that it is
/// the sum of. What comes out in the latter way shows how well float32 can do at all.
/// </summary>
/// <param name="random">Where roundings come from; <see langword="null"/> for none.</param>
internal sealed class Rounding(Random? random)
{
    public static readonly Rounding None = new(null);

    /// <summary>Half the distance from 1 to the next float32.</summary>
    private const double OfSingle = 1.0 / (1 << 24);

    /// <summary>The unit in the last place of the float nearest to a number: the distance to the next one away from zero.</summary>
    public static double Ulp(double exact)
    {
        float nearest = (float)Math.Abs(exact);

        return (double)MathF.BitIncrement(nearest) - nearest;
    }

    /// <summary>Rounds values that were computed in one step each.</summary>
    public double[] Of(double[] values) => Of(values, () => values);

    /// <summary>Rounds sums.</summary>
    /// <param name="values">The sums.</param>
    /// <param name="magnitudes">What the terms of each add up to without their signs.</param>
    public double[] Of(double[] values, Func<double[]> magnitudes) => random is null
        ? values
        : [.. values.Zip(magnitudes(), (value, magnitude) => value + (((2 * random.NextDouble()) - 1) * OfSingle * Math.Abs(magnitude)))];
}
