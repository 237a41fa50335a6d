using System.Buffers;
using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Nnfs.Samples;

/// <summary>What samples are and how they are scaled, as JSON: the metadata of a file is text. Numbers come back as they were, to the last bit.</summary>
internal static class ScalingTable
{
    private const int MostDifferences = 20;

    /// <summary>The table of a scaling.</summary>
    public static string Write(SampleScaling scaling)
    {
        ArrayBufferWriter<byte> text = new();

        using (Utf8JsonWriter json = new(text))
        {
            json.WriteStartObject();
            json.WriteString("name", scaling.Schema.Name);
            json.WriteStartArray("features");

            foreach (FeatureInfo feature in scaling.Schema.Features)
            {
                json.WriteStartObject();
                json.WriteString("name", feature.Name);
                json.WriteString("kind", $"{feature.Kind}");
                json.WriteBoolean("nullable", feature.IsNullable);
                json.WriteNumber("embedding", feature.Embedding);
                WriteTexts(json, "categories", feature.Categories);
                WriteValues(json, "values", feature.Values, scaling.Values.AsSpan(feature.Start, feature.Count));
                json.WriteEndObject();
            }

            json.WriteEndArray();

            if (scaling.Schema.Label is { } label)
            {
                json.WriteStartObject("label");
                json.WriteString("name", label.Name);
                WriteTexts(json, "classes", label.Classes);
                WriteValues(json, "targets", label.Targets, scaling.Targets.AsSpan());
                json.WriteEndObject();
            }

            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(text.WrittenSpan);
    }

    /// <summary>The scaling of a table.</summary>
    /// <param name="text">The table.</param>
    /// <param name="schema">What the samples of the network are.</param>
    /// <exception cref="SafetensorsException">It is no table, or one of other samples. The message has a line for each difference.</exception>
    public static SampleScaling Read(string text, SampleSchema schema)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(text);

            return Read(document.RootElement, schema);
        }
        catch (Exception exception) when (exception
            is JsonException or InvalidOperationException or KeyNotFoundException or FormatException or IndexOutOfRangeException)
        {
            throw new SafetensorsException(
                $"Expected the scaling of samples under '{NetworkScaling.Name}' in the file's metadata, but it cannot be read: {exception.Message}", exception);
        }
    }

    private static SampleScaling Read(JsonElement root, SampleSchema schema)
    {
        JsonElement features = root.GetProperty("features");
        List<string> differences = [];

        CompareFeatures(features, schema, differences);
        JsonElement? label = root.TryGetProperty("label", out JsonElement found) ? found : null;
        CompareLabels(label, schema.Label, differences);

        if (differences.Count > 0)
        {
            string more = differences.Count > MostDifferences ? $"\nand {differences.Count - MostDifferences} more" : "";

            throw new SafetensorsException(
                $"The samples of the file are not those of '{schema.Name}':\n{string.Join('\n', differences.Take(MostDifferences))}{more}");
        }

        ValueScaling[] values = new ValueScaling[schema.FeatureCount];

        for (int i = 0; i < schema.Features.Length; i++)
        {
            FeatureInfo feature = schema.Features[i];
            ReadValues(features[i].GetProperty("values"), feature.Values, feature.IsNullable, values.AsSpan(feature.Start, feature.Count));
        }

        ValueScaling[] targets = new ValueScaling[schema.Label?.Targets.Length ?? 0];

        if (targets.Length > 0)
        {
            ReadValues(label!.Value.GetProperty("targets"), schema.Label!.Targets, isNullable: false, targets);
        }

        return new SampleScaling(schema, [.. values], [.. targets]);
    }

    private static void CompareFeatures(JsonElement found, SampleSchema schema, List<string> differences)
    {
        int count = found.GetArrayLength();

        for (int i = 0; i < Math.Max(count, schema.Features.Length); i++)
        {
            string place = string.Create(CultureInfo.InvariantCulture, $"feature {i}");

            if (i >= count)
            {
                differences.Add($"{place}: expected {Describe(schema.Features[i])}, found nothing");
            }
            else if (i >= schema.Features.Length)
            {
                differences.Add($"{place}: expected nothing, found {Describe(found[i])}");
            }
            else if (Describe(schema.Features[i]) is var expected && Describe(found[i]) is var other && expected != other)
            {
                differences.Add($"{place}: expected {expected}, found {other}");
            }
        }
    }

    private static void CompareLabels(JsonElement? found, LabelInfo? label, List<string> differences)
    {
        string expected = label is null ? "nothing" : Describe(label.Name, label.Classes, label.Targets.Select(static target => target.Name));
        string other = found is { } element
            ? Describe(
                Text(element, "name"),
                Texts(element, "classes"),
                element.GetProperty("targets").EnumerateArray().Select(static target => Text(target, "name")))
            : "nothing";

        if (expected != other)
        {
            differences.Add($"label: expected {expected}, found {other}");
        }
    }

    private static string Describe(FeatureInfo feature) => Describe(
        feature.Name, $"{feature.Kind}", feature.IsNullable, feature.Embedding, feature.Categories, feature.Values.Select(static value => value.Name));

    private static string Describe(JsonElement feature) => Describe(
        Text(feature, "name"),
        Text(feature, "kind"),
        feature.GetProperty("nullable").GetBoolean(),
        feature.GetProperty("embedding").GetInt32(),
        Texts(feature, "categories"),
        feature.GetProperty("values").EnumerateArray().Select(static value => Text(value, "name")));

    private static string Describe(
        string name, string kind, bool isNullable, int embedding, IEnumerable<string> categories, IEnumerable<string> values)
    {
        string[] names = [.. categories];
        string of = names.Length > 0 ? $" of {string.Join(", ", names)}" : $" of the values {string.Join(", ", values)}";

        return $"'{name}', {(isNullable ? "a nullable " : "")}{kind}{(embedding > 0 ? $" embedded in {embedding} dimensions" : "")}{of}";
    }

    private static string Describe(string name, IEnumerable<string> classes, IEnumerable<string> targets)
    {
        string[] names = [.. classes];

        return $"'{name}', {(names.Length > 0 ? "one of the classes" : "the numbers")} {string.Join(", ", names.Length > 0 ? names : targets)}";
    }

    private static void ReadValues(JsonElement found, ImmutableArray<FeatureValue> expected, bool isNullable, Span<ValueScaling> values)
    {
        for (int i = 0; i < values.Length; i++)
        {
            JsonElement value = found[i];
            string name = expected[i].Name;
            string kindName = Text(value, "scaling");

            if (!Enum.TryParse(kindName, out FeatureScaling kind) || $"{kind}" != kindName)
            {
                throw new FormatException($"the scaling of '{name}' is '{kindName}'.");
            }

            double missing = value.TryGetProperty("missing", out JsonElement stated) ? stated.GetDouble() : isNullable ? 0 : double.NaN;
            double center = value.GetProperty("center").GetDouble();
            double scale = value.GetProperty("scale").GetDouble();

            if (!double.IsFinite(center) || !double.IsFinite(scale) || scale <= 0 || double.IsInfinity(missing))
            {
                throw new FormatException(
                    FormattableString.Invariant($"'{name}' has the center {center}, the scale {scale} and {missing} where it is missing."));
            }

            values[i] = new ValueScaling(kind, center, scale, isNullable ? missing : double.NaN);
        }
    }

    private static void WriteValues(Utf8JsonWriter json, string name, ImmutableArray<FeatureValue> values, ReadOnlySpan<ValueScaling> scalings)
    {
        json.WriteStartArray(name);

        for (int i = 0; i < values.Length; i++)
        {
            json.WriteStartObject();
            json.WriteString("name", values[i].Name);
            json.WriteString("scaling", $"{scalings[i].Kind}");
            json.WriteNumber("center", scalings[i].Center);
            json.WriteNumber("scale", scalings[i].Scale);

            if (!double.IsNaN(scalings[i].Missing))
            {
                json.WriteNumber("missing", scalings[i].Missing);
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteTexts(Utf8JsonWriter json, string name, ImmutableArray<string> texts)
    {
        json.WriteStartArray(name);

        foreach (string text in texts)
        {
            json.WriteStringValue(text);
        }

        json.WriteEndArray();
    }

    private static IEnumerable<string> Texts(JsonElement element, string name) =>
        element.GetProperty(name).EnumerateArray().Select(static text => text.GetString() ?? "");

    private static string Text(JsonElement element, string name) => element.GetProperty(name).GetString() ?? "";
}
