using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace Nnfs.Simd;

/// <summary>The unit in which the processor's caches hold memory.</summary>
internal static class CacheLine
{
    /// <summary>
    /// Asks for the line of an address before it is read, where the processor has a way to be asked. The address need not be valid, and is no
    /// reference: those must stay within their object, and where the object has moved since, nothing is lost but the time that was to be won.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe void Fetch(nuint address)
    {
        if (Sse.IsSupported)
        {
            Sse.Prefetch0((void*)address);
        }
    }

    /// <summary>Where something is now.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe nuint AddressOf(ref float source) => (nuint)Unsafe.AsPointer(ref source);
}
