using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Nnfs.Generators.Diagnostics;
using Nnfs.Generators.Models;

namespace Nnfs.Generators.Parsing;

/// <summary>
/// Finds the user's members that meet generated ones. A collision within the class is an error, and the generated member gets
/// another name, so that the rest of the class compiles; one that hides an inherited member says so.
/// </summary>
internal static class MemberConflicts
{
    public static ImmutableArray<MemberConflict> Find(
        INamedTypeSymbol type,
        AttributeData network,
        NetworkSpec spec,
        ProblemReporter problems,
        CancellationToken cancellationToken)
    {
        // Nearly no network has any, and this runs at every keystroke.
        List<MemberConflict>? conflicts = null;
        HashSet<ISymbol>? reported = null;

        foreach (string name in GeneratedMembers.Private)
        {
            if (type.FindMember(name) is not null)
            {
                (conflicts ??= []).Add(new MemberConflict(name, Parameters: null, UnusedName(type, name), Modifier: null));
            }
        }

        foreach (GeneratedMember member in GeneratedMembers.Of(spec))
        {
            MemberConflict? own = null;

            foreach (ISymbol other in type.GetMembers(member.Name))
            {
                if (other.IsImplicitlyDeclared || other.IsGenerated() || !Collide(type, member, other, cancellationToken))
                {
                    continue;
                }

                bool isOverload = member.Parameters is not null && other is IMethodSymbol;
                own = new MemberConflict(member.Name, isOverload ? member.Signature : null, UnusedName(type, member.Name), Modifier: null);

                if ((reported ??= new(SymbolEqualityComparer.Default)).Add(other))
                {
                    problems.Report(
                        DiagnosticDescriptors.InvalidName,
                        other.Locations[0],
                        network.Location(cancellationToken),
                        "member",
                        member.Name,
                        isOverload ? "has the name and the parameters of a generated method" : "has the name of a generated member");
                }
            }

            if ((own ?? HiddenMember(type, member, cancellationToken)) is { } conflict && conflicts?.Contains(conflict) != true)
            {
                (conflicts ??= []).Add(conflict);
            }
        }

        return conflicts is null ? [] : [.. conflicts];
    }

    /// <summary>The name with as many underscores as it takes to be one that nothing else has.</summary>
    public static string UnusedName(INamedTypeSymbol type, string name)
    {
        while (type.FindMember(name) is not null)
        {
            name += "_";
        }

        return name;
    }

    /// <summary>Whether a class cannot have both: any two members of one name, except for methods that differ in their parameters.</summary>
    private static bool Collide(INamedTypeSymbol type, GeneratedMember member, ISymbol other, CancellationToken cancellationToken)
    {
        if (member.Parameters is null || other is not IMethodSymbol method)
        {
            // Types may differ in their number of type parameters.
            return member.Name != GeneratedMembers.Workspace || other is not INamedTypeSymbol { Arity: > 0 };
        }

        if (method.Arity > 0 || method.Parameters.Length != member.Parameters.Length)
        {
            return false;
        }

        for (int i = 0; i < member.Parameters.Length; i++)
        {
            if (!IsSame(type, method.Parameters[i], member.Parameters[i], cancellationToken))
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsSame(INamedTypeSymbol type, IParameterSymbol parameter, string generated, CancellationToken cancellationToken)
    {
        if (parameter.RefKind != RefKind.None)
        {
            return false;
        }

        return generated == GeneratedMembers.Workspace
            ? IsWorkspace(type, parameter, cancellationToken)
            : parameter.Type.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat) == generated;
    }

    /// <summary>
    /// Whether a parameter takes the generated workspace. Its syntax tells, because the generator runs before that type exists. A
    /// workspace of the user's own is another type.
    /// </summary>
    private static bool IsWorkspace(INamedTypeSymbol type, IParameterSymbol parameter, CancellationToken cancellationToken)
    {
        if (parameter.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(cancellationToken) is not ParameterSyntax syntax
            || type.GetTypeMembers(GeneratedMembers.Workspace).Any(static own => !own.IsGenerated()))
        {
            return false;
        }

        TypeSyntax? written = syntax.Type is NullableTypeSyntax nullable ? nullable.ElementType : syntax.Type;

        return written switch
        {
            IdentifierNameSyntax name => name.Identifier.ValueText == GeneratedMembers.Workspace,
            QualifiedNameSyntax { Left: SimpleNameSyntax left, Right: IdentifierNameSyntax right } =>
                left.Identifier.ValueText == type.Name && right.Identifier.ValueText == GeneratedMembers.Workspace,
            QualifiedNameSyntax { Left: QualifiedNameSyntax left, Right: IdentifierNameSyntax right } =>
                left.Right.Identifier.ValueText == type.Name && right.Identifier.ValueText == GeneratedMembers.Workspace,
            _ => false,
        };
    }

    /// <summary>What a generated member needs where it hides an inherited one, so that the compiler does not warn of it.</summary>
    private static MemberConflict? HiddenMember(INamedTypeSymbol type, GeneratedMember member, CancellationToken cancellationToken)
    {
        for (INamedTypeSymbol? current = type.BaseType; current is not null; current = current.BaseType)
        {
            foreach (ISymbol other in current.GetMembers(member.Name))
            {
                // A type with type parameters is no other's twin for those that derive from its class.
                if (!IsInherited(type, other) || other is INamedTypeSymbol { Arity: > 0 } || !Collide(type, member, other, cancellationToken))
                {
                    continue;
                }

                bool isOverridden = other.IsAbstract
                    && member.Name is GeneratedMembers.Predict or GeneratedMembers.InitializeParameters or GeneratedMembers.Parameters;

                return new MemberConflict(member.Name, member.Signature, NewName: null, isOverridden ? "override" : "new");
            }
        }

        return null;
    }

    private static bool IsInherited(INamedTypeSymbol type, ISymbol member) => member.DeclaredAccessibility switch
    {
        Accessibility.Private => false,
        Accessibility.Internal or Accessibility.ProtectedAndInternal =>
            SymbolEqualityComparer.Default.Equals(member.ContainingAssembly, type.ContainingAssembly),
        _ => true,
    };
}
