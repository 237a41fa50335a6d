using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace Playground.Compiler;

/// <summary>The libraries that a typed program can use, which are in this assembly: their declarations without any code.</summary>
internal static class LibraryReferences
{
    private const string Extension = ".dll";

    /// <summary>Reads them all.</summary>
    public static ImmutableArray<MetadataReference> Read() =>
    [
        .. typeof(LibraryReferences).Assembly.GetManifestResourceNames()
            .Where(static name => name.EndsWith(Extension, StringComparison.Ordinal))
            .Select(static name => MetadataReference.CreateFromImage(ReadBytes(name), documentation: FindDocumentation(name), filePath: name)),
    ];

    private static LibraryDocumentation? FindDocumentation(string name)
    {
        string file = Path.ChangeExtension(name, ".xml");

        if (typeof(LibraryReferences).Assembly.GetManifestResourceStream(file) is not { } stream)
        {
            return null;
        }

        using StreamReader reader = new(stream);

        return new LibraryDocumentation(reader.ReadToEnd());
    }

    private static byte[] ReadBytes(string name)
    {
        using Stream stream = typeof(LibraryReferences).Assembly.GetManifestResourceStream(name)!;
        byte[] bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);

        return bytes;
    }
}
