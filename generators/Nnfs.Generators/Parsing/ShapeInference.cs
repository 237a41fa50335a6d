using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Nnfs.Generators.Diagnostics;
using Nnfs.Generators.Models;
using Nnfs.Generators.Planning;

namespace Nnfs.Generators.Parsing;

/// <summary>
/// Carries shapes from the inputs through the layers to the outputs, checks what is stated against what arrives, fuses what can be one
/// stage, and lays out the parameters. After a fault it goes on with the declared size, so that one mistake is reported once.
/// </summary>
internal sealed class ShapeInference
{
    private readonly IReadOnlyList<LayerDeclaration> _layers;
    private readonly WeightInitializer _defaultInitializer;
    private readonly bool _isPlain;
    private readonly NetworkSampleReader? _samples;
    private readonly ProblemReporter _problems;
    private readonly SourceResolution _sources;
    private readonly OutputInference _outputs;
    private readonly CancellationToken _cancellationToken;
    private readonly ImmutableArray<InputSpec>.Builder _inputs = ImmutableArray.CreateBuilder<InputSpec>();
    private readonly ImmutableArray<StageSpec>.Builder _stages = ImmutableArray.CreateBuilder<StageSpec>();

    /// <summary>For each stage the first layer in it.</summary>
    private readonly List<LayerDeclaration> _stageLayers = [];

    /// <summary>For each stage the last layer in it.</summary>
    private readonly List<LayerDeclaration> _lastLayers = [];

    /// <summary>The layers that make nothing of a single value where they got one, with what they read and the numbers of their stages.</summary>
    private readonly List<(LayerDeclaration Layer, Value Source, int Stage)> _ofOneValue = [];

    /// <summary>Whether all shapes are known.</summary>
    private bool _isKnown = true;

    /// <summary>Whether a single value is too large; the activations are not reported as well.</summary>
    private bool _isTooLarge;

    /// <summary>What the next layer reads where it does not say so.</summary>
    private Value _arriving;

    private ShapeInference(
        AttributeData network,
        Shape? inputShape,
        NetworkSampleReader? samples,
        IReadOnlyList<LayerDeclaration> layers,
        ProblemReporter problems,
        CancellationToken cancellationToken)
    {
        _layers = layers;
        _samples = samples;
        _problems = problems;
        _cancellationToken = cancellationToken;
        _defaultInitializer = network.WeightInitializer();
        _isPlain = network.NamedArgument(KnownNames.PlainProperty, false);
        _sources = new SourceResolution(layers, problems, cancellationToken);
        _outputs = new OutputInference(layers, problems, cancellationToken);
        _arriving = new Value(~0, inputShape, network, "the network's input", Declaration: null);

        if (layers.All(static layer => layer.Kind != DeclarationKind.Input))
        {
            _inputs.Add(new InputSpec("inputs", inputShape ?? Shape.Unknown, IsDeclared: false));
        }
    }

    public ImmutableArray<InputSpec> Inputs => _inputs.ToImmutable();

    public ImmutableArray<OutputSpec> Outputs => _outputs.Specs;

    public NetworkPlan Plan { get; private set; }

    /// <summary>The stages and their parameters.</summary>
    public ParameterPlan Parameters { get; private set; } = ParameterPlan.Of(NetworkPlan.Rows, []);

    public int PredictRows { get; private set; }

    public static ShapeInference Run(
        AttributeData network,
        Shape? inputShape,
        NetworkSampleReader? samples,
        IReadOnlyList<LayerDeclaration> layers,
        ProblemReporter problems,
        CancellationToken cancellationToken)
    {
        ShapeInference inference = new(network, inputShape, samples, layers, problems, cancellationToken);
        inference.Run();

        return inference;
    }

