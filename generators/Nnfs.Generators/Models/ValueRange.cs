using System.Globalization;

namespace Nnfs.Generators.Models;

/// <summary>Where the values that a layer gives lie, whatever it reads.</summary>
/// <param name="Low">What they cannot be less than.</param>
/// <param name="High">What they cannot be more than.</param>
internal readonly record struct ValueRange(float Low, float High)
{
    /// <summary>Any number.</summary>
    public static readonly ValueRange Any = new(float.NegativeInfinity, float.PositiveInfinity);

    /// <summary>The range in a sentence.</summary>
    public override string ToString() => float.IsInfinity(High) ? $"at least {Number(Low)}" : $"from {Number(Low)} to {Number(High)}";

    private static string Number(float number) => number.ToString("G2", CultureInfo.InvariantCulture);
}
