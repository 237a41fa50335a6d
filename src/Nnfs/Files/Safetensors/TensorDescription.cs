using System.Collections.Immutable;

namespace Nnfs.Files.Safetensors;

/// <summary>A tensor that is to be written, or that a file must have.</summary>
/// <param name="Name">Its name, which no other tensor of the file has.</param>
/// <param name="Type">The type of its elements.</param>
/// <param name="Shape">Its lengths.</param>
internal sealed record TensorDescription(string Name, SafetensorsType Type, ImmutableArray<int> Shape)
{
    /// <summary>The tensor's size in a file.</summary>
    public long Bytes
    {
        get
        {
            long bytes = Type.Bits / 8;

            foreach (int length in Shape)
            {
                bytes = checked(bytes * length);
            }

            return bytes;
        }
    }

    public override string ToString() => $"{Type} [{string.Join(", ", Shape)}]";
}
