namespace Names;

/// <summary>Letters as indices: 0 is the start of a name and its end, 1 to 26 are a to z.</summary>
internal static class Alphabet
{
    /// <summary>The indices.</summary>
    public const int Size = 27;

    /// <summary>The letters of a name, and its end.</summary>
    public const int Steps = 12;

    /// <summary>What stands before a name and after it.</summary>
    public const int Edge = 0;

    /// <summary>The label where a name has ended: nothing is asked there.</summary>
    private const int Nothing = -1;

    /// <summary>Whether a name is of small letters that fit.</summary>
    public static bool Takes(string name) => name.Length is > 1 and < Steps && name.All(static letter => letter is >= 'a' and <= 'z');

    /// <summary>What a network reads of names: the start, and then each letter; what comes after the last counts for nothing.</summary>
    public static int[] Letters(IReadOnlyList<string> names) =>
        [.. names.SelectMany(static name => Enumerable.Range(0, Steps).Select(i => i > 0 && i <= name.Length ? IndexOf(name[i - 1]) : Edge))];

    /// <summary>What it should answer: each letter, the end, and then nothing.</summary>
    public static int[] Labels(IReadOnlyList<string> names) =>
        [.. names.SelectMany(static name => Enumerable.Range(0, Steps).Select(i => i < name.Length ? IndexOf(name[i]) : i == name.Length ? Edge : Nothing))];

    /// <summary>The letter of an index.</summary>
    public static char LetterOf(int index) => (char)('a' + index - 1);

    private static int IndexOf(char letter) => letter - 'a' + 1;
}
