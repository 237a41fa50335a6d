using System.Buffers;
using System.Collections.Immutable;
using System.Text;
using System.Text.Json;

namespace Nnfs.Files;

/// <summary>The table of a network's layers, as JSON: the metadata of a file is text.</summary>
internal static class LayerTable
{
    /// <summary>The table of a network.</summary>
    public static string Write(IEnumerable<LayerInfo> layers)
    {
        ArrayBufferWriter<byte> text = new();

        using (Utf8JsonWriter json = new(text))
        {
            json.WriteStartArray();

            foreach (LayerInfo layer in layers)
            {
                Write(json, LayerRow.Of(layer));
            }

            json.WriteEndArray();
        }

        return Encoding.UTF8.GetString(text.WrittenSpan);
    }

    /// <summary>The rows of a table; <see langword="null"/> for a text that is none, which other programs may have under the same name.</summary>
    public static IReadOnlyList<LayerRow>? Read(string text)
    {
        try
        {
            using JsonDocument table = JsonDocument.Parse(text);

            // No network is without a layer.
            return table.RootElement.ValueKind == JsonValueKind.Array
                && table.RootElement.GetArrayLength() > 0
                && table.RootElement.EnumerateArray().All(IsRow)
                ? [.. table.RootElement.EnumerateArray().Select(Read)]
                : null;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // The second is the answer to the escape of half a surrogate pair.
            return null;
        }
    }

    private static void Write(Utf8JsonWriter json, LayerRow row)
    {
        json.WriteStartObject();
        json.WriteString("name", row.Name);
        json.WriteString("kind", row.Kind);
        json.WriteNumber("inputs", Product(row.InputShape));
        json.WriteNumber("outputs", Product(row.OutputShape));

        WriteShape(json, "inputShape", row.InputShape);
        WriteShape(json, "outputShape", row.OutputShape);

        if (row.Setting != 0f)
        {
            json.WriteNumber("setting", row.Setting);
        }

        if (!row.Sources.IsEmpty)
        {
            json.WriteStartArray("sources");

            foreach (string source in row.Sources)
            {
                json.WriteStringValue(source);
            }

            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    /// <summary>Writes a shape, where it is no plain number of values.</summary>
    private static void WriteShape(Utf8JsonWriter json, string name, ImmutableArray<int> shape)
    {
        if (shape.Length == 1)
        {
            return;
        }

        json.WriteStartArray(name);

        foreach (int size in shape)
        {
            json.WriteNumberValue(size);
        }

        json.WriteEndArray();
    }

    private static bool IsRow(JsonElement row) =>
        row.ValueKind == JsonValueKind.Object
        && Property(row, "name", JsonValueKind.String) is not null
        && Property(row, "kind", JsonValueKind.String) is not null;

    /// <summary>What is missing or cannot be read is a number that no layer has.</summary>
    private static LayerRow Read(JsonElement row) => new(
        row.GetProperty("name").GetString()!,
        row.GetProperty("kind").GetString()!,
        Shape(row, "inputShape", "inputs"),
        Shape(row, "outputShape", "outputs"),
        row.TryGetProperty("setting", out JsonElement setting)
            ? setting.ValueKind == JsonValueKind.Number && setting.TryGetSingle(out float number) ? number : float.NaN
            : 0f,
        Property(row, "sources", JsonValueKind.Array) is { } sources
            ? [.. sources.EnumerateArray().Select(static source => source.ValueKind == JsonValueKind.String ? source.GetString()! : "")]
            : []);

    private static ImmutableArray<int> Shape(JsonElement row, string shapeName, string sizeName) =>
        Property(row, shapeName, JsonValueKind.Array) is { } shape
            ? [.. shape.EnumerateArray().Select(Size)]
            : [Property(row, sizeName, JsonValueKind.Number) is { } size ? Size(size) : -1];

    private static int Size(JsonElement element) => element.ValueKind == JsonValueKind.Number && element.TryGetInt32(out int size) ? size : -1;

    private static JsonElement? Property(JsonElement row, string name, JsonValueKind kind) =>
        row.TryGetProperty(name, out JsonElement element) && element.ValueKind == kind ? element : null;

    private static int Product(ImmutableArray<int> shape)
    {
        int product = 1;

        foreach (int size in shape)
        {
            product *= size;
        }

        return product;
    }
}
