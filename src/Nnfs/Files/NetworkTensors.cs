using System.Collections.Immutable;
using Nnfs.Files.Safetensors;
using Nnfs.Samples;

namespace Nnfs.Files;

/// <summary>What a safetensors file holds of a network: its tensors, and what it says of the network.</summary>
/// <typeparam name="TSelf">The network.</typeparam>
internal static class NetworkTensors<TSelf>
    where TSelf : INetworkModel<TSelf>
{
    /// <summary>The name that the table of layers has in the metadata.</summary>
    public const string LayersName = "layers";

    private const int LongestOtherTable = 4096;

    /// <summary>All tensors of the network, layer by layer.</summary>
    public static ImmutableArray<TensorInfo> All { get; } = [.. TSelf.Layers.SelectMany(static layer => layer.Tensors)];

    /// <summary>The same as a file has them.</summary>
    public static IReadOnlyList<TensorDescription> Descriptions { get; } =
        [.. All.Select(static tensor => new TensorDescription(tensor.Name, SafetensorsType.F32, tensor.Shape))];

    /// <summary>The layers as JSON: the format's metadata is text.</summary>
    public static string Layers { get; } = LayerTable.Write(TSelf.Layers);

    private static readonly KeyValuePair<string, string>[] s_metadata = [new("network", TSelf.Name), new(LayersName, Layers)];

    /// <summary>The network's name, the table of its layers, and how it scales samples where it does.</summary>
    public static IReadOnlyList<KeyValuePair<string, string>> MetadataOf(TSelf network) => [.. s_metadata, .. NetworkScaling.Metadata(network)];

    /// <summary>Checks that the layers of a file, where it has a table of them, predict with its tensors what this network does.</summary>
    /// <exception cref="SafetensorsException">They do not. The message has a line for each difference.</exception>
    public static void RequireSamePredictions(SafetensorsHeader header)
    {
        if (Differences(header, LayerSteps.InPredictions) is { Count: > 0 } differences)
        {
            throw new SafetensorsException(
                $"The layers of the file are not those of '{TSelf.Name}', which would predict something else with its tensors:\n" +
                $"{string.Join('\n', differences)}\n" +
                $"To load them anyway, pass a {nameof(LoadOptions)} with {nameof(LoadOptions.IgnoreLayers)} = true.");
        }
    }

    /// <summary>Checks that a file has a table of layers that train as those of this network do.</summary>
    /// <exception cref="SafetensorsException">It has none, or another. The message has a line for each difference.</exception>
    public static void RequireSameLayers(SafetensorsHeader header)
    {
        if (header.HasMetadata(LayersName, Layers))
        {
            return;
        }

        IReadOnlyList<string> differences = Differences(header, LayerSteps.InTraining) ?? ["the file has no table of layers"];

        throw new SafetensorsException(
            $"The layers of the checkpoint are not those of '{TSelf.Name}':\n" +
            $"{(differences.Count == 0 ? "they have other names" : string.Join('\n', differences))}");
    }

    /// <summary>How the layers of a file differ from those of this network; <see langword="null"/> for a file without a table of layers.</summary>
    private static IReadOnlyList<string>? Differences(SafetensorsHeader header, Func<IReadOnlyList<LayerRow>, IReadOnlyList<LayerStep>> steps)
    {
        if (header.HasMetadata(LayersName, Layers))
        {
            return [];
        }

        // Reading must not take much more memory than the file: a table of many times the length is another, whatever it says.
        if (header.MetadataLength(LayersName) > (4 * Layers.Length) + LongestOtherTable)
        {
            return ["the table of layers in the file is much longer"];
        }

        return header.Metadata(LayersName) is { } text && LayerTable.Read(text) is { } found
            ? LayerDifferences.Between(steps([.. TSelf.Layers.Select(LayerRow.Of)]), steps(found))
            : null;
    }

    /// <summary>Writes the data of all tensors from a block with the layout of the parameters.</summary>
    public static void Write(Stream stream, ReadOnlySpan<float> block)
    {
        foreach (TensorInfo tensor in All)
        {
            SafetensorsWriter.Write(stream, tensor.In(block));
        }
    }

    /// <summary>Reads all tensors of a file into a block with the layout of the parameters, without holding them elsewhere.</summary>
    /// <param name="stream">The file after its header; it can seek, and has all of its data.</param>
    /// <param name="header">The header.</param>
    /// <param name="block">The parameters, or a block of the same length.</param>
    public static void Read(Stream stream, SafetensorsHeader header, Span<float> block)
    {
        long data = stream.Position;

        foreach (TensorInfo tensor in All)
        {
            stream.Position = data + header.Find(tensor.Name).Begin;
            tensor.Read(stream, block);
        }
    }

    /// <summary>Copies all tensors of a file into a block with the layout of the parameters.</summary>
    /// <param name="file">The file.</param>
    /// <param name="prefix">What their names begin with in the file.</param>
    /// <param name="block">The parameters, or a block of the same length.</param>
    public static void Copy(SafetensorsFile file, string prefix, Span<float> block)
    {
        foreach (TensorInfo tensor in All)
        {
            file.CopyTo(prefix + tensor.Name, tensor.In(block));
        }
    }
}
