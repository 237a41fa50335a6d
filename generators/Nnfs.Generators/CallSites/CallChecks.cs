using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Nnfs.Generators.Diagnostics;
using Nnfs.Generators.Models;

namespace Nnfs.Generators.CallSites;

/// <summary>The rules of one call. They are those of the runtime's guard, where the compiler knows the numbers already.</summary>
internal sealed class CallChecks
{
    private readonly NetworkCall _call;
    private readonly NetworkShapes _shapes;
    private readonly LocalUses _locals;
    private readonly HashSet<(SyntaxNode Label, NetworkShape Network, string Parameter)> _reportedLabels;
    private readonly ValueFlow _flow;
    private readonly Action<Diagnostic> _report;
    private readonly CancellationToken _cancellationToken;

    public CallChecks(
        NetworkCall call,
        NetworkShapes shapes,
        LocalUses locals,
        HashSet<(SyntaxNode Label, NetworkShape Network, string Parameter)> reportedLabels,
        Action<Diagnostic> report,
        CancellationToken cancellationToken)
    {
        _call = call;
        _shapes = shapes;
        _locals = locals;
        _flow = new ValueFlow(locals);
        _reportedLabels = reportedLabels;
        _report = report;
        _cancellationToken = cancellationToken;
    }

    private NetworkShape Network => _call.Network;

    public void Run()
    {
        if (new CallSurroundings(_call.Invocation, _flow).MakeFailureHarmless())
        {
            return;
        }

        switch (_call.Method)
        {
            case GeneratedMembers.Predict:
                CheckSamples(least: 0);
                break;

            case GeneratedMembers.Classify:
                CheckClassify();
                break;

            case GeneratedMembers.CreateWorkspace:
                CheckBatchSize();
                break;

            default:
                CheckTraining();
                break;
        }
    }

    private void CheckClassify()
    {
        foreach (PortShape shape in _call.Parameters)
        {
            if (SpanOf(shape.Parameter) is { } span && span.Length != shape.Size)
            {
                Report(shape.Parameter, span, $"hold {Values(1, shape.Size)}", Network.Declaration);
            }
        }
    }

    private void CheckBatchSize()
    {
        if (_call.Argument("batchSize") is { } argument && _flow.Integer(argument.Value) is <= 0 and var batch)
        {
            Report(argument, [], "be at least 1", $"is {batch}");
        }
    }

    /// <summary>Forward and Backward: inputs, and for most of them labels, targets or gradients, for each sample.</summary>
    private void CheckTraining()
    {
        // Where the inputs are not known, there are as many samples as targets, or the call fails anyway.
        if (CheckSamples(least: 1) is var (samples, source) && samples > 0)
        {
            CheckWorkspace(samples, source);
        }

        foreach (PortShape shape in _call.Parameters)
        {
            if (shape.Labels > 0)
            {
                CheckLabels(shape);
            }
        }
    }

    /// <summary>Checks that all arguments are for as many samples as the first of them whose length is known.</summary>
    /// <returns>That number and that argument; <see langword="null"/> where none is known.</returns>
    private (int Samples, string Parameter)? CheckSamples(int least)
    {
        (int Samples, string Parameter)? first = null;

        foreach (PortShape shape in _call.Parameters)
        {
            KnownSpan? span = SpanOf(shape.Parameter);

            if (Samples(shape, span, least) is not { } samples)
            {
                continue;
            }

            if (first is not { } expected)
            {
                first = (samples, shape.Parameter);
            }
            else if (samples != expected.Samples)
            {
                string expectation = IsLabelForSample(shape)
                    ? $"{Count(expected.Samples, "label")}, one for each sample"
                    : Values(expected.Samples, shape.Size);
                Report(shape.Parameter, span!.Value, $"hold {expectation}", LocationOf(expected.Parameter));
            }
        }

        return first;
    }

    private static bool IsLabelForSample(PortShape shape) => shape is { Labels: > 0, Size: 1 };

