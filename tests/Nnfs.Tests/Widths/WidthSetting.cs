using System.Runtime.Intrinsics;

namespace Nnfs.Tests.Widths;

/// <summary>What the runtime may use of the machine, as environment variables that it reads when it starts.</summary>
/// <param name="Variables">The variables; the names of .NET 10 and those of earlier versions.</param>
/// <param name="MostBits">The widest vectors that are left on any machine.</param>
internal sealed record WidthSetting((string Name, string Value)[] Variables, int MostBits)
{
    /// <summary>The variable by which a child process learns what it is to find.</summary>
    public const string ExpectedBitsVariable = "NNFS_TESTS_EXPECTED_VECTOR_BITS";

    /// <summary>The variable by which a child process learns where to leave its numbers.</summary>
    public const string ResultsVariable = "NNFS_TESTS_DENSE_RESULTS";

    /// <summary>The widest vectors of this process, 0 where none are accelerated.</summary>
    public static int AcceleratedBits =>
        Vector512.IsHardwareAccelerated ? 512 : Vector256.IsHardwareAccelerated ? 256 : Vector128.IsHardwareAccelerated ? 128 : 0;

    public static WidthSetting Create(string name) => name switch
    {
        "no AVX-512" => new([("DOTNET_EnableAVX512", "0"), ("DOTNET_EnableAVX512F", "0")], 256),
        "at most 128 bits" => new([("DOTNET_PreferredVectorBitWidth", "128")], 128),
        "no AVX2" => new([("DOTNET_EnableAVX2", "0")], 128),
        "no intrinsics" => new([("DOTNET_EnableHWIntrinsic", "0")], 0),
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, "No such setting."),
    };
}
