using System.Globalization;
using Microsoft.CodeAnalysis;

namespace Playground.Compiler;

/// <summary>
/// The documentation of a library, from the file that the compiler wrote of it. A member is looked up in the text: to read the whole file as XML takes long
/// in a browser.
/// </summary>
/// <param name="file">The file's text.</param>
internal sealed class LibraryDocumentation(string file) : DocumentationProvider
{
    private const string End = "</member>";

    /// <inheritdoc/>
    public override bool Equals(object? obj) => ReferenceEquals(this, obj);

    /// <inheritdoc/>
    public override int GetHashCode() => 0;

    /// <inheritdoc/>
    protected override string? GetDocumentationForSymbol(
        string documentationMemberID, CultureInfo preferredCulture, CancellationToken cancellationToken = default)
    {
        int start = file.IndexOf($"<member name=\"{documentationMemberID}\">", StringComparison.Ordinal);

        if (start < 0)
        {
            return null;
        }

        int end = file.IndexOf(End, start, StringComparison.Ordinal);

        return file[start..(end + End.Length)];
    }
}
