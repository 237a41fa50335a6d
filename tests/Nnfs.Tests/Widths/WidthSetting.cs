using System.Runtime.Intrinsics;
using Nnfs.Tests.Kernels;
using Nnfs.Tests.Networks;

namespace Nnfs.Tests.Widths;

/// <summary>What the runtime may use of the machine, as environment variables that it reads when it starts.</summary>
/// <param name="Variables">The variables.</param>
/// <param name="MostBits">The widest vectors that are left on any machine.</param>
/// <param name="Classes">The classes of tests that run again, in the runner's own notation.</param>
/// <param name="LeftOut">Those of them that do not run again.</param>
/// <param name="LeastTests">Fewer tests than these would mean that the notation no longer finds them.</param>
internal sealed record WidthSetting((string Name, string Value)[] Variables, int MostBits, string[] Classes, Type[] LeftOut, int LeastTests)
{
    /// <summary>
    /// What depends on the width of vectors: kernels and what they are made of, networks, optimizers, and the parts of training and evaluation that
    /// work on vectors. What is left out rests on the same kernels, or on none.
    /// </summary>
    private static readonly string[] s_dependent =
    [
        "Nnfs.Tests.Kernels.*", "Nnfs.Tests.Simd.*", "Nnfs.Tests.Networks.*", "Nnfs.Tests.Optimizer*", "Nnfs.Tests.Evaluations.*",
        "Nnfs.Tests.Training.AccuracyTests", "Nnfs.Tests.Training.DivergenceTests", "Nnfs.Tests.Training.GradientScanTests",
    ];

    /// <summary>The bits of masks do not depend on vectors, and whole trainings take minutes where every lane is computed alone.</summary>
    private static readonly Type[] s_leftOut = [typeof(DropoutRandomnessTests), typeof(BookTests)];

    /// <summary>Neither do allocations and threads depend on how a vector is computed; without intrinsics these take most of the time.</summary>
    private static readonly Type[] s_leftOutOfScalars =
        [.. s_leftOut, typeof(AllocationTests), typeof(ThreadTests), typeof(WorkspaceThreadTests)];

    /// <summary>
    /// Vectors of 128 bits with fused multiply-add, as on ARM: the kernels are those of "no AVX2" and round as the widest do, so that their bits can be
    /// compared with this process's instead of running all tests again.
    /// </summary>
    private static readonly string[] s_networks = ["Nnfs.Tests.Networks.*"];

    /// <summary>The variable by which a child process learns what it is to find.</summary>
    public const string ExpectedBitsVariable = "NNFS_TESTS_EXPECTED_VECTOR_BITS";

    /// <summary>The variable by which a child process learns where to leave its numbers.</summary>
    public const string ResultsVariable = "NNFS_TESTS_DENSE_RESULTS";

    /// <summary>The widest vectors of this process, 0 where none are accelerated.</summary>
    public static int AcceleratedBits =>
        Vector512.IsHardwareAccelerated ? 512 : Vector256.IsHardwareAccelerated ? 256 : Vector128.IsHardwareAccelerated ? 128 : 0;

    /// <summary>Whether this process was started to run tests again with narrower vectors.</summary>
    public static bool IsChild { get; } = Environment.GetEnvironmentVariable(ExpectedBitsVariable) is not null;

    public static WidthSetting Create(string name) => name switch
    {
        "no AVX-512" => new([("DOTNET_EnableAVX512", "0")], 256, s_dependent, s_leftOut, 5000),
        "at most 128 bits" => new([("DOTNET_PreferredVectorBitWidth", "128")], 128, s_networks, s_leftOut, 50),
        "no AVX2" => new([("DOTNET_EnableAVX2", "0")], 128, s_dependent, s_leftOut, 5000),
        "no intrinsics" => new([("DOTNET_EnableHWIntrinsic", "0")], 0, s_dependent, s_leftOutOfScalars, 5000),
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, "No such setting."),
    };
}
