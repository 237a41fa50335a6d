namespace Nnfs.Files.Safetensors;

/// <summary>
/// Finds names of a JSON object that appear twice, in 8 bytes a name. Names are compared as they are meant, not as they are escaped.
/// </summary>
internal readonly struct DistinctNames
{
    private readonly ulong[] _keys;

    /// <param name="count">The number of names.</param>
    public DistinctNames(int count)
    {
        _keys = new ulong[count];
    }

    /// <summary>Takes note of a name.</summary>
    /// <param name="index">The number of names before it.</param>
    /// <param name="position">Where it starts in the text.</param>
    /// <param name="name">The name without escapes.</param>
    public void Set(int index, int position, ReadOnlySpan<byte> name)
    {
        HashCode hash = default;
        hash.AddBytes(name);
        _keys[index] = ((ulong)(uint)hash.ToHashCode() << 32) | (uint)position;
    }

    /// <summary>Where a name is that appears elsewhere, too; <see langword="null"/> if each appears once.</summary>
    public int? FindDuplicate(ReadOnlySpan<byte> json)
    {
        _keys.AsSpan().Sort();

        for (int start = 0; start < _keys.Length;)
        {
            int end = start + 1;

            while (end < _keys.Length && _keys[end] >> 32 == _keys[start] >> 32)
            {
                end++;
            }

            if (end - start > 1 && FindDuplicate(json, _keys.AsSpan(start, end - start)) is { } duplicate)
            {
                return duplicate;
            }

            start = end;
        }

        return null;
    }

    /// <summary>Compares names of one hash, which are nearly always equal names.</summary>
    private static int? FindDuplicate(ReadOnlySpan<byte> json, ReadOnlySpan<ulong> keys)
    {
        HashSet<string> names = new(StringComparer.Ordinal);

        foreach (ulong key in keys)
        {
            int position = (int)(uint)key;

            if (!names.Add(JsonText.At(json, position)))
            {
                return position;
            }
        }

        return null;
    }
}
