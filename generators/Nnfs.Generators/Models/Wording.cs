using System.Globalization;

namespace Nnfs.Generators.Models;

/// <summary>Numbers and quantities as generated code and its comments have them.</summary>
internal static class Wording
{
    /// <summary>A number of things.</summary>
    public static string Count(long count, string unit, string? plural = null) => count == 1 ? $"1 {unit}" : $"{count} {plural ?? unit + "s"}";

    /// <summary>A number as an argument.</summary>
    public static string Number(float number) => number.ToString("R", CultureInfo.InvariantCulture) + "f";

    /// <summary>A whole number as an argument.</summary>
    public static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);

    /// <summary>A number in prose.</summary>
    public static string Plain(float number) => number.ToString("R", CultureInfo.InvariantCulture);
}
