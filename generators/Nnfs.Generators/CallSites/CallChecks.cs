using System.Collections.Immutable;
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
        ValueFlow flow,
        HashSet<(SyntaxNode Label, NetworkShape Network, string Parameter)> reportedLabels,
        Action<Diagnostic> report,
        CancellationToken cancellationToken)
    {
        _call = call;
        _shapes = shapes;
        _locals = locals;
        _flow = flow;
        _reportedLabels = reportedLabels;
        _report = report;
        _cancellationToken = cancellationToken;
    }

    private NetworkShape Network => _call.Network;

    public void Run()
    {
        if (new CallSurroundings(_call.Operation, new ValueFlow(_locals)).MakeFailureHarmless())
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

            case GeneratedMembers.CreateDataset:
                CheckSamples(least: 0);
                CheckAllLabels();
                break;

            case DatasetCreation.Method:
                CheckCounts();
                CheckSamples(least: 0);
                CheckAllLabels();
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
                Report(shape.Parameter, span, $"hold {Values(1, shape.Size)}", Network.Declaration, shape.Size);
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
        if (Network.HasNamedPorts && NetworkCall.IsOfLibrary(_call.Method))
        {
            CheckNamedDataset();

            return;
        }

        // Where the inputs are not known, there are as many samples as targets, or the call fails anyway.
        if (CheckSamples(least: 1) is var (samples, source) && samples > 0)
        {
            CheckWorkspace(samples, source);
        }

        CheckAllLabels();

        if (_call.Argument(NetworkCall.Indices) is { } indices && Network.Inputs[0].Element == ElementType.Float)
        {
            _report(Diagnostic.Create(
                DiagnosticDescriptors.CallMisfits,
                NetworkCall.LocationOf(indices),
                Network.Declaration is { } declaration ? [declaration] : [],
                _call.Method,
                Network.Name,
                "whose inputs are numbers of any kind rather than indices: pass features, which are floats"));
        }

        if (_call.Argument("dataset") is { } dataset)
        {
            CheckDataset(dataset);
        }
    }

    /// <summary>A network with several inputs or outputs is trained and evaluated with data sets that have them by name.</summary>
    private void CheckNamedDataset()
    {
        foreach (string parameter in (string[])["features", NetworkCall.Indices, "dataset"])
        {
            if (_call.Argument(parameter) is { } argument && argument.Parameter!.Type.Name != "NamedDataset")
            {
                _report(Diagnostic.Create(
                    DiagnosticDescriptors.CallMisfits,
                    NetworkCall.LocationOf(argument),
                    Network.Declaration is { } declaration ? [declaration] : [],
                    _call.Method,
                    Network.Name,
                    UnboundCall.TakesNamedDataset(Network)));
            }
        }
    }

    /// <summary>The counts that a data set is made with.</summary>
    private void CheckCounts()
    {
        foreach (string parameter in DatasetCreation.Counts)
        {
            if (_call.Argument(parameter) is { } argument && _flow.Integer(argument.Value) is <= 0 and var count)
            {
                Report(argument, [], "be at least 1", $"is {count}");
            }
        }
    }

    /// <summary>A data set whose samples are made in the same body must have the features and targets of the network.</summary>
    private void CheckDataset(IArgumentOperation dataset)
    {
        if (CreationOf(dataset.Value) is not IObjectCreationOperation creation || !DatasetCreation.IsDataset(creation.Type))
        {
            return;
        }

        CheckCount("featureCount", "feature", Network.Inputs[0].Size);
        CheckCount("targetCount", "target", Network.Outputs[0].Size);

        if (Network.Targets.SelectMany(static targets => targets).FirstOrDefault(static target => target is { Labels: > 0 }) is { } labels
            && CountOf("classCount") is var (classes, stated)
            && classes > labels.Labels)
        {
            Report(
                dataset,
                [NetworkCall.LocationOf(stated), Network.Declaration],
                $"have at most {labels.Labels} classes, those that the network tells apart",
                $"has {classes}");
        }

        void CheckCount(string parameter, string unit, int expected)
        {
            if (CountOf(parameter) is var (count, argument) && count != expected)
            {
                Report(
                    dataset,
                    [NetworkCall.LocationOf(argument), Network.Declaration],
                    $"have {Count(expected, unit)} for each sample",
                    $"has {count}");
            }
        }

        (long Count, IArgumentOperation Argument)? CountOf(string parameter) =>
            creation.Arguments.FirstOrDefault(argument => argument.Parameter?.Name == parameter) is { } argument
            && _flow.Integer(argument.Value) is > 0 and var count
                ? (count, argument)
                : null;
    }

    private void CheckAllLabels()
    {
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
                Report(shape.Parameter, span!.Value, $"hold {expectation}", LocationOf(expected.Parameter), (long)expected.Samples * shape.Size);
            }
        }

        return first;
    }

    private static bool IsLabelForSample(PortShape shape) => shape is { Labels: > 0, Size: 1 };

    private void CheckWorkspace(int samples, string source)
    {
        if (_call.Argument("workspace") is not { } workspace || CreationOf(workspace.Value) is not IInvocationOperation creation
            || NetworkCall.Read(creation, _shapes, _cancellationToken)?.Argument("batchSize") is not { } batchSize
            || _flow.Integer(batchSize.Value) is not (> 0 and var batch) || batch >= samples)
        {
            return;
        }

        Report(
            workspace,
            [NetworkCall.LocationOf(batchSize), LocationOf(source)],
            $"be made for at least {Count(samples, "sample")}",
            $"is made for {batch}",
            samples);
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
            if (_flow.Integer(value) is not { } label
                || (label >= (shape.LeavesOut ? -1 : 0) && label < shape.Labels)
                || !_reportedLabels.Add((value.Syntax, Network, shape.Parameter)))
            {
                continue;
            }

            bool isInCall = argument.Syntax.Span.Contains(value.Syntax.Span);

            // Where there are several outputs, the parameter tells whose label it is.
            string place = shape.Parameter == "labels" ? "" : $" in '{shape.Parameter}'";

            _report(Diagnostic.Create(
                DiagnosticDescriptors.LabelOutOfRange,
                value.Syntax.GetLocation(),
                Present([isInCall ? null : NetworkCall.LocationOf(argument), Network.Declaration]),
                Property(DiagnosticProperties.Classes, $"{shape.Labels}"),
                label,
                place,
                Network.Name,
                shape.Labels - 1,
                shape.LeavesOut ? "; -1 leaves a position out" : ""));
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

    /// <summary>The call that created a workspace or a data set, directly or by way of a local.</summary>
    private IOperation? CreationOf(IOperation created) => created switch
    {
        IInvocationOperation or IObjectCreationOperation => created,
        IConversionOperation { IsImplicit: true } conversion => CreationOf(conversion.Operand),
        ILocalReferenceOperation reference when _locals.FindAssignedOnce(reference)?.Initializer is { } initializer and not ILocalReferenceOperation =>
            CreationOf(initializer),
        _ => null,
    };

    /// <summary>Reports a length, with where it comes from, and what it disagrees with: another argument, or the network.</summary>
    private void Report(string parameter, KnownSpan span, string expectation, Location? other, long? expected = null)
    {
        if (_call.Argument(parameter) is { } argument)
        {
            bool isInCall = argument.Syntax.Span.Contains(span.Source.Syntax.Span);

            // A part of something longer is not made longer with it.
            bool isWhole = span.Start == 0 && span.Length > 0 && _flow.Span(span.Source) is { } whole && whole.Length == span.Length;
            Location?[] additional = [isInCall ? null : span.Source.Syntax.GetLocation(), other];
            Report(argument, additional, expectation, $"has {span.Length}", isWhole ? expected : null);
        }
    }

    private void Report(IArgumentOperation argument, Location?[] additional, string expectation, string fact, long? expected = null)
    {
        _report(Diagnostic.Create(
            DiagnosticDescriptors.LengthNotTaken,
            NetworkCall.LocationOf(argument),
            Present(additional),
            expected is null ? null : Property(DiagnosticProperties.ExpectedLength, $"{expected}"),
            argument.Parameter!.Name,
            _call.Title,
            expectation,
            fact));
    }

    private static ImmutableDictionary<string, string?> Property(string name, string value) => ImmutableDictionary<string, string?>.Empty.Add(name, value);

    private Location? LocationOf(string parameter) => _call.Argument(parameter) is { } argument ? NetworkCall.LocationOf(argument) : null;

    private static IEnumerable<Location> Present(Location?[] locations) => locations.OfType<Location>();

    private static string Values(int samples, int size) => $"{Count((long)samples * size, "value")} ({Count(samples, "sample")} of {size})";

    private static string Count(long count, string unit) => count == 1 ? $"1 {unit}" : $"{count} {unit}s";
}
