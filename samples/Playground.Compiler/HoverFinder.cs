using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Playground.Compiler;

/// <summary>Finds out what a name in the text means.</summary>
internal static class HoverFinder
{
    private const string Suffix = "Attribute";

    private static readonly SymbolDisplayFormat s_format = SymbolDisplayFormat.MinimallyQualifiedFormat
        .WithMemberOptions(SymbolDisplayFormat.MinimallyQualifiedFormat.MemberOptions & ~SymbolDisplayMemberOptions.IncludeContainingType);

    /// <summary>What is shown over a character, or nothing.</summary>
    /// <param name="model">What the syntax means.</param>
    /// <param name="position">The place of the character.</param>
    public static Hover? Find(SemanticModel model, int position)
    {
        SyntaxNode root = model.SyntaxTree.GetRoot();

        if (position < 0 || position >= root.FullSpan.End)
        {
            return null;
        }

        SyntaxToken token = root.FindToken(position);

        if (!token.IsKind(SyntaxKind.IdentifierToken) || !token.Span.Contains(position) || token.Parent is not { } node)
        {
            return null;
        }

        SymbolInfo info = model.GetSymbolInfo(node);
        ISymbol? symbol = model.GetDeclaredSymbol(node) ?? info.Symbol ?? (info.CandidateSymbols is [ISymbol candidate, ..] ? candidate : null);

        return symbol is null ? null : new Hover(token.SpanStart, token.Span.Length, SignatureOf(symbol), DocumentationOf(symbol));
    }

    /// <summary>An attribute is shown as it is written.</summary>
    private static string SignatureOf(ISymbol symbol)
    {
        if (!IsConstructorOfAttribute(symbol))
        {
            return symbol is INamedTypeSymbol { TypeKind: var kind } type
                ? $"{(type.IsRecord ? "record" : kind.ToString().ToLowerInvariant())} {type.ToDisplayString(s_format)}"
                : symbol.ToDisplayString(s_format);
        }

        string name = symbol.ContainingType.Name;
        string parameters = string.Join(", ", ((IMethodSymbol)symbol).Parameters.Select(static parameter => parameter.ToDisplayString(s_format)));
        name = name.EndsWith(Suffix, StringComparison.Ordinal) ? name[..^Suffix.Length] : name;

        return parameters.Length > 0 ? $"[{name}({parameters})]" : $"[{name}]";
    }

    private static string DocumentationOf(ISymbol symbol)
    {
        string own = DocumentationText.Of(symbol.GetDocumentationCommentXml());

        // What a layer computes is said of its attribute; of a constructor, what its parameters are.
        return IsConstructorOfAttribute(symbol)
            ? $"{DocumentationText.Of(symbol.ContainingType.GetDocumentationCommentXml())}\n{own}".Trim('\n')
            : own;
    }

    private static bool IsConstructorOfAttribute(ISymbol symbol) => symbol is IMethodSymbol
    {
        MethodKind: MethodKind.Constructor,
        ContainingType.BaseType: { Name: not nameof(Object) },
    } && Bases(symbol.ContainingType).Any(static type => type is { Name: nameof(Attribute), ContainingNamespace.Name: nameof(System) });

    private static IEnumerable<INamedTypeSymbol> Bases(INamedTypeSymbol type)
    {
        for (INamedTypeSymbol? current = type.BaseType; current is not null; current = current.BaseType)
        {
            yield return current;
        }
    }
}
