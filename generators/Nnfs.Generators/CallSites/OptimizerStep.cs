using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Nnfs.Generators.Diagnostics;
using Nnfs.Generators.Models;

namespace Nnfs.Generators.CallSites;

/// <summary>The steps of optimizers: parameters and gradients are spans of one type and one length, so nothing else tells that they are swapped.</summary>
internal static class OptimizerStep
{
    private const string Gradients = "Gradients";

    /// <summary>Whether a call is a step of an optimizer that takes parameters and gradients.</summary>
    public static bool HasName(IInvocationOperation invocation) =>
        invocation.TargetMethod is { Name: "Step", ContainingType.Name: "Optimizer", Parameters: [{ Name: "parameters" }, { Name: "gradients" }] } method
        && method.ContainingType.IsOfLibrary();

    /// <summary>Reports parameters that are certain to be gradients, with gradients that are certain to be parameters.</summary>
    public static void Check(
        IInvocationOperation step,
        NetworkShapes shapes,
        LocalUses locals,
        ValueFlow flow,
        Action<Diagnostic> report,
        CancellationToken cancellationToken)
    {
        if (ArgumentOf("parameters") is not { } parameters
            || ArgumentOf("gradients") is not { } gradients
            || locals.Origin(parameters.Value) is not IPropertyReferenceOperation { Property: { Name: Gradients } given }
            || locals.Origin(gradients.Value) is not IPropertyReferenceOperation { Property: { Name: GeneratedMembers.Parameters } swapped }
            || !IsOfWorkspace(given.ContainingType)
            || !IsOfNetwork(swapped.ContainingType)
            || new CallSurroundings(step, flow).KeepFromRunning())
        {
            return;
        }

        report(Diagnostic.Create(
            DiagnosticDescriptors.StepSwapped,
            NetworkCall.LocationOf(parameters),
            [NetworkCall.LocationOf(gradients)],
            TextOf(parameters),
            TextOf(gradients)));

        IArgumentOperation? ArgumentOf(string name) => step.Arguments.FirstOrDefault(argument => argument.Parameter?.Name == name);

        bool IsNetwork(INamedTypeSymbol? type) => type is not null && shapes.Of(type, cancellationToken) is not null;

        bool IsOfWorkspace(INamedTypeSymbol type) => (type.Name == "IWorkspace" && type.IsOfLibrary()) || IsNetwork(type.ContainingType);

        bool IsOfNetwork(INamedTypeSymbol type) => (type.Name == "INetworkModel" && type.IsOfLibrary()) || IsNetwork(type);
    }

    private static string TextOf(IArgumentOperation argument) => argument.Value.Syntax.ToString();
}
