using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace Nnfs.Simd;

/// <summary>The unit in which the processor's caches hold memory.</summary>
internal static class CacheLine
{
    /// <summary>The floats in a line of 64 bytes.</summary>
    public const int Floats = 16;

    /// <summary>Asks for the line of an address before it is read, where the processor has a way to be asked. The address need not be valid.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe void Fetch(ref float address)
    {
        if (Sse.IsSupported)
        {
            Sse.Prefetch0(Unsafe.AsPointer(ref address));
        }
    }
}
