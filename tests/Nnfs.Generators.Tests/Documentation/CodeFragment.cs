using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Nnfs.Generators.Tests.Documentation;

/// <summary>C# in a Markdown file: usings, then statements, then types, each of which may be missing.</summary>
/// <param name="File">The path of the file from the repository's root.</param>
/// <param name="Line">The line of the file, from 1, that the text begins at.</param>
/// <param name="Text">The lines of the fragment.</param>
internal sealed record CodeFragment(string File, int Line, string Text)
{
    private readonly CompilationUnitSyntax _root = SyntaxFactory.ParseCompilationUnit(Text);

    /// <summary>
    /// The usings of all fragments, then their statements, then their types: the order that a file must have. Each part says which line of
    /// which Markdown file it is from, so that the compiler reports these.
    /// </summary>
    public static string Join(IReadOnlyList<CodeFragment> fragments) => string.Concat(
    [
        .. fragments.Select(static fragment => fragment.Part(0, fragment.StatementsStart)),
        .. fragments.Select(static fragment => fragment.Part(fragment.StatementsStart, fragment.TypesStart)),
        .. fragments.Select(static fragment => fragment.Part(fragment.TypesStart, fragment.Text.Length)),
    ]);

    /// <summary>The texts of comments that follow code on its line, by the lines of the file. A comment on a line of its own is not among them.</summary>
    public IEnumerable<(int Line, string Comment)> CommentsBehindCode()
    {
        foreach (SyntaxTrivia trivia in _root.DescendantTrivia().Where(static trivia => trivia.IsKind(SyntaxKind.SingleLineCommentTrivia)))
        {
            int line = LineOf(trivia.SpanStart);
            string before = Text[(Text.LastIndexOf('\n', Math.Max(trivia.SpanStart - 1, 0)) + 1)..trivia.SpanStart];

            if (!string.IsNullOrWhiteSpace(before))
            {
                yield return (Line + line, trivia.ToString()[2..].Trim());
            }
        }
    }

    private int StatementsStart => _root.Usings.LastOrDefault()?.FullSpan.End ?? 0;

    private int TypesStart => _root.Members.FirstOrDefault(static member => member is not GlobalStatementSyntax)?.FullSpan.Start ?? Text.Length;

    private string Part(int start, int end) => start == end ? "" : $"#line {Line + LineOf(start)} \"{File}\"\n{Text[start..end]}\n";

    private int LineOf(int position) => Text.AsSpan(0, position).Count('\n');
}
