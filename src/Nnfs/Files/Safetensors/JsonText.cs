using System.Text;
using System.Text.Json;

namespace Nnfs.Files.Safetensors;

/// <summary>Strings in a JSON text.</summary>
internal static class JsonText
{
    private const int LongestInMessages = 100;

    /// <summary>The string or name that starts at a place.</summary>
    public static string At(ReadOnlySpan<byte> json, int position)
    {
        Utf8JsonReader reader = new(json[position..]);
        reader.Read();

        return reader.GetString()!;
    }

    /// <summary>The string or name that starts at a place, for a message: as it is written there, escapes and all, and cut short if it is long.</summary>
    public static string Quote(ReadOnlySpan<byte> json, int position)
    {
        Utf8JsonReader reader = new(json[position..]);
        reader.Read();
        ReadOnlySpan<byte> text = reader.ValueSpan;

        return text.Length <= LongestInMessages ? $"'{Encoding.UTF8.GetString(text)}'" : $"'{Encoding.UTF8.GetString(text[..LongestInMessages])}…'";
    }
}
