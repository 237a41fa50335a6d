using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace Nnfs.Generators.CallSites;

/// <summary>Knows the operations that make arrays and spans, and spans of spans.</summary>
internal static class SpanOperations
{
    /// <summary>Whether it is a <see langword="stackalloc"/>, for which the compiler has no operation of its own.</summary>
    public static bool IsStackAllocation(this IOperation operation) =>
        operation is { Kind: OperationKind.None, Syntax: StackAllocArrayCreationExpressionSyntax or ImplicitStackAllocArrayCreationExpressionSyntax };

    /// <summary>Whether it is an <c>AsSpan</c> of an array.</summary>
    public static bool IsAsSpan(this IInvocationOperation invocation) =>
        invocation is { Instance: null, TargetMethod: { Name: "AsSpan", ContainingType.Name: "MemoryExtensions" } method, Arguments.IsEmpty: false }
        && method.ContainingType.IsInSystem()
        && method.Parameters[0].Type.IsArray();

    /// <summary>Whether it is a <c>Slice</c> of a span.</summary>
    public static bool IsSlice(this IInvocationOperation invocation) =>
        invocation is { Instance: not null, TargetMethod: { Name: "Slice" } method } && IsOfSpan(method);

    /// <summary>Whether it is a span's <c>ToArray</c>.</summary>
    public static bool IsToArray(this IInvocationOperation invocation) =>
        invocation is { Instance: not null, TargetMethod: { Name: "ToArray" } method } && IsOfSpan(method);

    /// <summary>Whether it is <c>Array.Empty</c>.</summary>
    public static bool IsEmptyArray(this IInvocationOperation invocation) =>
        invocation.TargetMethod is { IsStatic: true, Name: "Empty", ContainingType.SpecialType: SpecialType.System_Array };

    /// <summary>Whether a member is one of a span itself.</summary>
    public static bool IsOfSpan(ISymbol member) => member.ContainingType.IsSpan() || member.ContainingType.IsReadOnlySpan();
}
