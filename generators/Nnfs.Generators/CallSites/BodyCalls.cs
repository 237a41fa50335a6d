using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using Nnfs.Generators.Models;

namespace Nnfs.Generators.CallSites;

/// <summary>Gathers the calls of networks in one body, and checks them when all of it has been seen.</summary>
internal sealed class BodyCalls
{
    private readonly NetworkShapes _shapes;
    private readonly object _gate = new();

    /// <summary>The calls; <see langword="null"/> until there is one. Bodies that call no network cost no more than this object.</summary>
    private List<IOperation>? _calls;

    public BodyCalls(NetworkShapes shapes)
    {
        _shapes = shapes;
    }

    /// <summary>Keeps a call if it may be one of a network.</summary>
    public void Add(OperationAnalysisContext context)
    {
        // Nearly every call of a program ends here.
        bool isCall = context.Operation switch
        {
            IInvocationOperation invocation => NetworkCall.HasNetworkName(invocation.TargetMethod.Name)
                || invocation.TargetMethod.Name == GeneratedMembers.CreateDataset
                || OptimizerStep.HasName(invocation),
            IObjectCreationOperation creation => DatasetCreation.IsDataset(creation.Type),
            IInvalidOperation invalid => UnboundCall.HasName(invalid),
            _ => false,
        };

        if (!isCall)
        {
            return;
        }

        lock (_gate)
        {
            (_calls ??= []).Add(context.Operation);
        }
    }

    /// <summary>Checks the calls in the order of the source.</summary>
    public void Check(OperationBlockAnalysisContext context)
    {
        if (_calls is null)
        {
            return;
        }

        LocalUses locals = new();
        HashSet<(SyntaxNode Label, NetworkShape Network, string Parameter)> labels = [];

        foreach (IOperation operation in _calls.OrderBy(static call => call.Syntax.SpanStart).ThenBy(static call => call.Syntax.Span.End))
        {
            context.CancellationToken.ThrowIfCancellationRequested();
            ValueFlow flow = new(locals);

            switch (operation)
            {
                case IInvalidOperation invalid:
                    UnboundCall.Check(invalid, _shapes, context.ReportDiagnostic, context.CancellationToken);
                    break;

                case IInvocationOperation step when OptimizerStep.HasName(step):
                    OptimizerStep.Check(step, _shapes, locals, flow, context.ReportDiagnostic, context.CancellationToken);
                    break;

                case IInvocationOperation invocation when NetworkCall.Read(invocation, _shapes, context.CancellationToken) is { } call:
                    Check(call);
                    new BackwardTargets(call, _shapes, locals, context.CancellationToken).Check(context.ReportDiagnostic);
                    break;

                case IObjectCreationOperation creation when DatasetCreation.Read(creation, flow) is { } call:
                    Check(call);
                    break;
            }

            void Check(NetworkCall call) =>
                new CallChecks(call, _shapes, locals, flow, labels, context.ReportDiagnostic, context.CancellationToken).Run();
        }
    }
}
