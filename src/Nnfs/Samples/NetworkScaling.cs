using Nnfs.Files.Safetensors;

namespace Nnfs.Samples;

/// <summary>The scaling of samples in the metadata of a network's file.</summary>
internal static class NetworkScaling
{
    /// <summary>Its name in the metadata.</summary>
    public const string Name = "samples";

    /// <summary>What is written for a network; nothing where it has no scaling.</summary>
    public static IEnumerable<KeyValuePair<string, string>> Metadata(object network) =>
        network is ISampleNetwork { Scaling: { } scaling } ? [new(Name, ScalingTable.Write(scaling))] : [];

    /// <summary>The scaling in a file; <see langword="null"/> where the network is none of samples, or the file has no scaling.</summary>
    /// <exception cref="SafetensorsException">It is no scaling, or one of other samples. The message has a line for each difference.</exception>
    public static SampleScaling? Read(object network, SafetensorsHeader header) =>
        network is ISampleNetwork { Schema: { } schema } && header.Metadata(Name) is { } text ? ScalingTable.Read(text, schema) : null;

    /// <summary>The scaling in the file at a path.</summary>
    /// <exception cref="SafetensorsException">The file is no safetensors file, or its scaling is none or of other samples.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static SampleScaling? OfFile(object network, string path)
    {
        using FileStream stream = new(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);

        return Read(network, SafetensorsHeader.Read(stream));
    }

    /// <summary>Gives a network the scaling that its parameters belong to.</summary>
    public static void Set(object network, SampleScaling? scaling)
    {
        if (network is ISampleNetwork samples)
        {
            samples.Scaling = scaling;
        }
    }
}
