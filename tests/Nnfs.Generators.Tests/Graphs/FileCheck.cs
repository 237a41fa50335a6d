using System.Buffers.Binary;
using System.Text.Json;
using Nnfs.Catalogue;
using Nnfs.Catalogue.Graphs;
using Nnfs.Catalogue.Losses;

namespace Nnfs.Generators.Tests.Graphs;

/// <summary>Holds what a generated graph says of its layers, and what it writes into files, against the catalogue.</summary>
internal static class FileCheck
{
    public static void Run(GraphCase graph, GraphBatch batch, IGraphNetwork network, Findings findings)
    {
        CheckDescription(graph, network, findings);
        network.WriteTensors(batch.Tensors);
        byte[] file = network.Save();
        float[] parameters = network.Parameters();
        CheckTensors(graph, batch, file, findings);

        network.WriteTensors([.. batch.Tensors.Select(static layer => layer.Select(static tensor => new float[tensor.Length]).ToArray())]);
        network.Load(file);
        findings.Check(network.Parameters().AsSpan().SequenceEqual(parameters), "a file does not bring the parameters back");
    }

    private static void CheckDescription(GraphCase graph, IGraphNetwork network, Findings findings)
    {
        foreach (GraphLayer layer in graph.Layers)
        {
            LayerInfo info = network.Layers.Single(info => info.Name == layer.Name);
            Check(info.Kind.ToString(), layer.Layer.StoredKind, "kind");
            Check(string.Join(" × ", info.InputShape), layer.Entry.IsJoin ? string.Join(" × ", info.InputShape) : Text(layer.Inputs[0]), "input shape");
            Check(string.Join(" × ", info.OutputShape), Text(layer.Output), "output shape");
            Check(info.Setting, layer.Layer.StoredSetting, "setting");
            Check(string.Join(' ', info.Tensors.Select(static tensor => tensor.Name)), string.Join(' ', Names(layer)), "tensors");

            static string Text(SampleShape shape) => string.Join(" × ", shape.Extents);

            void Check<T>(T actual, T expected, string what) =>
                findings.Check(EqualityComparer<T>.Default.Equals(actual, expected), $"the {what} of {layer.Name} is {actual} rather than {expected}");
        }

        string[] losses = [.. graph.Outputs.Select(static output => output.Loss).OfType<ReferenceLoss>()
            .Select(static loss => $"{loss.Entry.Name} {loss.StoredSetting}")];
        string[] kinds = [.. network.Layers.Skip(network.Layers.Count - graph.Outputs.Length).Select(static info => $"{info.Kind} {info.Setting}")];
        findings.Check(losses.All(kinds.Contains), $"the losses are {string.Join(", ", kinds)} rather than {string.Join(", ", losses)}");
    }

    private static void CheckTensors(GraphCase graph, GraphBatch batch, byte[] file, Findings findings)
    {
        int length = checked((int)BinaryPrimitives.ReadUInt64LittleEndian(file));
        JsonElement header = JsonDocument.Parse(file.AsMemory(8, length)).RootElement;

        foreach ((int i, GraphLayer layer) in graph.Layers.Index())
        {
            foreach ((int k, string name) in Names(layer).Index())
            {
                if (!header.TryGetProperty(name, out JsonElement tensor))
                {
                    findings.Check(holds: false, $"a file has no {name}");

                    continue;
                }

                int start = 8 + length + tensor.GetProperty("data_offsets")[0].GetInt32();
                float[] values = [.. batch.Tensors[i][k].Select((_, j) => BinaryPrimitives.ReadSingleLittleEndian(file.AsSpan(start + (4 * j))))];
                int[] shape = [.. tensor.GetProperty("shape").EnumerateArray().Select(static extent => extent.GetInt32())];
                findings.Check(shape.AsSpan().SequenceEqual(layer.Tensors[k].Shape), $"a file has {name} of shape [{string.Join(", ", shape)}]");
                findings.Check(values.AsSpan().SequenceEqual(batch.Tensors[i][k]), $"a file has other values of {name}");
            }
        }
    }

    private static IEnumerable<string> Names(GraphLayer layer) =>
        layer.Tensors.Select(static tensor => tensor.FileName).Select(tensor => $"{layer.Name.ToLowerInvariant()}.{tensor}");
}
