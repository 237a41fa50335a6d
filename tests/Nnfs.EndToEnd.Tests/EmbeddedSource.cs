using System.IO.Compression;
using System.Reflection.Metadata;
using System.Text;

namespace Nnfs.EndToEnd.Tests;

/// <summary>Reads the sources that a compiler has embedded into portable symbols.</summary>
internal static class EmbeddedSource
{
    /// <summary>The kind of debug information that holds a document's source: a four-byte length and the text, deflated unless the length is 0.</summary>
    private static readonly Guid s_kind = new("0E8A571B-6926-466E-B4AD-8AB04611F5FE");

    /// <summary>The source of each document by its name; <see langword="null"/> for a document without one.</summary>
    public static Dictionary<string, string?> ReadAll(MetadataReader symbols) =>
        symbols.Documents.ToDictionary(document => symbols.GetString(symbols.GetDocument(document).Name), document => Read(symbols, document));

    private static string? Read(MetadataReader symbols, DocumentHandle document)
    {
        foreach (CustomDebugInformationHandle handle in symbols.GetCustomDebugInformation(document))
        {
            CustomDebugInformation information = symbols.GetCustomDebugInformation(handle);

            if (symbols.GetGuid(information.Kind) == s_kind)
            {
                return Decode(symbols.GetBlobBytes(information.Value));
            }
        }

        return null;
    }

    private static string Decode(byte[] blob)
    {
        bool isDeflated = BitConverter.ToInt32(blob) != 0;
        MemoryStream content = new(blob, sizeof(int), blob.Length - sizeof(int));
        using StreamReader reader = new(isDeflated ? new DeflateStream(content, CompressionMode.Decompress) : content, Encoding.UTF8);

        return reader.ReadToEnd();
    }
}
