using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Nnfs.Generators.Models;

namespace Nnfs.Generators.Parsing;

/// <summary>Questions that the parser asks of symbols.</summary>
internal static class SymbolExtensions
{
    /// <summary>
    /// Whether a member is in a file that this generator wrote. The analyzer sees such members; the generator, which runs
    /// before they exist, does not, and the two must come to the same result.
    /// </summary>
    public static bool IsGenerated(this ISymbol symbol) =>
        symbol.DeclaringSyntaxReferences.Length > 0 &&
        symbol.DeclaringSyntaxReferences.All(static reference => reference.SyntaxTree.FilePath.Contains(typeof(NetworkGenerator).FullName!));

    /// <summary>Whether it is the method that a network without a meaning has: it throws, whatever is constructed.</summary>
    public static bool IsRefusal(this ISymbol symbol) => symbol.Name.TrimEnd('_') == GeneratedMembers.Refuse;

    /// <summary>The member of that name that the user wrote or the class inherits.</summary>
    public static ISymbol? FindMember(this INamedTypeSymbol type, string name)
    {
        // A network in a referenced assembly has compiled: nothing tells its generated members from others, and no other is in the way.
        if (type.DeclaringSyntaxReferences.IsEmpty)
        {
            return null;
        }

        for (INamedTypeSymbol? current = type; current is not null; current = current.BaseType)
        {
            foreach (ISymbol member in current.GetMembers(name))
            {
                if (!member.IsGenerated())
                {
                    return member;
                }
            }
        }

        return null;
    }

    /// <summary>The declarations of a type that the user wrote.</summary>
    public static IEnumerable<TypeDeclarationSyntax> Declarations(this INamedTypeSymbol type, CancellationToken cancellationToken) =>
        type.DeclaringSyntaxReferences
            .Select(reference => reference.GetSyntax(cancellationToken))
            .OfType<TypeDeclarationSyntax>()
            .Where(static declaration => !declaration.SyntaxTree.FilePath.Contains(typeof(NetworkGenerator).FullName!));
}
