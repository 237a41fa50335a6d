using System.Text.Json;

namespace Nnfs.Tests;

/// <summary>The reference numbers under Golden/, read from the test assembly.</summary>
internal static class GoldenData
{
    public static JsonElement Metrics { get; } = Load("metrics.json");

    public static JsonElement Notebook { get; } = Load("notebook.json");

    public static JsonElement Book { get; } = Load("book.json");

    public static JsonElement Datasets { get; } = Load("datasets.json");

    public static JsonElement Images { get; } = Load("images.json");

    public static JsonElement Layers { get; } = Load("layers.json");

    public static JsonElement Losses { get; } = Load("losses.json");

    public static JsonElement NumpyRandom { get; } = Load("numpy_random.json");

    public static JsonElement Optimizers { get; } = Load("optimizers.json");

    public static JsonElement OptimizerSteps { get; } = Load("optimizer_steps.json");

    /// <summary>All numbers of nested arrays, in row-major order, as the nearest floats.</summary>
    public static float[] Floats(this JsonElement element) => [.. Numbers(element).Select(static number => number.GetSingle())];

    /// <summary>All numbers of nested arrays, in row-major order.</summary>
    public static double[] Doubles(this JsonElement element) => [.. Numbers(element).Select(static number => number.GetDouble())];

    /// <summary>All whole numbers of nested arrays, in row-major order.</summary>
    public static int[] Integers(this JsonElement element) => [.. Numbers(element).Select(static number => number.GetInt32())];

    private static IEnumerable<JsonElement> Numbers(JsonElement element)
    {
        return element.ValueKind == JsonValueKind.Array ? element.EnumerateArray().SelectMany(Numbers) : [element];
    }

    /// <summary>The file of a name, in memory.</summary>
    public static byte[] Bytes(string name)
    {
        using Stream stream = Open(name);
        byte[] bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);

        return bytes;
    }

    private static Stream Open(string name) => typeof(GoldenData).Assembly.GetManifestResourceStream(name)
        ?? throw new InvalidOperationException($"The test assembly has no resource '{name}'.");

    private static JsonElement Load(string name)
    {
        using Stream stream = Open(name);
        using JsonDocument document = JsonDocument.Parse(stream);

        return document.RootElement.Clone();
    }
}
