using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Nnfs.Generators.CallSites;

/// <summary>Operators of C# on values that the compiler knows, or does not: <see langword="null"/> is one that it does not.</summary>
internal static class KnownArithmetic
{
    /// <summary>The result of an operator; <see langword="null"/> for another operator, where it would throw, and where it could overflow.</summary>
    public static long? Compute(BinaryOperatorKind kind, long left, long right)
    {
        // Operands beyond an int could overflow even a long.
        if (left is < int.MinValue or > int.MaxValue || right is < int.MinValue or > int.MaxValue)
        {
            return null;
        }

        return kind switch
        {
            BinaryOperatorKind.Add => left + right,
            BinaryOperatorKind.Subtract => left - right,
            BinaryOperatorKind.Multiply => left * right,
            BinaryOperatorKind.Divide when right != 0 => left / right,
            BinaryOperatorKind.Remainder when right != 0 => left % right,
            _ => null,
        };
    }

    /// <summary>Whether both hold.</summary>
    public static bool? And(bool? left, bool? right) => left == false || right == false ? false : left is null || right is null ? null : true;

    /// <summary>Whether a comparison holds; <see langword="null"/> for another operator.</summary>
    public static bool? Compare(BinaryOperatorKind kind, long left, long right) => kind switch
    {
        BinaryOperatorKind.Equals => left == right,
        BinaryOperatorKind.NotEquals => left != right,
        BinaryOperatorKind.LessThan => left < right,
        BinaryOperatorKind.LessThanOrEqual => left <= right,
        BinaryOperatorKind.GreaterThan => left > right,
        BinaryOperatorKind.GreaterThanOrEqual => left >= right,
        _ => null,
    };

    /// <summary>Whether a type of whole numbers can hold a value; of those whose size depends on the machine, the smaller.</summary>
    public static bool Fits(long value, ITypeSymbol? type) => type?.SpecialType switch
    {
        SpecialType.System_Int32 => value is >= int.MinValue and <= int.MaxValue,
        SpecialType.System_UInt32 => value is >= 0 and <= uint.MaxValue,
        SpecialType.System_Int64 => true,
        SpecialType.System_Int16 => value is >= short.MinValue and <= short.MaxValue,
        SpecialType.System_UInt16 => value is >= 0 and <= ushort.MaxValue,
        SpecialType.System_Byte => value is >= 0 and <= byte.MaxValue,
        SpecialType.System_SByte => value is >= sbyte.MinValue and <= sbyte.MaxValue,
        SpecialType.System_IntPtr => value is >= int.MinValue and <= int.MaxValue,
        _ => false,
    };
}