    private void Run()
    {
        for (int i = 0; i < _layers.Count; i++)
        {
            _cancellationToken.ThrowIfCancellationRequested();
            LayerDeclaration layer = _layers[i];
            if (layer.Kind == DeclarationKind.Input)
            {
                AddInput(layer);
            }
            else if (layer.Kind == DeclarationKind.Unknown)
            {
                AddUnknown(layer, isLast: i == _layers.Count - 1);
            }
            else if (layer.Kind == DeclarationKind.Output)
            {
                _outputs.Close(layer, _sources.Read(_arriving));
            }
            else if (layer.IsLoss)
            {
                _outputs.AddLoss(layer, i, _arriving);
            }
            else
            {
                LayerDeclaration? after = ActivationAfter(i);
                LayerDeclaration? activation = _isPlain ? null : after;
                AddLayer(layer, activation, after);

                // The activation is part of the stage.
                i += activation is null ? 0 : 1;
            }
        }

        if (_outputs.End(_arriving))
        {
            _sources.Read(_arriving);
        }

        // Where there is no layer at all, which is reported, there is nothing that could read.
        if (_layers.Any(static layer => layer.IsLayer || layer.IsLoss))
        {
            _sources.ReportNotRead();
        }

        ReportOneValue();
        SettleIndices();
        CheckLabel();
        Plan = _isPlain ? NetworkPlan.Plain : _isKnown ? PlanChoice.Choose(_inputs, _stages, Outputs) : NetworkPlan.Rows;
        Parameters = ParameterPlan.Of(Plan, _stages);
        PredictRows = PlanChoice.PredictRows(Plan, _stages);
        ReportSizes();
    }

    /// <summary>Compares the only output with the label of the samples.</summary>
    private void CheckLabel()
    {
        if (_samples is null || Outputs.Length != 1)
        {
            return;
        }

        // The size is stated by the layer before others that only change values.
        int stage = Outputs[0].Source;

        while (stage >= 0 && _stageLayers[stage].Layer!.SizeArgument is null)
        {
            stage = _stages[stage].Sources[0];
        }

        LayerDeclaration? stating = stage >= 0 ? _stageLayers[stage]
            : _layers.LastOrDefault(static layer => layer.IsLoss || (layer.IsLayer && !layer.IsImplied));
        Location? place = !_isKnown || stating is null ? null
            : stage < 0 ? stating.Attribute.Location(_cancellationToken)
            : stating.Attribute.ArgumentLocation(stating.Layer!.SizeArgument!, _cancellationToken);

        _samples.Check(Outputs[0], place, stage < 0 ? "the network's input" : $"'{stating!.Name}'");
    }

    /// <summary>Makes inputs whole numbers that are read as indices; one that is also read as numbers of any kind is reported, and stays that.</summary>
    private void SettleIndices()
    {
        for (int i = 0; i < _inputs.Count; i++)
        {
            int[] readers = [.. Enumerable.Range(0, _stages.Count).Where(stage => _stages[stage].Sources.Contains(~i))];
            LayerDeclaration? table = readers.Where(IsTable).Select(stage => _stageLayers[stage]).FirstOrDefault();
            string input = _inputs[i].IsDeclared ? $"'{_inputs[i].Name}'" : "the network's input";

            if (table is null)
            {
                continue;
            }

            if (_samples?.Sample is { } sample)
            {
                _problems.Report(
                    DiagnosticDescriptors.IndicesNotTaken,
                    table.Attribute.Location(_cancellationToken),
                    table.Name,
                    input,
                    $"its values are features of '{sample.Name}'",
                    "give an enum of it [Feature(Embedding = …)], and remove this layer");
            }

            if (readers.All(IsTable) && Outputs.All(output => output.Source != ~i))
            {
                _inputs[i] = _inputs[i] with { Element = ElementType.Integer };
            }
            else if (readers.All(IsTable))
            {
                Report(table, table, "that is an output too");
            }

            foreach (LayerDeclaration other in readers.Where(stage => !IsTable(stage)).Select(stage => _stageLayers[stage]))
            {
                Report(other, table, $"its values are indices for '{table.Name}'");
            }

            void Report(LayerDeclaration layer, LayerDeclaration table, string reason) => _problems.Report(
                DiagnosticDescriptors.IndicesNotTaken,
                layer.Attribute.Location(_cancellationToken),
                layer == table ? null : table.Attribute.Location(_cancellationToken),
                layer.Name,
                input,
                reason,
                $"give '{table.Name}' an [Input] of its own");
        }
    }

