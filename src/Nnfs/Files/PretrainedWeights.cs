using System.ComponentModel;
using System.Reflection;
using System.Resources;
using Nnfs.Files;
using Nnfs.Files.Safetensors;
using Nnfs.Samples;

namespace Nnfs;

/// <summary>Makes networks of the weights that their assemblies carry. Generated code calls it: call <c>CreatePretrained</c> of the network.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class PretrainedWeights
{
    /// <summary>Makes a network of a resource of its assembly. The values are read into its parameters, and kept nowhere else.</summary>
    /// <param name="resource">The name of the resource, a safetensors file.</param>
    /// <returns>The network.</returns>
    /// <exception cref="MissingManifestResourceException">The assembly has no such resource.</exception>
    /// <exception cref="SafetensorsException">The resource is no valid file, or its tensors or layers are not those of the network.</exception>
    public static TSelf Load<TSelf>(string resource)
        where TSelf : INetworkModel<TSelf>
    {
        Assembly assembly = typeof(TSelf).Assembly;

        using Stream stream = assembly.GetManifestResourceStream(resource) ?? throw new MissingManifestResourceException(
            $"The assembly '{assembly.GetName().Name}' does not have the resource '{resource}' with the weights of '{TSelf.Name}'. The build embeds it " +
            "where the project references the package Nnfs.Generators.");

        try
        {
            SafetensorsHeader header = SafetensorsHeader.Read(stream);
            header.Require(NetworkTensors<TSelf>.Descriptions);
            NetworkTensors<TSelf>.RequireSamePredictions(header);
            TSelf network = TSelf.CreateUninitialized();
            NetworkScaling.Set(network, NetworkScaling.Read(network, header));
            NetworkTensors<TSelf>.Read(stream, header, network.Parameters);

            return network;
        }
        catch (SafetensorsException exception)
        {
            throw new SafetensorsException(
                $"The resource '{resource}' in the assembly '{assembly.GetName().Name}' is not what '{TSelf.Name}' was compiled with. {exception.Message}",
                exception);
        }
    }
}
