using System.Net;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Nnfs.Site.Rendering;

/// <summary>C# as HTML with a class for each kind of word.</summary>
internal static class CSharpColours
{
    /// <summary>The code, whole or not, as HTML.</summary>
    public static string Write(string code)
    {
        StringBuilder html = new();

        foreach (SyntaxToken token in CSharpSyntaxTree.ParseText(code).GetRoot().DescendantTokens())
        {
            Append(html, token.LeadingTrivia);
            Append(html, token.Text, ClassOf(token));
            Append(html, token.TrailingTrivia);
        }

        return html.ToString();
    }

    private static void Append(StringBuilder html, SyntaxTriviaList trivia)
    {
        foreach (SyntaxTrivia part in trivia)
        {
            Append(html, part.ToFullString(), ClassOf(part));
        }
    }

    private static void Append(StringBuilder html, string text, string? kind)
    {
        string encoded = WebUtility.HtmlEncode(text);
        html.Append(kind is null ? encoded : $"<span class=\"{kind}\">{encoded}</span>");
    }

    private static string? ClassOf(SyntaxTrivia trivia) => trivia.Kind() switch
    {
        SyntaxKind.WhitespaceTrivia or SyntaxKind.EndOfLineTrivia or SyntaxKind.SkippedTokensTrivia or SyntaxKind.DisabledTextTrivia => null,
        _ => trivia.IsDirective ? "directive" : "comment",
    };

    private static string? ClassOf(SyntaxToken token) => token.Kind() switch
    {
        SyntaxKind.NumericLiteralToken => "number",
        SyntaxKind.StringLiteralToken or SyntaxKind.CharacterLiteralToken or SyntaxKind.SingleLineRawStringLiteralToken
            or SyntaxKind.MultiLineRawStringLiteralToken or SyntaxKind.InterpolatedStringStartToken or SyntaxKind.InterpolatedStringTextToken
            or SyntaxKind.InterpolatedStringEndToken => "string",
        SyntaxKind.IdentifierToken => ClassOfName(token),
        SyntaxKind kind when SyntaxFacts.IsKeywordKind(kind) || SyntaxFacts.IsContextualKeyword(kind) => "keyword",
        _ => null,
    };

    private static string? ClassOfName(SyntaxToken token) => token.Parent switch
    {
        BaseTypeDeclarationSyntax => "type",
        IdentifierNameSyntax { IsVar: true } => "keyword",
        SimpleNameSyntax { Parent: AttributeSyntax } => "attribute",
        SimpleNameSyntax name when IsType(name) => "type",
        _ => null,
    };

    /// <summary>Whether a name can only be a type where it is.</summary>
    private static bool IsType(SimpleNameSyntax name) => name.Parent switch
    {
        VariableDeclarationSyntax declaration => declaration.Type == name,
        ParameterSyntax parameter => parameter.Type == name,
        BaseTypeSyntax or ObjectCreationExpressionSyntax or TypeArgumentListSyntax or ArrayTypeSyntax or NullableTypeSyntax or TypeOfExpressionSyntax
            or MethodDeclarationSyntax or PropertyDeclarationSyntax => true,
        _ => false,
    };
}
