using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using Nnfs.Generators.Parsing;

namespace Nnfs.Generators.CodeFixes;

/// <summary>Changes that add, move and remove attributes and their arguments. Only what is named is changed: comments and directives stay.</summary>
internal static class AttributeText
{
    /// <summary>One of this project's attributes, called as briefly as the usings of the file allow.</summary>
    public static string NameOf(FixedDocument document, int position, string name)
    {
        bool isPlain = IsOurs(document, position, name + KnownNames.AttributeSuffix)
            && !document.Model.LookupNamespacesAndTypes(position, name: name).Any(static symbol => symbol is INamedTypeSymbol { BaseType.Name: "Attribute" });

        return isPlain ? name : Qualified(document, position, name);
    }

    /// <summary>One of this project's types, called as briefly as the usings of the file allow.</summary>
    public static string NameOfType(FixedDocument document, int position, string name) =>
        IsOurs(document, position, name) ? name : Qualified(document, position, name);

    /// <summary>Whether a name means a type of this project's, and nothing else.</summary>
    private static bool IsOurs(FixedDocument document, int position, string name) => document.Model.LookupNamespacesAndTypes(position, name: name)
        is [INamedTypeSymbol { ContainingNamespace: { Name: KnownNames.Namespace, ContainingNamespace.IsGlobalNamespace: true } }];

    private static string Qualified(FixedDocument document, int position, string name)
    {
        bool isInSight = document.Model.LookupNamespacesAndTypes(position, name: KnownNames.Namespace)
            is [INamespaceSymbol { ContainingNamespace.IsGlobalNamespace: true }];

        return isInSight ? $"{KnownNames.Namespace}.{name}" : $"global::{KnownNames.Namespace}.{name}";
    }

    /// <summary>Puts an attribute before another: in brackets of its own, or in the same brackets where those hold several.</summary>
    public static TextChange InsertBefore(FixedDocument document, AttributeSyntax existing, string added)
    {
        AttributeListSyntax list = (AttributeListSyntax)existing.Parent!;

        return list.Attributes.Count > 1
            ? Insert(existing.SpanStart, $"{added}, ")
            : Insert(list.SpanStart, $"[{added}]{Separator(document, list)}");
    }

    /// <summary>Puts an attribute after another, in the same way.</summary>
    public static TextChange InsertAfter(FixedDocument document, AttributeSyntax existing, string added)
    {
        AttributeListSyntax list = (AttributeListSyntax)existing.Parent!;

        return list.Attributes.Count > 1 ? Insert(existing.Span.End, $", {added}") : InsertAfter(document, list, $"[{added}]");
    }

    /// <summary>Puts text after an attribute list: on a line of its own, after a comment that ends the list's line, or on the same line.</summary>
    public static TextChange InsertAfter(FixedDocument document, AttributeListSyntax list, string added)
    {
        string separator = Separator(document, list);

        return Insert(separator == " " ? list.Span.End : document.Text.Lines.GetLineFromPosition(list.Span.End).End, separator + added);
    }

    /// <summary>Another name for an attribute, with the same arguments.</summary>
    public static TextChange Rename(FixedDocument document, AttributeSyntax attribute, string name) =>
        new(attribute.Name.Span, NameOf(document, attribute.SpanStart, name));

    /// <summary>Removes an attribute, with its brackets and its line if it is alone in them. A comment on that line stays.</summary>
    public static ImmutableArray<TextChange> Remove(FixedDocument document, AttributeSyntax attribute)
    {
        AttributeListSyntax list = (AttributeListSyntax)attribute.Parent!;

        return list.Attributes.Count > 1 ? RemoveItem(document, list.Attributes, attribute) : [Remove(document, list)];
    }

