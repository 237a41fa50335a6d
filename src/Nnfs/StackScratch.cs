using System.ComponentModel;
using System.Runtime.InteropServices;

namespace Nnfs;

/// <summary>Memory of the stack for what a prediction computes on its way.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class StackScratch
{
    /// <summary>The floats that a block must be longer than what is needed of it.</summary>
    public const int Slack = KernelLimits.FloatsPerLine - 1;

    /// <summary>What of a block starts at a multiple of 64 bytes, <see cref="Slack"/> floats fewer than the block has.</summary>
    /// <param name="block">Memory of the stack, at least <see cref="Slack"/> floats. Of other memory, which may move, the result may start anywhere.</param>
    /// <exception cref="ArgumentOutOfRangeException">The block is shorter.</exception>
    public static Span<float> Align(Span<float> block) =>
        block.Slice(AlignedBlock.FloatsToAlignment(ref MemoryMarshal.GetReference(block)), block.Length - Slack);
}
