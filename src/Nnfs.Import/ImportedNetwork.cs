using System.Text;
using Nnfs.Files;
using Nnfs.Files.Safetensors;
using Nnfs.Import.Translating;

namespace Nnfs.Import;

/// <summary>A model as a network: the source of its class, and its tensors.</summary>
/// <param name="ClassName">The name of the class.</param>
/// <param name="Source">The source, which declares the class with its attributes.</param>
/// <param name="Tensors">The tensors, layer by layer.</param>
/// <param name="Inputs">The inputs, in the order in which the class has them.</param>
/// <param name="Outputs">The outputs, in the order in which the class has them.</param>
internal sealed record ImportedNetwork(
    string ClassName,
    string Source,
    IReadOnlyList<ImportedTensor> Tensors,
    IReadOnlyList<ImportedPort> Inputs,
    IReadOnlyList<ImportedPort> Outputs)
{
    /// <summary>Writes <c>NAME.cs</c> and <c>NAME.safetensors</c> into a folder, which is there.</summary>
    public void WriteTo(string folder)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);

        AtomicFile.Write(Path.Combine(folder, $"{ClassName}.safetensors"), WriteParameters);
        AtomicFile.Write(Path.Combine(folder, $"{ClassName}.cs"), stream => stream.Write(Encoding.UTF8.GetBytes(Source)));
    }

    /// <summary>Writes the tensors as a safetensors file, which the class loads.</summary>
    public void WriteParameters(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);

        SafetensorsWriter.WriteHeader(
            stream,
            [.. Tensors.Select(static tensor => new TensorDescription(tensor.Name, SafetensorsType.F32, [.. tensor.Shape]))],
            [new("network", ClassName)]);

        foreach (ImportedTensor tensor in Tensors)
        {
            SafetensorsWriter.Write<float>(stream, tensor.Values);
        }
    }
}