    /// <summary>Removes an attribute list.</summary>
    public static TextChange Remove(FixedDocument document, AttributeListSyntax list)
    {
        TextLine first = document.Text.Lines.GetLineFromPosition(list.SpanStart);
        TextLine last = document.Text.Lines.GetLineFromPosition(list.Span.End);
        string before = document.Text.ToString(TextSpan.FromBounds(first.Start, list.SpanStart));
        string after = document.Text.ToString(TextSpan.FromBounds(list.Span.End, last.End));

        if (string.IsNullOrWhiteSpace(before) && string.IsNullOrWhiteSpace(after))
        {
            return Delete(first.Start, last.EndIncludingLineBreak);
        }

        // What is on the rest of the line comes in its place; the end of a line has nothing to move.
        int spaces = after.Length - after.TrimStart().Length;

        return string.IsNullOrWhiteSpace(after)
            ? Delete(list.SpanStart - (before.Length - before.TrimEnd().Length), list.Span.End)
            : Delete(list.SpanStart, list.Span.End + spaces);
    }

    /// <summary>Adds an argument at the end.</summary>
    public static TextChange AddArgument(AttributeSyntax attribute, string argument) => attribute.ArgumentList switch
    {
        null => Insert(attribute.Span.End, $"({argument})"),
        { Arguments.Count: 0 } empty => Insert(empty.OpenParenToken.Span.End, argument),
        { Arguments: var arguments } => Insert(arguments.Last().Span.End, $", {argument}"),
    };

    /// <summary>
    /// Removes one of several items with its comma, and a comment between the two, which is about it. Where there is a directive between them, it stays.
    /// </summary>
    public static ImmutableArray<TextChange> RemoveItem<T>(FixedDocument document, SeparatedSyntaxList<T> items, T item)
        where T : SyntaxNode
    {
        int index = items.IndexOf(item);

        if (items.Count == 1)
        {
            return [new(item.Span, "")];
        }

        bool isLast = index == items.Count - 1;
        SyntaxToken comma = items.GetSeparator(isLast ? index - 1 : index);
        TextSpan whole = isLast ? TextSpan.FromBounds(comma.SpanStart, item.Span.End) : TextSpan.FromBounds(item.SpanStart, comma.Span.End);
        TextSpan between = isLast ? TextSpan.FromBounds(comma.Span.End, item.SpanStart) : TextSpan.FromBounds(item.Span.End, comma.SpanStart);

        if (HasDirective(document.Text.ToString(between)))
        {
            return [new(item.Span, ""), new(comma.Span, "")];
        }

        // The next item comes in its place, unless there is more than space before it.
        string next = isLast ? "" : document.Text.ToString(TextSpan.FromBounds(comma.Span.End, items[index + 1].SpanStart));
        int space = string.IsNullOrWhiteSpace(next) ? next.Length : 0;

        return [new(new TextSpan(whole.Start, whole.Length + space), "")];
    }

    private static bool HasDirective(string text) => text.Split('\n').Any(static line => line.TrimStart().StartsWith("#", StringComparison.Ordinal));

    public static TextChange Insert(int position, string text) => new(new TextSpan(position, 0), text);

    private static TextChange Delete(int start, int end) => new(TextSpan.FromBounds(start, end), "");

    /// <summary>What separates attribute lists here: a line break with the list's indentation, or a space.</summary>
    private static string Separator(FixedDocument document, AttributeListSyntax list)
    {
        TextLine line = document.Text.Lines.GetLineFromPosition(list.SpanStart);
        SyntaxToken next = list.GetLastToken().GetNextToken();

        if (document.Text.Lines.GetLineFromPosition(next.SpanStart).LineNumber == document.Text.Lines.GetLineFromPosition(list.Span.End).LineNumber)
        {
            return " ";
        }

        string text = document.Text.ToString(TextSpan.FromBounds(line.Start, line.EndIncludingLineBreak));
        string lineBreak = text.EndsWith("\r\n", StringComparison.Ordinal) ? "\r\n" : "\n";

        return lineBreak + text.Substring(0, text.Length - text.TrimStart().Length);
    }
}
