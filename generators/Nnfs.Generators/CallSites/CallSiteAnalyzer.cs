using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Nnfs.Generators.Diagnostics;

namespace Nnfs.Generators.CallSites;

/// <summary>
/// Reports calls of generated networks with lengths and labels that the compiler knows and the network cannot take, calls that its declaration has no
/// method for, and spans that are given in each other's place. What might be right at run time is not reported.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class CallSiteAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } =
    [
        DiagnosticDescriptors.LengthNotTaken,
        DiagnosticDescriptors.LabelOutOfRange,
        DiagnosticDescriptors.MissingLoss,
        DiagnosticDescriptors.CallMisfits,
        DiagnosticDescriptors.StepSwapped,
        DiagnosticDescriptors.OtherTargets,
    ];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(static start =>
        {
            // A body at a time, so that what several calls share is reported once, and at its place.
            NetworkShapes shapes = new(start.Compilation);
            start.RegisterOperationBlockStartAction(body =>
            {
                BodyCalls calls = new(shapes);
                body.RegisterOperationAction(calls.Add, OperationKind.Invocation, OperationKind.ObjectCreation, OperationKind.Invalid);
                body.RegisterOperationBlockEndAction(calls.Check);
            });
        });
    }
}
