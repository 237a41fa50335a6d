using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Nnfs.Optimizers;

/// <summary>
/// Tells the parameters of networks apart by where they lie: blocks never move, and each has a number that no other had before, though a new one may lie where
/// one that is gone has lain. What lies elsewhere, in an array of the user's own, may move and has no number.
/// </summary>
internal static class BlockRegister
{
    private static readonly Lock s_lock = new();

    /// <summary>The number of the last block that began at an address. There are as many entries as places that blocks have ever begun at.</summary>
    private static readonly Dictionary<nint, long> s_numbers = [];

    private static long s_last;

    /// <summary>The number of the newest block: as long as it is the same, so is what lies at each address.</summary>
    public static long Newest => Volatile.Read(ref s_last);

    /// <summary>Gives the block that begins there a number.</summary>
    public static void Add(ref readonly float first)
    {
        lock (s_lock)
        {
            s_numbers[AddressOf(in first)] = s_last + 1;
            Volatile.Write(ref s_last, s_last + 1);
        }
    }

    /// <summary>The number of the block that begins where <paramref name="values"/> do; 0 where none does.</summary>
    public static long NumberOf(ReadOnlySpan<float> values)
    {
        lock (s_lock)
        {
            return s_numbers.GetValueOrDefault(AddressOf(values));
        }
    }

    /// <summary>Where the first value lies at this moment.</summary>
    public static nint AddressOf(ReadOnlySpan<float> values) => AddressOf(in MemoryMarshal.GetReference(values));

    private static unsafe nint AddressOf(ref readonly float first) => (nint)Unsafe.AsPointer(ref Unsafe.AsRef(in first));
}
