using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using Nnfs.Generators.Models;
using Nnfs.Generators.Parsing;

namespace Nnfs.Generators.CallSites;

/// <summary>
/// A call whose arguments must hold what a network takes: of a method that the generator wrote, or of one of the library's own that trains or evaluates it.
/// </summary>
/// <param name="Operation">The call.</param>
/// <param name="Arguments">Its arguments.</param>
/// <param name="Title">What messages call it.</param>
/// <param name="Method">The name of the method.</param>
/// <param name="Network">The network that is called.</param>
/// <param name="Parameters">What its parameters for samples must hold, except for the workspace.</param>
internal sealed record NetworkCall(
    IOperation Operation,
    ImmutableArray<IArgumentOperation> Arguments,
    string Title,
    string Method,
    NetworkShape Network,
    ImmutableArray<PortShape> Parameters)
{
    /// <summary>The parameter that takes inputs as whole numbers.</summary>
    public const string Indices = "indices";

    /// <summary>Whether a call could be one of a network, by the name of the method alone.</summary>
    public static bool HasNetworkName(string method) => GeneratedMembers.IsCalledWithSamples(method) || IsOfLibrary(method);

    /// <summary>Whether it is the name of a method of the library that trains or evaluates a network.</summary>
    public static bool IsOfLibrary(string method) => method is "Train" or "Resume" or "Evaluate" or "EvaluateOutputs";

    /// <summary>The call of a network; <see langword="null"/> for any other call.</summary>
    public static NetworkCall? Read(IInvocationOperation invocation, NetworkShapes shapes, CancellationToken cancellationToken)
    {
        IMethodSymbol method = invocation.TargetMethod;

        if (IsOfLibrary(method.Name))
        {
            return ReadOfLibrary(invocation, shapes, cancellationToken);
        }

        if (method is { Name: GeneratedMembers.CreateDataset, IsStatic: true })
        {
            return ReadDatasetCreation(invocation, shapes, cancellationToken);
        }

        if (!HasNetworkName(method.Name) || invocation.Instance is not { } instance || instance.Syntax is BaseExpressionSyntax)
        {
            return null;
        }

        // A class that derives from a network may mean something else by its inputs.
        if (!SymbolEqualityComparer.Default.Equals(instance.Type, method.ContainingType)
            || shapes.Of(method.ContainingType, cancellationToken) is not { } shape)
        {
            return null;
        }

        bool isGenerated = method.DeclaringSyntaxReferences.IsEmpty || method.IsGenerated();

        return isGenerated && GeneratedParameters(method, shape) is { } parameters ? Of(invocation, shape, parameters) : null;
    }

    private static NetworkCall Of(IInvocationOperation invocation, NetworkShape shape, ImmutableArray<PortShape> parameters) => new(
        invocation, invocation.Arguments, $"{shape.Name}.{invocation.TargetMethod.Name}", invocation.TargetMethod.Name, shape, parameters);

    /// <summary>The call of a method that trains or evaluates any network with a loss.</summary>
    private static NetworkCall? ReadOfLibrary(IInvocationOperation invocation, NetworkShapes shapes, CancellationToken cancellationToken)
    {
        IMethodSymbol method = invocation.TargetMethod;

        if (!method.IsExtensionMethod
            || !method.ContainingType.IsOfLibrary()
            || method.TypeArguments.FirstOrDefault() is not INamedTypeSymbol network
            || shapes.Of(network, cancellationToken) is not { } shape)
        {
            return null;
        }

        if (shape.HasNamedPorts)
        {
            return Of(invocation, shape, []);
        }

        ImmutableArray<PortShape>.Builder parameters = ImmutableArray.CreateBuilder<PortShape>();

        foreach (IParameterSymbol parameter in method.Parameters)
        {
            if (parameter.Name is "features" or Indices)
            {
                parameters.Add(shape.Inputs[0] with { Parameter = parameter.Name });
            }
            else if (shape.Targets.SelectMany(static targets => targets).FirstOrDefault(target => target.Parameter == parameter.Name) is { } told)
            {
                parameters.Add(told);
            }
        }

        return Of(invocation, shape, parameters.ToImmutable());
    }

    /// <summary>The call of the method that makes a data set for a network with several inputs or outputs.</summary>
    private static NetworkCall? ReadDatasetCreation(IInvocationOperation invocation, NetworkShapes shapes, CancellationToken cancellationToken)
    {
        IMethodSymbol method = invocation.TargetMethod;
        bool isGenerated = method.DeclaringSyntaxReferences.IsEmpty || method.IsGenerated();

        if (!isGenerated || shapes.Of(method.ContainingType, cancellationToken) is not { HasNamedPorts: true, HasLoss: true } shape)
        {
            return null;
        }

        ImmutableArray<PortShape> parameters = shape.Inputs.AddRange(shape.Targets[0]);

        return Takes(method.Parameters, parameters) ? Of(invocation, shape, parameters) : null;
    }

    /// <summary>The argument for a parameter; <see langword="null"/> where the method has none of that name.</summary>
    public IArgumentOperation? Argument(string parameter)
    {
        foreach (IArgumentOperation argument in Arguments)
        {
            if (argument.Parameter?.Name == parameter)
            {
                return argument;
            }
        }

        return null;
    }

    /// <summary>Where the value of an argument is in the source, with the parentheses around it.</summary>
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
    /// The parameters for samples of the generated method that a method is; <see langword="null"/> where it is none. In a referenced assembly
    /// names and types are all there is to know it by; an overload of the user's with the same parameters would have been the same method.
    /// </summary>
    private static ImmutableArray<PortShape>? GeneratedParameters(IMethodSymbol method, NetworkShape shape)
    {
        if (method.IsStatic || method.Arity > 0)
        {
            return null;
        }

        ImmutableArray<IParameterSymbol> parameters = method.Parameters;

        switch (method.Name)
        {
            case GeneratedMembers.CreateWorkspace:
                return parameters.All(static parameter => parameter.Type.SpecialType == SpecialType.System_Int32)
                    && parameters is [{ Name: "batchSize" }] or [{ Name: "batchSize" }, { Name: "threads" }] ? [] : null;

            case GeneratedMembers.Classify when !shape.Classified.IsEmpty:
                return Takes(parameters, shape.Classified) ? shape.Classified : null;

            case GeneratedMembers.Predict:
                ImmutableArray<PortShape> all = shape.Inputs.AddRange(shape.Outputs);

                return Takes(parameters, all) ? all : null;
        }

        if (parameters.IsEmpty || !IsWorkspace(parameters[parameters.Length - 1]))
        {
            return null;
        }

        parameters = parameters.RemoveAt(parameters.Length - 1);

        if (method.Name == GeneratedMembers.Forward && Takes(parameters, shape.Inputs))
        {
            return shape.Inputs;
        }

        if (method.Name == GeneratedMembers.BackwardFrom)
        {
            ImmutableArray<PortShape> given = shape.Inputs.AddRange(shape.Gradients);

            return Takes(parameters, given) ? given : null;
        }

        if (shape.HasLoss || method.Name == GeneratedMembers.Backward)
        {
            foreach (ImmutableArray<PortShape> targets in shape.Targets)
            {
                if (Takes(parameters, shape.Inputs.AddRange(targets)))
                {
                    return shape.Inputs.AddRange(targets);
                }
            }
        }

        return null;
    }

    private static bool Takes(ImmutableArray<IParameterSymbol> parameters, ImmutableArray<PortShape> shapes)
    {
        if (parameters.Length != shapes.Length)
        {
            return false;
        }

        for (int i = 0; i < parameters.Length; i++)
        {
            SpecialType element = shapes[i].Element == ElementType.Integer ? SpecialType.System_Int32 : SpecialType.System_Single;

            if (parameters[i].Name != shapes[i].Parameter || !parameters[i].Type.IsSpanOf(element, isReadOnly: !shapes[i].IsWritten))
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsWorkspace(IParameterSymbol parameter) => parameter is { Name: "workspace", Type.Name: "Workspace" };
}
