using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Nnfs.Generators.Diagnostics;
using Nnfs.Generators.Losses;
using Nnfs.Generators.Models;

namespace Nnfs.Generators.Parsing;

/// <summary>Finds the outputs of a network and their losses. Each loss belongs to the output that is declared after it, or to the only one.</summary>
internal sealed class OutputInference
{
    private readonly IReadOnlyList<LayerDeclaration> _layers;
    private readonly ProblemReporter _problems;
    private readonly CancellationToken _cancellationToken;
    private readonly bool _hasDeclared;
    private readonly ImmutableArray<OutputSpec>.Builder _specs = ImmutableArray.CreateBuilder<OutputSpec>();

    /// <summary>The stages of which something else was said than that they have a single class.</summary>
    private readonly HashSet<int> _ofOneClass = [];

    private LayerDeclaration? _loss;

    /// <summary>Whether the last attribute, which the compiler could not resolve, is taken for a loss.</summary>
    private bool _isAssumed;

    /// <summary>Whether a loss compares an input, of which it makes nothing.</summary>
    private bool _comparesInput;

    /// <summary>Whether there are layers between the loss and its output.</summary>
    private bool _isFollowed;

    public OutputInference(IReadOnlyList<LayerDeclaration> layers, ProblemReporter problems, CancellationToken cancellationToken)
    {
        _layers = layers;
        _problems = problems;
        _cancellationToken = cancellationToken;
        _hasDeclared = layers.Any(static layer => layer.Kind == DeclarationKind.Output);
    }

    /// <summary>
    /// The outputs so far. A loss without a layer before it is reported; where it is the only one, another takes its place, with which the rest compiles.
    /// </summary>
    public ImmutableArray<OutputSpec> Specs =>
        _comparesInput && _specs is [var only] ? [only with { Loss = Loss.Assumed }] : _specs.ToImmutable();

    /// <summary>Takes the loss of what arrives.</summary>
    public void AddLoss(LayerDeclaration loss, int index, Value arriving)
    {
        // A loss that layers follow has been reported, and with outputs it is its own output that is missing; this is the loss of the next.
        if (_loss is not null && !(_hasDeclared && _isFollowed))
        {
            string apart = _hasDeclared ? ", or put an [Output] between them" : "";
            ReportLoss(loss, _loss, $"is the second of one output, after '{_loss.Name}'; remove one of them{apart}");

            return;
        }

        // A loss is followed by its output, or by the end.
        LayerDeclaration? later = _layers
            .Skip(index + 1)
            .TakeWhile(static layer => layer.Kind != DeclarationKind.Output)
            .FirstOrDefault(static layer => layer.IsLayer || layer.Kind == DeclarationKind.Input);
        _isFollowed = later is not null;

        if (later is not null)
        {
            ReportLoss(loss, later, _hasDeclared
                ? $"must come directly before its [Output], but '{later.Name}' comes after it; move the loss, or put an [Output] between them"
                : $"must come last, but '{later.Name}' comes after it; move the loss to the end");
        }

        _loss = loss;

        // Where the loss is in the wrong place, what comes before it there says nothing.
        if (!_isFollowed)
        {
            CheckPrevious(loss, index > 0 ? _layers[index - 1] : null, arriving);
        }
    }

    /// <summary>Takes the last attribute, which the compiler could not resolve, for a loss.</summary>
    public void AssumeLoss()
    {
        if (_loss is null && !_hasDeclared)
        {
            _isAssumed = true;
        }
    }

    /// <summary>Whether a fault of its loss tells why a stage has a single class.</summary>
    public bool IsOfOneClass(int stage) => _ofOneClass.Contains(stage);

    /// <summary>Makes what arrives an output.</summary>
    public void Close(LayerDeclaration output, Value arriving)
    {
        // With a loss it is an output of the loss's making, or reported there; without any layer the network is.
        if (arriving.Root < 0 && _loss is null && _layers.Any(static layer => layer.IsLayer || layer.IsLoss))
        {
            ReportIncomplete(output, "returns an input unchanged, because no layer comes before it; put one there");
        }

        Add(output.Name, arriving, isDeclared: true);
    }

    /// <summary>Closes the only output, where none is declared. Returns whether what arrives is one, or was meant to be.</summary>
    public bool End(Value arriving)
    {
        if (!_hasDeclared)
        {
            if (arriving is { Root: < 0, AliasOf: not null, Declaration: { } layer } && _loss is null)
            {
                ReportIncomplete(layer, "returns an input unchanged, because no layer computes anything; add one that does");
            }

            Add("outputs", arriving, isDeclared: false);

            return true;
        }

        if (_loss is not null && !_isFollowed)
        {
            ReportIncomplete(_loss, "has no [Output] after it; where outputs are declared, each loss needs one");
        }

        return _loss is not null;
    }

