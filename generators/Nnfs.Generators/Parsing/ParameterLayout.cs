using Nnfs.Generators.Models;

namespace Nnfs.Generators.Parsing;

/// <summary>Gives parameters their places in one block, each tensor from the start of a cache line, behind those of the layers before.</summary>
internal sealed class ParameterLayout
{
    /// <summary>The most floats that one block can hold; the runtime keeps two cache lines of an array for itself.</summary>
    public const int MaxLength = 0x7FFFFFC7 - 32;

    /// <summary>The number of parameters that are trained.</summary>
    public int Count { get; private set; }

    /// <summary>The length of the block, padding included.</summary>
    public int Length { get; private set; }

    /// <summary>The length with padding up to the next cache line.</summary>
    public static long Align(long length) => (length + 15) & ~15L;

    /// <summary>Gives the tensors of a stage their places, or says why it has none.</summary>
    /// <returns>The length that one array cannot hold and what it is the length of; <see langword="null"/> where the stage has its places.</returns>
    public (long Length, string Of)? Place(ref StageSpec stage)
    {
        IReadOnlyList<TensorSpec> tensors = stage.Tensors;
        long length = Length + tensors.Sum(static tensor => Align(tensor.Length));

        if (stage.SizeFault(Count, length, MaxLength) is { } fault)
        {
            return fault;
        }

        int[] offsets = new int[tensors.Count];
        int offset = Length;

        for (int i = 0; i < offsets.Length; i++)
        {
            offsets[i] = offset;
            offset += (int)Align(tensors[i].Length);
        }

        stage = stage with { Offsets = new([.. offsets]) };
        Count += (int)tensors.Where(static tensor => tensor.IsTrained).Sum(static tensor => tensor.Count);
        Length = (int)length;

        return null;
    }
}
