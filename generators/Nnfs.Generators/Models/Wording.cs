using System.Globalization;

namespace Nnfs.Generators.Models;

/// <summary>Numbers and quantities as generated code and its comments have them.</summary>
internal static class Wording
{
    /// <summary>A number of things.</summary>
    public static string Count(long count, string unit, string? plural = null) => count == 1 ? $"1 {unit}" : $"{count} {plural ?? unit + "s"}";

    /// <summary>Where something is done, after what is done; nothing where a sample has one position only.</summary>
    /// <param name="positions">The steps or pixels of a sample.</param>
    public static string AtEach(int positions) => positions == 1 ? "" : $" at each of {positions} positions";

    /// <summary>Several things, with a word before the last.</summary>
    public static string List(IEnumerable<string> things)
    {
        string[] all = [.. things];

        return all.Length < 2 ? string.Concat(all) : $"{string.Join(", ", all.Take(all.Length - 1))} and {all[all.Length - 1]}";
    }

    /// <summary>A number as an argument.</summary>
    public static string Number(float number) => Plain(number) + "f";

    /// <summary>A whole number as an argument.</summary>
    public static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);

    /// <summary>A number in prose: <c>1e-5</c>, not <c>1E-05</c>.</summary>
    public static string Plain(float number)
    {
        string text = number.ToString("R", CultureInfo.InvariantCulture);
        int exponent = text.IndexOf('E');

        return exponent < 0 ? text : $"{text.Substring(0, exponent)}e{int.Parse(text.Substring(exponent + 1), CultureInfo.InvariantCulture)}";
    }
}
