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

        return
        [
            .. tree.GetRoot().DescendantNodes().OfType<ClassDeclarationSyntax>()
                .Select(declaration => (Declaration: declaration, Type: model.GetDeclaredSymbol(declaration)!))
                .Where(static found => found.Type.GetAttributes().Any(static attribute => attribute.AttributeClass?.Name == nameof(NetworkAttribute)))
                .DistinctBy<(ClassDeclarationSyntax Declaration, INamedTypeSymbol Type), ISymbol>(static found => found.Type, SymbolEqualityComparer.Default)
                .Select(static found => new DeclaredNetwork(
                    NameOf(found.Type), Constant(found.Type, "InputSize"), Constant(found.Type, "OutputSize"), found.Declaration.ToString())),
        ];
    }

    private static int Constant(INamedTypeSymbol type, string name) =>
        type.GetMembers(name).OfType<IFieldSymbol>().FirstOrDefault() is { ConstantValue: int value } ? value : 0;

    private static string NameOf(INamedTypeSymbol type) => type switch
    {
        { ContainingType: { } outer } => $"{NameOf(outer)}+{type.MetadataName}",
        { ContainingNamespace.IsGlobalNamespace: false } => $"{type.ContainingNamespace.ToDisplayString()}.{type.MetadataName}",
        _ => type.MetadataName,
    };
}
