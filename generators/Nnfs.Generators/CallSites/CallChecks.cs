using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Nnfs.Generators.Diagnostics;

namespace Nnfs.Generators.CallSites;

/// <summary>The rules of one call. They are those of the runtime's guard, where the compiler knows the numbers already.</summary>
internal sealed class CallChecks
{
    private readonly NetworkCall _call;
    private readonly NetworkShapes _shapes;
    private readonly LocalUses _locals;
    private readonly HashSet<(SyntaxNode Label, NetworkShape Network)> _reportedLabels;
    private readonly ValueFlow _flow;
    private readonly Action<Diagnostic> _report;
    private readonly CancellationToken _cancellationToken;

    public CallChecks(
        NetworkCall call,
        NetworkShapes shapes,
        LocalUses locals,
        HashSet<(SyntaxNode Label, NetworkShape Network)> reportedLabels,
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
            case "Predict":
                CheckPredict();
                break;

            case "Classify":
                CheckClassify();
                break;

            case "CreateWorkspace":
                CheckBatchSize();
                break;

            default:
                CheckTraining();
                break;
        }
    }

    private void CheckPredict()
    {
        KnownSpan? outputs = SpanOf("outputs");
        int? samples = Samples("inputs", SpanOf("inputs"), Network.InputSize, least: 0);
        int? answers = Samples("outputs", outputs, Network.OutputSize, least: 0);

        if (samples is { } expected && answers is { } actual && expected != actual)
        {
            Report("outputs", outputs!.Value, $"hold {Values(expected, Network.OutputSize)}", LocationOf("inputs"));
        }
    }

    private void CheckClassify()
    {
        if (SpanOf("input") is { } input && input.Length != Network.InputSize)
        {
            Report("input", input, $"hold {Values(1, Network.InputSize)}", Network.Declaration);
        }
    }

    private void CheckBatchSize()
    {
        if (_call.Argument("batchSize") is { } argument && _flow.Integer(argument.Value) is <= 0 and var batch)
        {
            Report(argument, [], "be at least 1", $"is {batch}");
        }
    }

    /// <summary>Forward and Backward: inputs, and for most of them labels, targets or gradients, one for each sample.</summary>
    private void CheckTraining()
    {
        string answer = _call.Invocation.TargetMethod.Parameters is { Length: 3 } parameters ? parameters[1].Name : "";
        bool isLabels = answer == "labels";
        KnownSpan? answerSpan = SpanOf(answer);
        int? samples = Samples("inputs", SpanOf("inputs"), Network.InputSize, least: 1);
        int? answers = Samples(answer, answerSpan, isLabels ? 1 : Network.OutputSize, least: 1);

        if (samples is { } expected && answers is { } actual && expected != actual)
        {
            string expectation = isLabels ? $"{Count(expected, "label")}, one for each sample" : Values(expected, Network.OutputSize);
            Report(answer, answerSpan!.Value, $"hold {expectation}", LocationOf("inputs"));
        }

        // Where the inputs are not known, there are as many samples as answers, or the call fails anyway.
        if ((samples ?? answers) is { } needed)
        {
            CheckWorkspace(needed, samples is null ? answer : "inputs");
        }

        if (isLabels)
        {
            CheckLabels();
        }
    }

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

    private void CheckLabels()
    {
        if (_call.Argument("labels") is not { } argument || _flow.Span(argument.Value) is not { HasSourceValues: true } labels)
        {
            return;
        }

        foreach ((_, IOperation value) in _flow.Values(labels))
        {
            // A forward and a backward pass share their labels; one that is wrong is reported at the first.
            if (_flow.Integer(value) is not { } label || (label >= 0 && label < Network.OutputSize) || !_reportedLabels.Add((value.Syntax, Network)))
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
                Network.OutputSize - 1));
        }
    }

    /// <summary>
    /// The whole number of samples that an argument holds; <see langword="null"/> where its length is not known, or wrong for
    /// any number of samples, which is reported.
    /// </summary>
    private int? Samples(string parameter, KnownSpan? known, int size, int least)
    {
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
            expectation = parameter == "labels" ? "hold at least 1 label" : $"hold at least 1 sample of {Count(size, "value")}";
        }

        if (expectation is null)
        {
            return span.Length / size;
        }

        Report(parameter, span, expectation, Network.Declaration);

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
