using System.Globalization;

namespace Nnfs.Benchmarks;

/// <summary>How numbers are printed.</summary>
internal static class Text
{
    /// <summary>A time in the unit that suits it, three digits.</summary>
    public static string Duration(double seconds) => seconds switch
    {
        < 1e-6 => Digits(seconds * 1e9) + " ns",
        < 1e-3 => Digits(seconds * 1e6) + " µs",
        < 1.0 => Digits(seconds * 1e3) + " ms",
        _ => Digits(seconds) + " s",
    };

    /// <summary>Floating-point operations in a second.</summary>
    public static string FlopRate(double flops) => Digits(flops / 1e9) + " G/s";

    public static string Ratio(double ratio) => Digits(ratio) + "×";

    public static string Percent(double share) => Digits(share * 100.0) + " %";

    /// <summary>About three significant digits, never in exponents.</summary>
    public static string Digits(double value) => value.ToString(Math.Abs(value) switch
    {
        < 9.995 => "0.00",
        < 99.95 => "0.0",
        _ => "0",
    }, CultureInfo.InvariantCulture);
}
