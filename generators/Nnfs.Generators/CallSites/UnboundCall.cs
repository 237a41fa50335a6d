using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using Nnfs.Generators.Diagnostics;
using Nnfs.Generators.Models;
using Nnfs.Generators.Parsing;

namespace Nnfs.Generators.CallSites;

/// <summary>
/// A call of a network's method that the compiler cannot resolve, for a reason that the network's declaration explains and the compiler's message does
/// not: it has no loss, several inputs, no classes.
/// </summary>
internal static class UnboundCall
{
    /// <summary>Whether it is a call of something that is called like a method of networks.</summary>
    public static bool HasName(IInvalidOperation operation) =>
        operation.Syntax is InvocationExpressionSyntax call
        && NameOf(call) is { } name
        && (NetworkCall.HasNetworkName(name.Identifier.ValueText) || IsOfStreams(name.Identifier.ValueText));

    /// <summary>Reports the reason, where there is one.</summary>
    public static void Check(IInvalidOperation operation, NetworkShapes shapes, Action<Diagnostic> report, CancellationToken cancellationToken)
    {
        InvocationExpressionSyntax call = (InvocationExpressionSyntax)operation.Syntax;
        SimpleNameSyntax name = NameOf(call)!;
        string method = name.Identifier.ValueText;

        // Of a method of the user's own the compiler says what there is to say.
        if (operation.SemanticModel is not { } model
            || ReceiverOf(call, model, cancellationToken) is not INamedTypeSymbol type
            || shapes.Of(type, cancellationToken) is not { } network
            || type.FindMember(method) is not null)
        {
            return;
        }

        ImmutableArray<ITypeSymbol?> arguments =
            [.. call.ArgumentList.Arguments.Select(argument => model.GetTypeInfo(argument.Expression, cancellationToken).Type)];

        if (network.HasLoss
            && method == GeneratedMembers.Backward
            && call.ArgumentList.Arguments.Select(static argument => argument.NameColon?.Name.Identifier.ValueText)
                .Any(static parameter => parameter?.EndsWith("Gradients", StringComparison.Ordinal) == true))
        {
            Misfits($"which has a loss: pass its targets, or call '{GeneratedMembers.BackwardFrom}' with gradients");
        }
        else if (NeedsLoss(method, arguments, network))
        {
            report(Diagnostic.Create(
                DiagnosticDescriptors.MissingLoss, name.GetLocation(), Additional(network), network.Name, Suggestions.Losses, method));
        }
        else if (Misfit(method, arguments, network) is { } reason)
        {
            Misfits(reason);
        }

        void Misfits(string reason) =>
            report(Diagnostic.Create(DiagnosticDescriptors.CallMisfits, name.GetLocation(), Additional(network), method, network.Name, reason));
    }

    private static bool NeedsLoss(string method, ImmutableArray<ITypeSymbol?> arguments, NetworkShape network)
    {
        if (network.HasLoss)
        {
            return false;
        }

        return method switch
        {
            GeneratedMembers.ForwardBackward => true,
            GeneratedMembers.Forward => arguments.Length > network.Inputs.Length + 1,
            GeneratedMembers.Backward => arguments.Any(IsOfIntegers),

            _ => NetworkCall.IsOfLibrary(method),
        };
    }

    /// <summary>Why a network takes no such call, as the end of a sentence.</summary>
    private static string? Misfit(string method, ImmutableArray<ITypeSymbol?> arguments, NetworkShape network)
    {
        if (method == GeneratedMembers.Classify)
        {
            return network.Classified.IsEmpty ? $"whose outputs are no probabilities of classes: end it with {Suggestions.Probabilities}" : null;
        }

        if (IsOfStreams(method))
        {
            return network.StreamObstacle;
        }

        if (NetworkCall.IsOfLibrary(method))
        {
            return network.HasNamedPorts ? TakesNamedDataset(network)
                : !network.HasLoss || network.TakesLabels ? null
                : arguments.Any(static type => type is { Name: "Dataset" } && type.IsOfLibrary())
                    ? $"whose loss, [{network.Losses[0]}], takes targets and no labels: pass a RegressionDataset"
                : arguments.Any(IsOfIntegers) ? TakesTargets(network) : null;
        }

        bool isPass = method is not (GeneratedMembers.Predict or GeneratedMembers.CreateWorkspace);

        if (isPass && network.HasLoss && !network.TakesLabels && arguments.Any(IsOfIntegers))
        {
            return TakesTargets(network);
        }

        return network.HasNamedPorts && method != GeneratedMembers.CreateWorkspace && !Expected(method, network).Any(list => list.Length == arguments.Length)
            ? $"which takes {string.Join(" or ", Expected(method, network).Select(static list => $"({string.Join(", ", list)})").Distinct())}"
            : null;
    }