    private void CheckWorkspace(int samples, string source)
    {
        if (_call.Argument("workspace") is not { } workspace || CreationOf(workspace.Value) is not { } creation
            || NetworkCall.Read(creation, _shapes, _cancellationToken)?.Argument("batchSize") is not { } batchSize
            || _flow.Integer(batchSize.Value) is not (> 0 and var batch) || batch >= samples)
        {
            return;
        }

        Report(
            workspace,
            [NetworkCall.LocationOf(batchSize), LocationOf(source)],
            $"be made for at least {Count(samples, "sample")}",
            $"is made for {batch}");
    }

    private void CheckLabels(PortShape shape)
    {
        if (_call.Argument(shape.Parameter) is not { } argument || _flow.Span(argument.Value) is not { HasSourceValues: true } labels)
        {
            return;
        }

        foreach ((_, IOperation value) in _flow.Values(labels))
        {
            // A forward and a backward pass share their labels; one that is wrong is reported at the first.
            if (_flow.Integer(value) is not { } label || (label >= 0 && label < shape.Labels) || !_reportedLabels.Add((value.Syntax, Network, shape.Parameter)))
            {
                continue;
            }

            bool isInCall = argument.Syntax.Span.Contains(value.Syntax.Span);

            _report(Diagnostic.Create(
                DiagnosticDescriptors.LabelOutOfRange,
                value.Syntax.GetLocation(),
                Present([isInCall ? null : NetworkCall.LocationOf(argument), Network.Declaration]),
                label,
                Network.Name,
                shape.Labels - 1));
        }
    }

    /// <summary>
    /// The whole number of samples that an argument holds; <see langword="null"/> where its length is not known, or wrong for
    /// any number of samples, which is reported.
    /// </summary>
    private int? Samples(PortShape shape, KnownSpan? known, int least)
    {
        int size = shape.Size;

        if (known is not { } span)
        {
            return null;
        }

        string? expectation = null;

        if (span.Length % size != 0)
        {
            expectation = $"hold a whole number of samples of {size} values";
        }
        else if (span.Length / size < least)
        {
            expectation = IsLabelForSample(shape) ? "hold at least 1 label" : $"hold at least 1 sample of {Count(size, "value")}";
        }

        if (expectation is null)
        {
            return span.Length / size;
        }

        Report(shape.Parameter, span, expectation, Network.Declaration);

        return null;
    }

    private KnownSpan? SpanOf(string parameter) => _call.Argument(parameter) is { } argument ? _flow.Span(argument.Value) : null;

    /// <summary>The call that created a workspace, directly or by way of a local.</summary>
    private IInvocationOperation? CreationOf(IOperation workspace) => workspace switch
    {
        IInvocationOperation invocation => invocation,
        ILocalReferenceOperation reference => _locals.FindAssignedOnce(reference)?.Initializer as IInvocationOperation,
        _ => null,
    };

    /// <summary>Reports a length, with where it comes from, and what it disagrees with: another argument, or the network.</summary>
    private void Report(string parameter, KnownSpan span, string expectation, Location? other)
    {
        if (_call.Argument(parameter) is { } argument)
        {
            bool isInCall = argument.Syntax.Span.Contains(span.Source.Syntax.Span);
            Report(argument, [isInCall ? null : span.Source.Syntax.GetLocation(), other], expectation, $"has {span.Length}");
        }
    }

    private void Report(IArgumentOperation argument, Location?[] additional, string expectation, string fact) => _report(Diagnostic.Create(
        DiagnosticDescriptors.LengthNotTaken,
        NetworkCall.LocationOf(argument),
        Present(additional),
        argument.Parameter!.Name,
        Network.Name + "." + _call.Method,
        expectation,
        fact));

    private Location? LocationOf(string parameter) => _call.Argument(parameter) is { } argument ? NetworkCall.LocationOf(argument) : null;

    private static IEnumerable<Location> Present(Location?[] locations) => locations.OfType<Location>();

    private static string Values(int samples, int size) => $"{Count((long)samples * size, "value")} ({Count(samples, "sample")} of {size})";

    private static string Count(long count, string unit) => count == 1 ? $"1 {unit}" : $"{count} {unit}s";
}
