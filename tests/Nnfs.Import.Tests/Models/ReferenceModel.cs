using System.Text.Json;

namespace Nnfs.Import.Tests.Models;

/// <summary>A model that another tool has written, with inputs and the outputs that belong to them.</summary>
internal sealed record ReferenceModel(string File, byte[] Bytes, float[] Inputs, int[] InputShape, float[] Outputs, int[] OutputShape)
{
    /// <summary>The files of the models that can be imported.</summary>
    public static TheoryData<string> Files { get; } =
    [
        "mlp.onnx", "activations.onnx", "batchnorm.onnx", "residual.onnx", "lenet.onnx", "lstm.onnx", "gru.onnx", "text.onnx", "mlp_newer_exporter.onnx",
        "keras_cnn.onnx",
        "pytorch_resnet.onnx", "pytorch_unet.onnx", "pytorch_mobile.onnx", "pytorch_gpt.onnx", "pytorch_encoder.onnx", "pytorch_vision.onnx",
        "pytorch_last_states.onnx", "pytorch_stacked.onnx", "pytorch_words.onnx",
    ];

    /// <summary>The model of a file.</summary>
    public static ReferenceModel Of(string file)
    {
        // What "export_models.py" has written is listed by itself.
        using JsonDocument index = JsonDocument.Parse(Resource(file.StartsWith("pytorch_", StringComparison.Ordinal) ? "pytorch.json" : "index.json"));
        JsonElement entry = index.RootElement.EnumerateArray().Single(entry => entry.GetProperty("model").GetString() == file);
        (float[] inputs, int[] inputShape) = Values(entry.GetProperty("inputs").GetProperty("x"));
        (float[] outputs, int[] outputShape) = Values(entry.GetProperty("outputs").GetProperty("y"));

        return new(file, Resource(file), inputs, inputShape, outputs, outputShape);
    }

    /// <summary>The bytes of a file.</summary>
    public static byte[] Resource(string file)
    {
        using Stream stream = typeof(ReferenceModel).Assembly.GetManifestResourceStream(file)
            ?? throw new ArgumentException($"There is no '{file}'.", nameof(file));
        byte[] bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);

        return bytes;
    }

    private static (float[] Values, int[] Shape) Values(JsonElement tensor) =>
        ([.. tensor.GetProperty("data").EnumerateArray().Select(static value => value.GetSingle())],
            [.. tensor.GetProperty("shape").EnumerateArray().Select(static size => size.GetInt32())]);
}
