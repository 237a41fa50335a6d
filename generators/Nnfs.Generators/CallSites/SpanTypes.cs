using Microsoft.CodeAnalysis;
using Nnfs.Generators.Parsing;

namespace Nnfs.Generators.CallSites;

/// <summary>Knows the types that hold values in a row: arrays, <c>Span&lt;T&gt;</c> and <c>ReadOnlySpan&lt;T&gt;</c>.</summary>
internal static class SpanTypes
{
    public static bool IsArray(this ITypeSymbol? type) => type is IArrayTypeSymbol { Rank: 1 };

    public static bool IsSpan(this ITypeSymbol? type) => type is INamedTypeSymbol { Name: "Span", Arity: 1 } && IsInSystem(type);

    public static bool IsReadOnlySpan(this ITypeSymbol? type) => type is INamedTypeSymbol { Name: "ReadOnlySpan", Arity: 1 } && IsInSystem(type);

    public static bool IsArrayOrSpan(this ITypeSymbol? type) => type.IsArray() || type.IsSpan() || type.IsReadOnlySpan();

    public static bool IsSpanOf(this ITypeSymbol type, SpecialType element, bool isReadOnly) =>
        (isReadOnly ? type.IsReadOnlySpan() : type.IsSpan()) && ((INamedTypeSymbol)type).TypeArguments[0].SpecialType == element;

    /// <summary>Whether a type is directly in the namespace <c>System</c>.</summary>
    public static bool IsInSystem(this ITypeSymbol type) =>
        type is { ContainingType: null, ContainingNamespace: { Name: "System", ContainingNamespace.IsGlobalNamespace: true } };

    /// <summary>Whether a type is directly in this project's namespace.</summary>
    public static bool IsOfLibrary(this ITypeSymbol? type) =>
        type is { ContainingType: null, ContainingNamespace: { Name: KnownNames.Namespace, ContainingNamespace.IsGlobalNamespace: true } };
}
