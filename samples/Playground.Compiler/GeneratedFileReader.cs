using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Playground.Compiler;

/// <summary>Picks the passes out of what was generated.</summary>
internal static class GeneratedFileReader
{
    /// <summary>Reads a file that the generator wrote.</summary>
    public static GeneratedFile Read(GeneratedSourceResult source)
    {
        SyntaxNode root = source.SyntaxTree.GetRoot();

        return new GeneratedFile(source.HintName, source.SourceText.ToString(), Members(root, "Forward"), Members(root, "Backward"));
    }

    /// <summary>The methods of the network whose names begin with a word, as they are in the file but less indented.</summary>
    private static string Members(SyntaxNode root, string word) => string.Join("\n\n", root.DescendantNodes(static node => node is not MethodDeclarationSyntax)
        .OfType<MethodDeclarationSyntax>()
        .Where(method => method.Identifier.ValueText.StartsWith(word, StringComparison.Ordinal) && method.ExplicitInterfaceSpecifier is null)
        .Select(static method => Unindent(method.ToFullString())));

    private static string Unindent(string text)
    {
        string[] lines = text.Trim('\n').TrimEnd().Split('\n');
        int indentation = lines.Where(static line => line.Length > 0).Min(static line => line.Length - line.TrimStart(' ').Length);

        return string.Join('\n', lines.Select(line => line.Length > 0 ? line[indentation..] : line));
    }
}
