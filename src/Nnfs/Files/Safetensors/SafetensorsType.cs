using System.Text.Json;

namespace Nnfs.Files.Safetensors;

/// <summary>An element type of the format.</summary>
/// <param name="Name">What files call it.</param>
/// <param name="Bits">The size of an element.</param>
internal sealed record SafetensorsType(string Name, int Bits)
{
    public static readonly SafetensorsType U8 = new("U8", 8);

    public static readonly SafetensorsType U32 = new("U32", 32);

    public static readonly SafetensorsType I64 = new("I64", 64);

    public static readonly SafetensorsType F32 = new("F32", 32);

    public static readonly SafetensorsType F64 = new("F64", 64);

    private static readonly SafetensorsType[] s_known =
    [
        new("F4", 4), new("F6_E2M3", 6), new("F6_E3M2", 6),
        new("BOOL", 8), U8, new("I8", 8), new("F8_E5M2", 8), new("F8_E4M3", 8), new("F8_E8M0", 8),
        new("I16", 16), new("U16", 16), new("F16", 16), new("BF16", 16),
        new("I32", 32), U32, F32,
        I64, new("U64", 64), F64, new("C64", 64),
    ];

    /// <summary>The type that a JSON string names; <see langword="null"/> for one that the format doesn't know.</summary>
    public static SafetensorsType? Find(ref readonly Utf8JsonReader text)
    {
        foreach (SafetensorsType type in s_known)
        {
            if (text.ValueTextEquals(type.Name))
            {
                return type;
            }
        }

        return null;
    }

    public override string ToString() => Name;
}
