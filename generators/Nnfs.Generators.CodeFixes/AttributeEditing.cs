using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;
using Microsoft.CodeAnalysis.Simplification;

namespace Nnfs.Generators.CodeFixes;

/// <summary>Adds, replaces and removes attributes so that comments and line breaks around them survive.</summary>
internal static class AttributeEditing
{
    /// <summary>The attribute that a diagnostic is on or in.</summary>
    public static AttributeSyntax? FindAttribute(SyntaxNode root, Diagnostic diagnostic) =>
        root.FindNode(diagnostic.Location.SourceSpan, getInnermostNodeForTie: true).FirstAncestorOrSelf<AttributeSyntax>();

    /// <summary>One of this project's attributes, called as briefly as the file's using directives allow.</summary>
    public static AttributeSyntax Create(string name, params string[] arguments)
    {
        AttributeSyntax attribute = SyntaxFactory.Attribute(SyntaxFactory.ParseName("global::Nnfs." + name).WithAdditionalAnnotations(Simplifier.Annotation));

        if (arguments.Length > 0)
        {
            attribute = attribute.WithArgumentList(SyntaxFactory.ParseAttributeArgumentList($"({string.Join(", ", arguments)})"));
        }

        return attribute;
    }

    /// <summary>Puts an attribute before another: in brackets of its own, or in the same brackets where those hold several.</summary>
    public static void InsertBefore(SyntaxEditor editor, AttributeSyntax existing, AttributeSyntax added)
    {
        AttributeListSyntax list = (AttributeListSyntax)existing.Parent!;

        if (list.Attributes.Count > 1)
        {
            int index = list.Attributes.IndexOf(existing);
            editor.ReplaceNode(list, list.WithAttributes(list.Attributes.Insert(index, added)));
        }
        else
        {
            // What comes before the list, comments included, stays before both; between them goes what separates lists in this file.
            AttributeListSyntax before = SyntaxFactory.AttributeList(SyntaxFactory.SingletonSeparatedList(added))
                .WithLeadingTrivia(list.GetLeadingTrivia())
                .WithTrailingTrivia(list.GetTrailingTrivia().Where(static trivia => !IsComment(trivia)));

            editor.InsertBefore(list, before);
            editor.ReplaceNode(list, list.WithLeadingTrivia(Indentation(list)));
        }
    }

    /// <summary>Puts another of this project's attributes in the place of one, with the same arguments.</summary>
    public static void Rename(SyntaxEditor editor, AttributeSyntax existing, string name) =>
        editor.ReplaceNode(existing.Name, Create(name).Name.WithTriviaFrom(existing.Name));

    /// <summary>Removes an attribute, with its brackets and its line if it is alone in them; a comment on that line stays.</summary>
    public static void Remove(SyntaxEditor editor, AttributeSyntax attribute)
    {
        AttributeListSyntax list = (AttributeListSyntax)attribute.Parent!;

        if (list.Attributes.Count > 1)
        {
            editor.ReplaceNode(list, list.WithAttributes(list.Attributes.Remove(attribute)));

            return;
        }

        SyntaxTriviaList comments = Comments(list);
        SyntaxToken next = list.GetLastToken().GetNextToken();

        if (comments.Count == 0)
        {
            editor.RemoveNode(list, SyntaxRemoveOptions.KeepDirectives);
        }
        else if (list.Parent is TypeDeclarationSyntax type)
        {
            // The comments move before what comes next.
            TypeDeclarationSyntax commented = type.ReplaceToken(next, next.WithLeadingTrivia(comments.AddRange(next.LeadingTrivia)));
            editor.ReplaceNode(type, commented.WithAttributeLists(commented.AttributeLists.RemoveAt(type.AttributeLists.IndexOf(list))));
        }
    }

    /// <summary>The comments before a node and after it on its line, each on a line of its own.</summary>
    private static SyntaxTriviaList Comments(SyntaxNode node)
    {
        SyntaxTriviaList comments = node.GetLeadingTrivia().Any(IsComment) ? WithoutIndentation(node) : default;

        return node.GetTrailingTrivia().Any(IsComment)
            ? comments.AddRange(Indentation(node)).AddRange(node.GetTrailingTrivia().SkipWhile(static trivia => trivia.IsKind(SyntaxKind.WhitespaceTrivia)))
            : comments;
    }

    /// <summary>What comes before a node, without the indentation of its own line.</summary>
    private static SyntaxTriviaList WithoutIndentation(SyntaxNode node)
    {
        SyntaxTriviaList leading = node.GetLeadingTrivia();

        return Indentation(node).Count > 0 ? leading.RemoveAt(leading.Count - 1) : leading;
    }

    /// <summary>The line's indentation alone, without the lines before it.</summary>
    private static SyntaxTriviaList Indentation(SyntaxNode node)
    {
        SyntaxTriviaList leading = node.GetLeadingTrivia();

        return leading.Count > 0 && leading[leading.Count - 1] is var last && last.IsKind(SyntaxKind.WhitespaceTrivia)
            ? SyntaxFactory.TriviaList(last)
            : default;
    }

    private static bool IsComment(SyntaxTrivia trivia) =>
        trivia.IsKind(SyntaxKind.SingleLineCommentTrivia) || trivia.IsKind(SyntaxKind.MultiLineCommentTrivia);
}
