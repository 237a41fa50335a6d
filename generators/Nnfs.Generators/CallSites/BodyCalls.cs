using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace Nnfs.Generators.CallSites;

/// <summary>Gathers the calls of networks in one body, and checks them when all of it has been seen.</summary>
internal sealed class BodyCalls
{
    private readonly NetworkShapes _shapes;
    private readonly object _gate = new();

    /// <summary>The calls; <see langword="null"/> until there is one. Bodies that call no network cost no more than this object.</summary>
    private List<NetworkCall>? _calls;

    public BodyCalls(NetworkShapes shapes)
    {
        _shapes = shapes;
    }

    /// <summary>Keeps a call if it is one of a network.</summary>
    public void Add(OperationAnalysisContext context)
    {
        IInvocationOperation invocation = (IInvocationOperation)context.Operation;

        // Nearly every call of a program ends here.
        if (!NetworkCall.HasNetworkName(invocation) || NetworkCall.Read(invocation, _shapes, context.CancellationToken) is not { } call)
        {
            return;
        }

        lock (_gate)
        {
            (_calls ??= []).Add(call);
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

        foreach (NetworkCall call in _calls.OrderBy(static call => call.Invocation.Syntax.SpanStart).ThenBy(static call => call.Invocation.Syntax.Span.End))
        {
            context.CancellationToken.ThrowIfCancellationRequested();
            new CallChecks(call, _shapes, locals, labels, context.ReportDiagnostic, context.CancellationToken).Run();
        }
    }
}
