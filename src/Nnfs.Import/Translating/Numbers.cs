namespace Nnfs.Import.Translating;

/// <summary>Numbers as they are written in attributes.</summary>
internal static class Numbers
{
    /// <summary>A whole number.</summary>
    public static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);

    /// <summary>A number that the model has as a float of 32 bits: with as many digits as those have.</summary>
    public static string Text(double value)
    {
        string text = ((float)value).ToString("R", CultureInfo.InvariantCulture);
        int exponent = text.IndexOf('E', StringComparison.Ordinal);

        // 1E-05 is written as 1e-5.
        return exponent < 0
            ? text
            : $"{text[..exponent]}e{int.Parse(text[(exponent + 1)..], CultureInfo.InvariantCulture).ToString(CultureInfo.InvariantCulture)}";
    }

    /// <summary>Whether two numbers are one and the same but for the rounding of 32-bit floats.</summary>
    public static bool AreClose(double x, double y) => Math.Abs(x - y) <= 1e-6 * Math.Max(1, Math.Abs(y));
}
