namespace Nnfs.Samples;

/// <summary>Compares names as people write them: <c>SepalLength</c>, <c>sepal_length</c> and <c>Sepal length</c> are the same.</summary>
internal static class LooseNames
{
    /// <summary>Whether two names have the same letters and digits, apart from case.</summary>
    public static bool Equal(ReadOnlySpan<char> one, ReadOnlySpan<char> other)
    {
        int i = 0;
        int j = 0;
        bool isAny = false;

        while (true)
        {
            while (i < one.Length && !char.IsLetterOrDigit(one[i]))
            {
                i++;
            }

            while (j < other.Length && !char.IsLetterOrDigit(other[j]))
            {
                j++;
            }

            if (i == one.Length || j == other.Length)
            {
                return isAny && i == one.Length && j == other.Length;
            }

            if (char.ToUpperInvariant(one[i++]) != char.ToUpperInvariant(other[j++]))
            {
                return false;
            }

            isAny = true;
        }
    }
}
