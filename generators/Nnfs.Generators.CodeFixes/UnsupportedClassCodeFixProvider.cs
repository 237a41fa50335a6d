using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using Nnfs.Generators.Diagnostics;
using Nnfs.Generators.Parsing;

namespace Nnfs.Generators.CodeFixes;

/// <summary>NNFS009: takes away the modifier, or the word <c>record</c>, that keeps a class from being a network.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
[Shared]
public sealed class UnsupportedClassCodeFixProvider : TextCodeFixProvider
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [DiagnosticDescriptors.UnsupportedClass.Id];

    /// <summary>The modifiers that a network cannot have.</summary>
    private static readonly SyntaxKind[] s_modifiers = [SyntaxKind.StaticKeyword, SyntaxKind.AbstractKeyword, SyntaxKind.FileKeyword];

    private protected override IEnumerable<TextFix> FindFixes(FixedDocument document, Diagnostic diagnostic, TextSpan place)
    {
        if (document.Root.FindToken(place.Start).Parent is not TypeDeclarationSyntax declaration
            || document.Model.GetDeclaredSymbol(declaration, document.Cancellation) is not { } type)
        {
            yield break;
        }

        // Each declaration of a class may state it.
        List<TypeDeclarationSyntax> all = [.. type.Declarations(document.Cancellation)];

        if (all.Exists(part => part.SyntaxTree != declaration.SyntaxTree))
        {
            yield break;
        }

        foreach (SyntaxKind kind in s_modifiers)
        {
            List<SyntaxToken> modifiers = [.. all.SelectMany(static part => part.Modifiers).Where(modifier => modifier.IsKind(kind))];

            if (modifiers.Count > 0)
            {
                string word = SyntaxFacts.GetText(kind);
                yield return new TextFix($"Remove '{word}'", "Remove" + word, modifiers.Select(static modifier => Remove(modifier)));

                yield break;
            }
        }

        if (all.TrueForAll(static part => part is RecordDeclarationSyntax { ParameterList: null, RawKind: (int)SyntaxKind.RecordDeclaration }))
        {
            yield return new TextFix($"Make '{type.Name}' a class", "MakeClass", all.Cast<RecordDeclarationSyntax>().Select(static record =>
                record.ClassOrStructKeyword.IsKind(SyntaxKind.ClassKeyword) ? Remove(record.Keyword) : new TextChange(record.Keyword.Span, "class")));
        }
    }

    /// <summary>Removes a word with the space after it, but with nothing else.</summary>
    private static TextChange Remove(SyntaxToken word)
    {
        SyntaxTrivia space = word.TrailingTrivia.Count > 0 ? word.TrailingTrivia[0] : default;

        return new TextChange(new TextSpan(word.SpanStart, word.Span.Length + (space.IsKind(SyntaxKind.WhitespaceTrivia) ? space.Span.Length : 0)), "");
    }
}
