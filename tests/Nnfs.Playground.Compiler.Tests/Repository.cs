using System.Reflection;

namespace Nnfs.Playground.Compiler.Tests;

/// <summary>Where the sources are.</summary>
internal static class Repository
{
    /// <summary>The repository's root.</summary>
    public static string Folder { get; } = typeof(Repository).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(static attribute => attribute.Key == "Repository")
        .Value!;
}
