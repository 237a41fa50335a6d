using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using Nnfs.Generators.Diagnostics;
using Nnfs.Generators.Parsing;

namespace Nnfs.Generators.CallSites;

/// <summary>
/// Reports calls of generated networks with lengths and labels that the compiler knows and the network cannot take. What might
/// be right at run time is not reported.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class CallSiteAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } =
    [
        DiagnosticDescriptors.LengthNotTaken,
        DiagnosticDescriptors.LabelOutOfRange,
    ];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(static start =>
        {
            if (start.Compilation.GetTypesByMetadataName(KnownNames.NetworkAttributeFullName).IsEmpty)
            {
                return;
            }

            NetworkShapes shapes = new(start.Compilation);
            LocalUseTables locals = new();
            start.RegisterOperationAction(operation => Analyze(operation, shapes, locals), OperationKind.Invocation);
        });
    }

    private static void Analyze(OperationAnalysisContext context, NetworkShapes shapes, LocalUseTables locals)
    {
        IInvocationOperation invocation = (IInvocationOperation)context.Operation;

        // Nearly every call of a program ends here.
        if (!NetworkCall.HasNetworkName(invocation))
        {
            return;
        }

        if (NetworkCall.Read(invocation, shapes, context.CancellationToken) is { } call)
        {
            new CallChecks(call, shapes, locals, context.ReportDiagnostic, context.CancellationToken).Run();
        }
    }
}