    /// <summary>What a network with several inputs or outputs is trained and evaluated with.</summary>
    public static string TakesNamedDataset(NetworkShape network) =>
        $"which has {Count(network.Inputs.Length, "input")} and {Count(network.Outputs.Length, "output")}: pass a data set with all of them, from "
            + $"'{network.Name}.{GeneratedMembers.CreateDataset}'";

    private static bool IsOfStreams(string method) => method is GeneratedMembers.CreateStream or GeneratedMembers.CreateStreams;

    private static string TakesTargets(NetworkShape network) =>
        $"whose loss, [{network.Losses[0]}], takes no labels: pass targets, {Count(network.Outputs[0].Size, "float")} for each sample";

    /// <summary>The parameters of each overload of a generated method.</summary>
    private static IEnumerable<string[]> Expected(string method, NetworkShape network)
    {
        if (method == GeneratedMembers.Predict)
        {
            return [[.. network.Inputs.AddRange(network.Outputs).Select(static port => port.Parameter)]];
        }

        if (method == GeneratedMembers.BackwardFrom)
        {
            return [[.. network.Inputs.AddRange(network.Gradients).Select(static port => port.Parameter), "workspace"]];
        }

        IEnumerable<string[]> passes = network.Targets.Select(
            targets => (string[])[.. network.Inputs.AddRange(targets).Select(static port => port.Parameter), "workspace"]);

        return method != GeneratedMembers.Forward ? passes
            : network.HasLoss ? [[.. network.Inputs.Select(static port => port.Parameter), "workspace"], .. passes]
            : [[.. network.Inputs.Select(static port => port.Parameter), "workspace"]];
    }

    private static SimpleNameSyntax? NameOf(InvocationExpressionSyntax call) => call.Expression switch
    {
        MemberAccessExpressionSyntax access => access.Name,
        MemberBindingExpressionSyntax binding => binding.Name,
        SimpleNameSyntax name => name,
        _ => null,
    };

    private static ITypeSymbol? ReceiverOf(InvocationExpressionSyntax call, SemanticModel model, CancellationToken cancellationToken)
    {
        switch (call.Expression)
        {
            case MemberAccessExpressionSyntax access:
                return model.GetTypeInfo(access.Expression, cancellationToken).Type;

            case MemberBindingExpressionSyntax:
                ExpressionSyntax? receiver = call.Ancestors().OfType<ConditionalAccessExpressionSyntax>()
                    .FirstOrDefault(access => access.WhenNotNull.Span.Contains(call.Span))?.Expression;

                return receiver is null ? null : model.GetTypeInfo(receiver, cancellationToken).Type;

            default:
                return model.GetEnclosingSymbol(call.SpanStart, cancellationToken)?.ContainingType;
        }
    }

    private static bool IsOfIntegers(ITypeSymbol? type) => type switch
    {
        IArrayTypeSymbol array => array.ElementType.SpecialType == SpecialType.System_Int32,
        INamedTypeSymbol span when type.IsSpan() || type.IsReadOnlySpan() => span.TypeArguments[0].SpecialType == SpecialType.System_Int32,
        _ => false,
    };

    private static IEnumerable<Location> Additional(NetworkShape network) => network.Declaration is { } declaration ? [declaration] : [];

    private static string Count(int count, string unit) => count == 1 ? $"1 {unit}" : $"{count} {unit}s";
}
