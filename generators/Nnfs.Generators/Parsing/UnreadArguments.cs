using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Nnfs.Generators.Parsing;

/// <summary>
/// Finds the arguments that the compiler could not read. Where the program compiles all the same, they depend on generated code: no generator sees
/// what another one writes, or what it writes itself.
/// </summary>
internal static class UnreadArguments
{
    /// <summary>The arguments of an attribute whose values the compiler does not know.</summary>
    public static IEnumerable<AttributeArgumentSyntax> Of(AttributeData attribute, CancellationToken cancellationToken)
    {
        if (attribute.AttributeConstructor is not null
            && !attribute.ConstructorArguments.Any(IsUnread)
            && !attribute.NamedArguments.Any(static argument => IsUnread(argument.Value)))
        {
            return [];
        }

        return attribute.Syntax(cancellationToken)?.ArgumentList?.Arguments.Where((argument, position) => IsUnread(attribute, argument, position)) ?? [];
    }

    private static bool IsUnread(AttributeData attribute, AttributeArgumentSyntax argument, int position)
    {
        if (argument.NameEquals is { } named)
        {
            return attribute.NamedConstant(named.Name.Identifier.ValueText) is not { } value || IsUnread(value);
        }

        // Without a constructor the compiler says of no argument what it is.
        if (attribute.AttributeConstructor is not { } constructor)
        {
            return argument.Expression is not LiteralExpressionSyntax;
        }

        string? name = argument.NameColon?.Name.Identifier.ValueText;
        int last = constructor.Parameters.Length - 1;
        int index = name is null ? Math.Min(position, last) : constructor.Parameters.ToList().FindIndex(parameter => parameter.Name == name);

        if (index < 0 || index >= attribute.ConstructorArguments.Length)
        {
            return false;
        }

        TypedConstant constant = attribute.ConstructorArguments[index];
        bool isElement = name is null && constructor.Parameters[index].IsParams && constant is { Kind: TypedConstantKind.Array, IsNull: false }
            && position - index < constant.Values.Length && argument.Expression is not (ArrayCreationExpressionSyntax or ImplicitArrayCreationExpressionSyntax);

        return IsUnread(isElement ? constant.Values[position - index] : constant);
    }

    private static bool IsUnread(TypedConstant constant) =>
        constant.Kind == TypedConstantKind.Error
        || (constant is { Kind: TypedConstantKind.Array, IsNull: false } && constant.Values.Any(IsUnread));
}
