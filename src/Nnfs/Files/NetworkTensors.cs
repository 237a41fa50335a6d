using System.Buffers;
using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using Nnfs.Files.Safetensors;

namespace Nnfs.Files;

/// <summary>What a safetensors file holds of a network: its tensors, and what it says of the network.</summary>
/// <typeparam name="TSelf">The network.</typeparam>
internal static class NetworkTensors<TSelf>
    where TSelf : INetworkModel<TSelf>
{
    /// <summary>The name that the table of layers has in the metadata.</summary>
    public const string LayersName = "layers";

    /// <summary>All tensors of the network, layer by layer.</summary>
    public static IReadOnlyList<TensorInfo> All { get; } = [.. TSelf.Layers.SelectMany(static layer => layer.Tensors)];

    /// <summary>The same as a file has them.</summary>
    public static IReadOnlyList<TensorDescription> Descriptions { get; } =
        [.. All.Select(static tensor => new TensorDescription(tensor.Name, SafetensorsType.F32, tensor.Shape))];

    /// <summary>The layers as JSON: the format's metadata is text.</summary>
    public static string Layers { get; } = LayerTable();

    /// <summary>The network's name and the table of its layers.</summary>
    public static IReadOnlyList<KeyValuePair<string, string>> Metadata { get; } =
        [new("network", TSelf.Name), new(LayersName, Layers)];

    /// <summary>Writes the data of all tensors from a block with the layout of the parameters.</summary>
    public static void Write(Stream stream, ReadOnlySpan<float> block)
    {
        foreach (TensorInfo tensor in All)
        {
            SafetensorsWriter.Write(stream, tensor.In(block));
        }
    }

    /// <summary>Copies all tensors of a file into a block with the layout of the parameters.</summary>
    public static void Copy(SafetensorsFile file, Span<float> block)
    {
        foreach (TensorInfo tensor in All)
        {
            file.CopyTo(tensor.Name, tensor.In(block));
        }
    }

    private static string LayerTable()
    {
        ArrayBufferWriter<byte> text = new();

        using (Utf8JsonWriter json = new(text))
        {
            json.WriteStartArray();

            foreach (LayerInfo layer in TSelf.Layers)
            {
                json.WriteStartObject();
                json.WriteString("name", layer.Name);
                json.WriteString("kind", Enum.GetName(layer.Kind));
                json.WriteNumber("inputs", layer.Inputs);
                json.WriteNumber("outputs", layer.Outputs);

                WriteShape(json, "inputShape", layer.InputShape);
                WriteShape(json, "outputShape", layer.OutputShape);

                if (layer.Setting != 0f)
                {
                    json.WriteNumber("setting", layer.Setting);
                }

                if (!layer.Sources.IsEmpty)
                {
                    json.WriteStartArray("sources");

                    foreach (string source in layer.Sources)
                    {
                        json.WriteStringValue(source);
                    }

                    json.WriteEndArray();
                }

                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        return Encoding.UTF8.GetString(text.WrittenSpan);
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
}
