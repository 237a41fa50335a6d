using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Nnfs;

namespace Playground.Compiler;

/// <summary>Finds the networks that a text declares.</summary>
internal static class DeclaredNetworks
{
    /// <summary>The networks in the order of the text.</summary>
    public static ImmutableArray<DeclaredNetwork> Find(Compilation compilation, SyntaxTree tree)
    {
        SemanticModel model = compilation.GetSemanticModel(tree);
        string types = TypesOf(tree.GetRoot());

        return
        [
            .. tree.GetRoot().DescendantNodes().OfType<ClassDeclarationSyntax>()
                .Select(declaration => model.GetDeclaredSymbol(declaration)!)
                .Where(static type => type.GetAttributes().Any(static attribute => attribute.AttributeClass?.Name == nameof(NetworkAttribute)))
                .Distinct<INamedTypeSymbol>(SymbolEqualityComparer.Default)
                .Select(type => new DeclaredNetwork(NameOf(type), Constant(type, "InputSize"), Constant(type, "OutputSize"), types)),
        ];
    }

    /// <summary>
    /// The types of a text: a network may need others, such as its samples or its sizes. A program has no room for namespaces behind its statements.
    /// </summary>
    private static string TypesOf(SyntaxNode root) => string.Join("\n\n", root.DescendantNodes(static node => node is not BaseTypeDeclarationSyntax)
        .Where(static node => node is BaseTypeDeclarationSyntax or DelegateDeclarationSyntax)
        .Select(static type => type.ToString()));

    private static int Constant(INamedTypeSymbol type, string name) =>
        type.GetMembers(name).OfType<IFieldSymbol>().FirstOrDefault() is { ConstantValue: int value } ? value : 0;

    private static string NameOf(INamedTypeSymbol type) => type switch
    {
        { ContainingType: { } outer } => $"{NameOf(outer)}+{type.MetadataName}",
        { ContainingNamespace.IsGlobalNamespace: false } => $"{type.ContainingNamespace.ToDisplayString()}.{type.MetadataName}",
        _ => type.MetadataName,
    };
}
