namespace Nnfs.Training;

/// <summary>The ranges that whole-number options must lie in; the check returns the value that it has passed.</summary>
internal static class OptionRange
{
    /// <summary>At least <paramref name="least"/>.</summary>
    public static int AtLeast(int value, int least, string name) => value >= least
        ? value
        : throw new ArgumentOutOfRangeException(name, value, $"{name} must be at least {least}, but is {value}.");
}
