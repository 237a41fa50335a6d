using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using Nnfs.Generators.Parsing;

namespace Nnfs.Generators.CallSites;

/// <summary>A call of a method that the generator wrote.</summary>
/// <param name="Invocation">The call.</param>
/// <param name="Network">The network that is called.</param>
internal sealed record NetworkCall(IInvocationOperation Invocation, NetworkShape Network)
{
    public string Method => Invocation.TargetMethod.Name;

    /// <summary>Whether a call could be one of a network, by the name of the method alone.</summary>
    public static bool HasNetworkName(IInvocationOperation invocation) =>
        invocation.TargetMethod.Name is "Predict" or "Classify" or "Forward" or "Backward" or "CreateWorkspace";

    /// <summary>The call of a network; <see langword="null"/> for any other call.</summary>
    public static NetworkCall? Read(IInvocationOperation invocation, NetworkShapes shapes, CancellationToken cancellationToken)
    {
        if (!HasNetworkName(invocation) || invocation.Instance is not { } instance || instance.Syntax is BaseExpressionSyntax)
        {
            return null;
        }

        IMethodSymbol method = invocation.TargetMethod;

        // A class that derives from a network may mean something else by its inputs.
        if (!SymbolEqualityComparer.Default.Equals(instance.Type, method.ContainingType)
            || shapes.Of(method.ContainingType, cancellationToken) is not { } shape)
        {
            return null;
        }

        bool isGenerated = method.DeclaringSyntaxReferences.IsEmpty || method.IsGenerated();

        return isGenerated && HasGeneratedSignature(method, shape) ? new NetworkCall(invocation, shape) : null;
    }

    /// <summary>The argument for a parameter; <see langword="null"/> where the method has none of that name.</summary>
    public IArgumentOperation? Argument(string parameter)
    {
        foreach (IArgumentOperation argument in Invocation.Arguments)
        {
            if (argument.Parameter?.Name == parameter)
            {
                return argument;
            }
        }

        return null;
    }

    /// <summary>Where the value of an argument stands in the source, with the parentheses around it.</summary>
    public static Location LocationOf(IArgumentOperation argument)
    {
        SyntaxNode expression = (argument.Syntax as ArgumentSyntax)?.Expression ?? argument.Syntax;

        while (expression.Parent is ParenthesizedExpressionSyntax parenthesized)
        {
            expression = parenthesized;
        }

        return expression.GetLocation();
    }

    /// <summary>
    /// Whether a method has the parameters of the generated one. In a referenced assembly this is all there is to know it by; an
    /// overload of the user's with the same parameters would have been the same method.
    /// </summary>
    private static bool HasGeneratedSignature(IMethodSymbol method, NetworkShape shape)
    {
        ImmutableArray<IParameterSymbol> parameters = method.Parameters;

        if (method.IsStatic || method.Arity > 0 || parameters.IsEmpty)
        {
            return false;
        }

        IParameterSymbol first = parameters[0];

        return method.Name switch
        {
            "Predict" => parameters.Length == 2 && IsInputs(first)
                && parameters[1].Name == "outputs" && parameters[1].Type.IsSpanOf(SpecialType.System_Single, isReadOnly: false),
            "Classify" => shape.GivesProbabilities && parameters.Length == 1 && first.Name == "input" && IsFloats(first),
            "Forward" => IsInputs(first) && IsWorkspace(parameters[parameters.Length - 1])
                && (parameters.Length == 2 || (parameters.Length == 3 && IsAnswer(parameters[1], shape) && shape.HasLoss)),
            "Backward" => parameters.Length == 3 && IsInputs(first) && IsAnswer(parameters[1], shape) && IsWorkspace(parameters[2]),
            "CreateWorkspace" => parameters.Length == 1 && first is { Name: "batchSize", Type.SpecialType: SpecialType.System_Int32 },
            _ => false,
        };
    }

    private static bool IsInputs(IParameterSymbol parameter) => parameter.Name == "inputs" && IsFloats(parameter);

    private static bool IsAnswer(IParameterSymbol parameter, NetworkShape shape) => parameter.Name switch
    {
        "labels" => shape.HasLoss && parameter.Type.IsSpanOf(SpecialType.System_Int32, isReadOnly: true),
        "targets" => shape.HasLoss && IsFloats(parameter),
        "outputGradients" => !shape.HasLoss && IsFloats(parameter),
        _ => false,
    };

    private static bool IsWorkspace(IParameterSymbol parameter) => parameter is { Name: "workspace", Type.Name: "Workspace" };

    private static bool IsFloats(IParameterSymbol parameter) => parameter.Type.IsSpanOf(SpecialType.System_Single, isReadOnly: true);
}