    private bool IsTable(int stage) => _stages[stage].IndexLimit is not null;

    private void AddInput(LayerDeclaration layer)
    {
        Shape? shape = ShapeArgument.OfInput(layer.Attribute, KnownNames.ShapeParameter, layer.Name, _problems, _cancellationToken);
        _arriving = new Value(~_inputs.Count, shape, layer.Attribute, $"'{layer.Name}'", layer);
        _inputs.Add(new InputSpec(layer.Name, shape ?? Shape.Unknown, IsDeclared: true));
        _sources.Add(_arriving);
    }

    /// <summary>
    /// Nothing is known after an attribute that the compiler could not resolve. The last one may be the loss: then the methods of a
    /// network with one are written, so that code that calls them compiles except for the real fault.
    /// </summary>
    private void AddUnknown(LayerDeclaration layer, bool isLast)
    {
        _arriving = _sources.Read(_arriving) with { Shape = null, Attribute = layer.Attribute };

        if (isLast)
        {
            _outputs.AssumeLoss();
        }
    }

    /// <summary>
    /// The activation directly after a layer that can be computed with it: where its outputs tell its gradient, and nothing else reads the layer.
    /// </summary>
    private LayerDeclaration? ActivationAfter(int index)
    {
        LayerDeclaration layer = _layers[index];

        if (layer.Layer is not { TakesActivation: true }
            || index + 1 == _layers.Count
            || _layers[index + 1] is not { Layer.Activation: not null } activation)
        {
            return null;
        }

        bool isReadByNext = activation.From is null || activation.Reads(layer);
        bool isReadByOthers = _layers.Any(other => other != activation && other.Reads(layer));

        return isReadByNext && !isReadByOthers ? activation : null;
    }

    /// <summary>Adds a layer.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="activation">The activation that is computed with it.</param>
    /// <param name="after">The activation after it, whether it is computed with the layer or a stage of its own.</param>
    private void AddLayer(LayerDeclaration layer, LayerDeclaration? activation, LayerDeclaration? after)
    {
        ImmutableArray<Value> sources = layer.IsJoin ? JoinedBy(layer) : [SourceOf(layer)];
        LayerReading reading = Reading(layer, sources, activation is null ? null : Reading(activation, sources, activation: null));

        // The activation's faults are reported where it is read as a part of the layer, or as a stage of its own.
        reading.ActivationAfter = after is null ? null : Reading(after, sources, activation: null, new ProblemReporter(report: null));

        // The network's attribute is checked by itself.
        if (!layer.IsImplied)
        {
            reading.CheckChoices();
        }

        StageSpec stage = layer.Layer!.Read(reading);
        _stages.Add(stage with
        {
            // What is stated counts, not what arrives, where a fault lets them differ.
            InputShape = reading.Shape is var arriving && arriving.Size == stage.Inputs ? arriving : Shape.Of(stage.Inputs),
            Shape = reading.GivenShape ?? Shape.Of(stage.Outputs),
        });
        _isTooLarge |= reading.IsTooLarge;
        _isKnown &= reading.GivenShape is not null;

        reading.Activation?.CheckChoices();
        LayerDeclaration last = activation ?? layer;
        bool isPassedOn = stage.IsAlias || stage.PassesOn;
        _stageLayers.Add(layer);
        _lastLayers.Add(last);
        _arriving = new Value(_stages.Count - 1, reading.GivenShape, last.Attribute, $"'{last.Name}'", last)
        {
            AliasOf = stage.IsAlias ? sources[0].Root : null,
            Range = isPassedOn ? sources[0].Range : stage.Range,
            LimitedBy = isPassedOn ? sources[0].LimitedBy : stage.Range == ValueRange.Any ? null : last,
        };

        if (layer.Layer.OfOneValue is not null && sources[0].Shape is { Last: 1 })
        {
            _ofOneValue.Add((layer, sources[0], _arriving.Source));
        }

        _sources.Add(_arriving);
    }