    private void Add(string name, Value arriving, bool isDeclared)
    {
        LossSpec? loss = _isAssumed ? Loss.Assumed : null;
        float weight = 1f;

        if (_loss is { Loss: { } kind } declaration)
        {
            DeclarationReading reading = new(declaration, _problems, _cancellationToken);
            reading.CheckChoices();
            weight = reading.Positive(reading.Property(KnownNames.WeightProperty, "weight", missing: 1f));
            loss = kind.Read(reading);
            _comparesInput |= arriving.Root < 0 && kind is { Expects: null, TakesInput: false };
        }

        _specs.Add(new OutputSpec(name, arriving.Source, arriving.Shape ?? Shape.Unknown, loss, weight, isDeclared));
        _loss = null;
        _isAssumed = false;
    }

    private void CheckPrevious(LayerDeclaration loss, LayerDeclaration? previous, Value arriving)
    {
        Loss kind = loss.Loss!;
        bool mayBeSound = previous?.Kind != DeclarationKind.Unknown;

        bool isOfOneClass = arriving.Shape is { Last: 1 };

        if (kind.Expects is { } expected && arriving.Declaration?.Layer?.Name != expected && mayBeSound)
        {
            // The layer that it should be may make something of a single value.
            NoteOneClass(arriving);
            isOfOneClass = false;
            _problems.Report(
                DiagnosticDescriptors.CrossEntropyWithoutSoftmax,
                loss.Attribute.Location(_cancellationToken),
                arriving.Attribute.Location(_cancellationToken),
                ImmutableDictionary<string, string?>.Empty
                    .Add(DiagnosticProperties.Probabilities, expected)
                    .Add(DiagnosticProperties.FusedLoss, kind.Fused),
                loss.Name,
                expected,
                arriving.Description);
        }

        bool isAppliedTwice = kind.Applies is not null && previous?.Layer?.Name == kind.Applies;

        if (isAppliedTwice)
        {
            string applied = kind.Applies!;
            _problems.Report(
                DiagnosticDescriptors.SoftmaxTwice,
                previous!.Attribute.Location(_cancellationToken),
                loss.Attribute.Location(_cancellationToken),
                ImmutableDictionary<string, string?>.Empty.Add(DiagnosticProperties.Probabilities, applied),
                previous.Name,
                loss.Name,
                applied.ToLowerInvariant());
        }

        if (kind.OfOneClass is { } instead && isOfOneClass)
        {
            NoteOneClass(arriving);
            _problems.Report(
                DiagnosticDescriptors.SoftmaxOfOne,
                loss.Attribute.Location(_cancellationToken),
                arriving.Attribute.Location(_cancellationToken),
                loss.Name,
                "1 class" + Wording.AtEach(arriving.Shape!.Positions),
                arriving.Description,
                instead);
        }
        else if (!isAppliedTwice && arriving.LimitedBy is { } limited && kind.Limits(arriving.Range, arriving.Shape?.Last ?? 2) is { } probabilities)
        {
            ReportLimits(loss, limited, arriving.Range, probabilities);
        }

        // A loss that makes probabilities of classes can be a network of its own; any other compares what some layer gives.
        if (arriving.Root < 0 && kind is { Expects: null, TakesInput: false } && mayBeSound)
        {
            ReportIncomplete(loss, "has no layer before it whose outputs it could compare; put one there");
        }
    }

    private void NoteOneClass(Value arriving) => _ofOneClass.Add(arriving.Source);

    private void ReportLimits(LayerDeclaration loss, LayerDeclaration limited, ValueRange range, ValueRange probabilities)
    {
        string? other = Loss.All.FirstOrDefault(kind => kind.Expects == limited.KindName)?.Name;

        _problems.Report(
            DiagnosticDescriptors.LimitedLogits,
            limited.Attribute.Location(_cancellationToken),
            loss.Attribute.Location(_cancellationToken),
            ImmutableDictionary<string, string?>.Empty.Add(DiagnosticProperties.Probabilities, limited.KindName),
            limited.Name,
            float.IsInfinity(range.High) ? $"of {range}" : range,
            loss.Name,
            probabilities,
            limited.KindName,
            other is null ? "" : $", or use [{other}]");
    }

    private void ReportIncomplete(LayerDeclaration declaration, string reason) =>
        _problems.Report(DiagnosticDescriptors.IncompleteGraph, declaration.Attribute.Location(_cancellationToken), declaration.Name, reason);

    private void ReportLoss(LayerDeclaration loss, LayerDeclaration other, string fault) => _problems.Report(
        DiagnosticDescriptors.LossNotLast,
        loss.Attribute.Location(_cancellationToken),
        other.Attribute.Location(_cancellationToken),
        loss.Name,
        fault);
}
