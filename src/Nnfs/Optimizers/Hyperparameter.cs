namespace Nnfs.Optimizers;

/// <summary>The ranges that hyperparameters must lie in, where a check returns the value that it has passed, and what they mean in float64.</summary>
internal static class Hyperparameter
{
    /// <summary>Finite and at least 0.</summary>
    public static float NotNegative(float value, string name)
    {
        return value >= 0f && float.IsFinite(value) ? value : throw OutOfRange(value, name, "finite and at least 0");
    }

    /// <summary>Finite and greater than 0.</summary>
    public static float Positive(float value, string name)
    {
        return value > 0f && float.IsFinite(value) ? value : throw OutOfRange(value, name, "finite and greater than 0");
    }

    /// <summary>At least 0 and less than 1: the share of an average that is kept at each step.</summary>
    public static float Share(float value, string name)
    {
        return value is >= 0f and < 1f ? value : throw OutOfRange(value, name, "at least 0 and less than 1");
    }

    /// <summary>The nearest float. A number that is too large or too small for one is refused; what is not a number passes, and is refused later.</summary>
    public static float ToSingle(double value, string name)
    {
        float nearest = (float)value;

        return (double.IsFinite(value) && !float.IsFinite(nearest)) || (value != 0 && nearest == 0f)
            ? throw new ArgumentOutOfRangeException(
                name, value, FormattableString.Invariant($"{name} must be within the range of a float, {float.Epsilon} to {float.MaxValue}, but is {value}."))
            : nearest;
    }

    /// <summary>Whether the square of a gradient is surely a finite float, with what rounding adds.</summary>
    public static bool SquareIsFinite(double gradient) => gradient * gradient < 1e38;

    /// <summary>
    /// The decimal number that a share was written as: 0.999 for <c>0.999f</c>, which is 0.99900001. The difference is nothing to
    /// the share itself but a hundred-thousandth of <c>1 − 0.999</c>.
    /// </summary>
    public static double AsWritten(float share) => (double)(decimal)share;

    private static ArgumentOutOfRangeException OutOfRange(float value, string name, string expected)
    {
        return new ArgumentOutOfRangeException(name, value, FormattableString.Invariant($"{name} must be {expected}, but is {value}."));
    }
}