    private LayerReading Reading(LayerDeclaration layer, ImmutableArray<Value> sources, LayerReading? activation, ProblemReporter? problems = null) => new(
        layer,
        activation,
        sources,
        _defaultInitializer,
        maskNumber: _stages.Count(static stage => stage.HasMasks) + 1,
        problems ?? _problems,
        _cancellationToken)
    {
        Samples = _samples,
    };

    /// <summary>What a layer reads that reads one value.</summary>
    private Value SourceOf(LayerDeclaration layer)
    {
        if (layer.FromConstant is { } from)
        {
            return _sources.Find(layer, from, KnownNames.FromProperty, element: 0, _arriving);
        }

        if (_arriving is { Source: < 0, Declaration: null } && _inputs.Count == 0)
        {
            _problems.Report(
                DiagnosticDescriptors.IncompleteGraph,
                layer.Attribute.Location(_cancellationToken),
                _layers.First(static other => other.Kind == DeclarationKind.Input).Attribute.Location(_cancellationToken),
                layer.Name,
                "has nothing to read, because no input comes before it; move it after an [Input]");
        }

        return _sources.Read(_arriving);
    }

    /// <summary>What a layer reads whose arguments name several values.</summary>
    private ImmutableArray<Value> JoinedBy(LayerDeclaration layer)
    {
        ImmutableArray<TypedConstant> names = layer.JoinedNames;

        if (layer.From is { } from)
        {
            _sources.Want(from);
            _problems.Report(
                DiagnosticDescriptors.IncompleteGraph,
                layer.Attribute.ArgumentLocation(KnownNames.FromProperty, _cancellationToken),
                layer.Name,
                "must name what it reads in its arguments; remove From");
        }

        if (layer.Attribute.AttributeConstructor is null)
        {
            _sources.NoteUnclear();
        }
        else if (names.Length < 2)
        {
            _sources.NoteUnclear();
            _problems.Report(
                DiagnosticDescriptors.IncompleteGraph,
                layer.Attribute.Location(_cancellationToken),
                layer.Name,
                $"needs the names of two or more layers or inputs, but has {names.Length}");
        }

        return names.IsEmpty
            ? [_sources.Read(_arriving)]
            : [.. names.Select((name, i) => _sources.Find(layer, name, KnownNames.SourcesParameter, i, _arriving))];
    }

    /// <summary>Reports layers that make nothing of a single value, except before a loss of which the same was said.</summary>
    private void ReportOneValue()
    {
        foreach ((LayerDeclaration layer, Value source, int stage) in _ofOneValue)
        {
            if (!_outputs.IsOfOneClass(stage))
            {
                _problems.Report(
                    DiagnosticDescriptors.SoftmaxOfOne,
                    layer.Attribute.Location(_cancellationToken),
                    source.Attribute.Location(_cancellationToken),
                    layer.Name,
                    "1 value" + Wording.AtEach(source.Shape!.Positions),
                    source.Description,
                    layer.Layer!.OfOneValue!);
            }
        }
    }

    /// <summary>Reports what no array could hold: parameters, or else activations, since too many of either is one mistake.</summary>
    private void ReportSizes()
    {
        foreach (SizeFault fault in Parameters.Faults)
        {
            LayerDeclaration layer = _stageLayers[fault.Stage];
            string? argument = layer.Layer!.SizeArgument;

            ReportSize(
                layer,
                argument is null ? layer.Attribute.Location(_cancellationToken) : layer.Attribute.ArgumentLocation(argument, _cancellationToken),
                fault);
        }

        if (Plan != NetworkPlan.Lanes && !_isTooLarge && Parameters.Faults.Count == 0
            && ScratchBound.Fault(_stages, Outputs, PredictRows, Parameters.Length) is { } activations)
        {
            LayerDeclaration layer = _lastLayers[activations.Stage];
            ReportSize(layer, layer.Attribute.Location(_cancellationToken), activations);
        }
    }

    private void ReportSize(LayerDeclaration layer, Location location, SizeFault fault) =>
        _problems.Report(DiagnosticDescriptors.TooLarge, location, layer.Name, fault.Length, fault.Of, KernelLimits.MostFloats);
}
