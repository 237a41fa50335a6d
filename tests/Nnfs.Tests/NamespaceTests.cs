using System.Runtime.CompilerServices;

namespace Nnfs.Tests;

public class NamespaceTests
{
    /// <summary>The generator compiles them as well, under the same names.</summary>
    private static readonly string[] s_shared = ["ConvolutionLayout", "KernelLimits", "MatrixLayout", "WindowSize"];

    [Fact]
    public void Internal_types_are_not_in_the_namespace_of_the_public_ones()
    {
        IEnumerable<string> names =
            from type in typeof(NetworkAttribute).Assembly.GetTypes()
            where type is { IsPublic: false, IsNested: false, Namespace: "Nnfs" } && !type.IsDefined(typeof(CompilerGeneratedAttribute), inherit: false)
            select type.Name;

        Assert.Equal(s_shared, names);
    }

    [Fact]
    public void Public_types_are_in_Nnfs_and_kernels_in_a_namespace_of_their_own() =>
        Assert.All(typeof(NetworkAttribute).Assembly.GetExportedTypes(), static type => Assert.Contains(type.Namespace, (string[])["Nnfs", "Nnfs.Kernels"]));
}
