using System.Globalization;

namespace Nnfs.Catalogue.Drawing;

/// <summary>
/// The seed that all cases of a run are drawn from. It is the same in every run, so that a run is green or red by what the code does; the variable
/// <see cref="Variable"/> sets another, or <c>random</c> to look where nobody has looked.
/// </summary>
internal static class RunSeed
{
    private const string Variable = "NNFS_TESTS_SEED";

    /// <summary>A number that is not negative.</summary>
    public static int Value { get; } = Environment.GetEnvironmentVariable(Variable) switch
    {
        null or "" => 1,
        "random" => Random.Shared.Next(),
        { } number => int.Parse(number, NumberStyles.None, CultureInfo.InvariantCulture),
    };

    /// <summary>What draws the same cases again: it belongs in the message of every drawn case that fails.</summary>
    public static string Reproduce { get; } = string.Create(CultureInfo.InvariantCulture, $"drawn with {Variable}={Value}");
}
