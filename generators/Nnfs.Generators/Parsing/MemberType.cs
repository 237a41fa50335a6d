using Microsoft.CodeAnalysis;
using Nnfs.Generators.Models;

namespace Nnfs.Generators.Parsing;

/// <summary>The type of a feature or label, taken apart.</summary>
/// <param name="Kind">What it is, or each element of an array is.</param>
/// <param name="Element">The type without <see cref="Nullable{T}"/>, or that of the elements of an array.</param>
/// <param name="IsNullable">Whether it may be missing.</param>
/// <param name="IsArray">Whether it is an array of numbers.</param>
/// <param name="IsImmutableArray">Whether that array is an immutable one.</param>
internal sealed record MemberType(MemberKind Kind, INamedTypeSymbol Element, bool IsNullable, bool IsArray, bool IsImmutableArray)
{
    /// <summary>Takes a type apart; <see langword="null"/> where it can be neither a feature nor a label.</summary>
    public static MemberType? Of(ITypeSymbol type)
    {
        if (type is IArrayTypeSymbol array)
        {
            return array.IsSZArray && NumberOf(array.ElementType) is { } number
                ? new MemberType(MemberKind.Number, number, array.NullableAnnotation == NullableAnnotation.Annotated, IsArray: true, IsImmutableArray: false)
                : null;
        }

        if (type is not INamedTypeSymbol named)
        {
            return null;
        }

        bool isNullable = named is { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T, TypeArguments.Length: 1 };

        if (isNullable)
        {
            if (named.TypeArguments[0] is not INamedTypeSymbol value)
            {
                return null;
            }

            named = value;
        }

        if (named is { Name: "ImmutableArray", Arity: 1 } && IsIn(named, "System.Collections.Immutable"))
        {
            return NumberOf(named.TypeArguments[0]) is { } number
                ? new MemberType(MemberKind.Number, number, isNullable, IsArray: true, IsImmutableArray: true)
                : null;
        }

        return KindOf(named) is { } kind ? new MemberType(kind, named, isNullable, IsArray: false, IsImmutableArray: false) : null;
    }

    private static INamedTypeSymbol? NumberOf(ITypeSymbol type) =>
        type is INamedTypeSymbol named && KindOf(named) == MemberKind.Number ? named : null;

    private static MemberKind? KindOf(INamedTypeSymbol type) => type switch
    {
        { TypeKind: TypeKind.Enum } => MemberKind.Enum,
        { SpecialType: SpecialType.System_Boolean } => MemberKind.Boolean,
        { SpecialType: SpecialType.System_DateTime } => MemberKind.DateTime,
        {
            SpecialType: SpecialType.System_SByte or SpecialType.System_Byte or SpecialType.System_Int16 or SpecialType.System_UInt16
                or SpecialType.System_Int32 or SpecialType.System_UInt32 or SpecialType.System_Int64 or SpecialType.System_UInt64
                or SpecialType.System_Single or SpecialType.System_Double or SpecialType.System_Decimal
        } => MemberKind.Number,
        _ when type.Arity > 0 || !IsIn(type, KnownNames.SystemNamespace) => null,
        { Name: "Half" or "Int128" or "UInt128" } => MemberKind.Number,
        { Name: "DateOnly" } => MemberKind.DateOnly,
        { Name: "DateTimeOffset" } => MemberKind.DateTimeOffset,
        { Name: "TimeOnly" } => MemberKind.TimeOnly,
        _ => null,
    };

    private static bool IsIn(INamedTypeSymbol type, string space) => type.ContainingType is null && type.ContainingNamespace.ToDisplayString() == space;
}
