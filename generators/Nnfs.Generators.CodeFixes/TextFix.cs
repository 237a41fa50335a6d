using System.Collections.Immutable;
using Microsoft.CodeAnalysis.Text;

namespace Nnfs.Generators.CodeFixes;

/// <summary>
/// A cure as changes of text. Comments, directives and line breaks that no change names stay as they are.
/// </summary>
/// <param name="Title">What the editor calls it.</param>
/// <param name="Key">What fixes of the same kind have in common, so that all of them can be applied at once.</param>
/// <param name="Changes">The changes, none of which overlaps another.</param>
internal sealed record TextFix(string Title, string Key, ImmutableArray<TextChange> Changes)
{
    public TextFix(string title, string key, params IEnumerable<TextChange> changes)
        : this(title, key, [.. changes.Distinct().OrderBy(static change => change.Span.Start)])
    {
    }
}
