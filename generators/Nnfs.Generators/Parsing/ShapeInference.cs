using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Nnfs.Generators.Diagnostics;
using Nnfs.Generators.Models;

namespace Nnfs.Generators.Parsing;

/// <summary>
/// Carries shapes from the inputs through the layers to the outputs, checks what is stated against what arrives, fuses what can be one
/// stage, and lays out the parameters. After a fault it goes on with the declared size, so that one mistake is reported once.
/// </summary>
internal sealed class ShapeInference
{
    private readonly IReadOnlyList<LayerDeclaration> _layers;
    private readonly WeightInitializer _defaultInitializer;
    private readonly ProblemReporter _problems;
    private readonly SettingReader _settings;
    private readonly SourceResolution _sources;
    private readonly OutputInference _outputs;
    private readonly CancellationToken _cancellationToken;
    private readonly ParameterLayout _parameters = new();
    private readonly ImmutableArray<InputSpec>.Builder _inputs = ImmutableArray.CreateBuilder<InputSpec>();
    private readonly ImmutableArray<StageSpec>.Builder _stages = ImmutableArray.CreateBuilder<StageSpec>();

    /// <summary>For each stage the last layer in it.</summary>
    private readonly List<LayerDeclaration> _stageLayers = [];

    /// <summary>Whether the parameters alone are too many; the activations are not reported besides.</summary>
    private bool _isTooLarge;

    /// <summary>What the next layer reads where it does not say so.</summary>
    private Value _arriving;

    private ShapeInference(
        AttributeData network,
        ImmutableArray<int> inputShape,
        int? inputSize,
        IReadOnlyList<LayerDeclaration> layers,
        ProblemReporter problems,
        CancellationToken cancellationToken)
    {
        _layers = layers;
        _problems = problems;
        _cancellationToken = cancellationToken;
        _defaultInitializer = InitializerOf(network);
        _settings = new SettingReader(problems, cancellationToken);
        _sources = new SourceResolution(layers, problems, cancellationToken);
        _outputs = new OutputInference(layers, problems, _settings, cancellationToken);
        _arriving = new Value(~0, inputSize, network, "the network's input", Declaration: null);

        if (layers.All(static layer => layer.Kind != LayerKind.Input))
        {
            _inputs.Add(new InputSpec("inputs", new EquatableArray<int>(inputShape), inputSize ?? 1, IsDeclared: false));
        }

        Plan = PlanChoice.Choose(inputSize, layers);
    }

    public ImmutableArray<InputSpec> Inputs => _inputs.ToImmutable();

    public ImmutableArray<StageSpec> Stages => _stages.ToImmutable();

    public ImmutableArray<OutputSpec> Outputs => _outputs.Specs;

    public int ParameterCount => _parameters.Count;

    public int ParameterLength => _parameters.Length;

    public NetworkPlan Plan { get; }

    public int PredictRows { get; private set; }

    public static ShapeInference Run(
        AttributeData network,
        ImmutableArray<int> inputShape,
        int? inputSize,
        IReadOnlyList<LayerDeclaration> layers,
        ProblemReporter problems,
        CancellationToken cancellationToken)
    {
        ShapeInference inference = new(network, inputShape, inputSize, layers, problems, cancellationToken);
        inference.Run();

        return inference;
    }

    private void Run()
    {
        for (int i = 0; i < _layers.Count; i++)
        {
            _cancellationToken.ThrowIfCancellationRequested();
            LayerDeclaration layer = _layers[i];

            if (layer.Kind == LayerKind.Input)
            {
                AddInput(layer);
            }
            else if (layer.Kind == LayerKind.Unknown)
            {
                AddUnknown(layer, isLast: i == _layers.Count - 1);
            }
            else if (layer.Kind == LayerKind.Output)
            {
                _outputs.Close(layer, _sources.Read(_arriving));
            }
            else if (layer.IsLoss)
            {
                _outputs.AddLoss(layer, i, _arriving);
            }
            else if (layer.IsJoin)
            {
                AddJoin(layer);
            }
            else
            {
                LayerDeclaration? activation = layer.Kind == LayerKind.Dense ? ActivationToFuse(i) : null;
                AddLayer(layer, activation);

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

        PredictRows = PlanChoice.PredictRows(Plan, _stages);

        if (Plan == NetworkPlan.Rows && !_isTooLarge)
        {
            CheckScratch();
        }
    }

    private void AddInput(LayerDeclaration layer)
    {
        ImmutableArray<int> shape = InputShape.Read(layer.Attribute, KnownNames.ShapeParameter, layer.Name, _problems, _cancellationToken, out int? size);
        _arriving = new Value(~_inputs.Count, size, layer.Attribute, $"'{layer.Name}'", layer);
        _inputs.Add(new InputSpec(layer.Name, new EquatableArray<int>(shape), size ?? 1, IsDeclared: true));
        _sources.Add(_arriving);
    }

    /// <summary>
    /// Nothing is known behind an attribute that the compiler could not resolve. The last one may be the loss: then the methods of a
    /// network with one are written, so that code that calls them compiles but for the real fault.
    /// </summary>
    private void AddUnknown(LayerDeclaration layer, bool isLast)
    {
        _arriving = _sources.Read(_arriving) with { Size = null, Attribute = layer.Attribute };

        if (isLast)
        {
            _outputs.AssumeLoss();
        }
    }

    /// <summary>The activation directly behind a dense layer that can be computed with it: where its outputs tell its gradient, and nothing else reads the layer.</summary>
    private LayerDeclaration? ActivationToFuse(int index)
    {
        LayerDeclaration dense = _layers[index];

        if (index + 1 == _layers.Count
            || _layers[index + 1] is not { Kind: LayerKind.ReLU or LayerKind.LeakyReLU or LayerKind.Sigmoid or LayerKind.Tanh or LayerKind.ELU or LayerKind.Linear } activation)
        {
            return null;
        }

        bool isReadByNext = activation.From is null || activation.From == dense.Name;
        bool isReadByOthers = _layers.Any(other => other != activation && other.Names(dense.Name));

        return isReadByNext && !isReadByOthers ? activation : null;
    }

    private void AddLayer(LayerDeclaration layer, LayerDeclaration? activation)
    {
        Value source = SourceOf(layer);
        EquatableArray<int> sources = new([source.Source]);
        int size = source.Size ?? 1;

        switch (layer.Kind)
        {
            case LayerKind.Dense:
                AddDense(layer, activation, source);
                return;

            case LayerKind.Softmax:
                _stages.Add(new SoftmaxSpec(layer.Name, layer.FieldName, sources, size));
                break;

            case LayerKind.Dropout:
                int number = _stages.OfType<DropoutSpec>().Count() + 1;
                _stages.Add(new DropoutSpec(layer.Name, layer.FieldName, sources, size, _settings.Rate(layer), number));
                break;

            case LayerKind.LayerNorm or LayerKind.BatchNorm:
                bool isOverBatch = layer.Kind == LayerKind.BatchNorm;
                NormSpec norm = new(
                    layer.Name, layer.FieldName, sources, layer.StoredAs, size, isOverBatch, _settings.Epsilon(layer), isOverBatch ? _settings.Momentum(layer) : 0f, Offset: 0);
                ReportSize(layer, _parameters.Place(ref norm));
                _stages.Add(norm);
                break;

            default:
                (ActivationKind kind, float parameter) = _settings.Activation(layer);
                _stages.Add(new ActivationSpec(layer.Name, layer.FieldName, sources, size, kind, parameter));
                break;
        }

        MoveTo(layer, source.Size);
    }

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
                _layers.First(static other => other.Kind == LayerKind.Input).Attribute.Location(_cancellationToken),
                layer.Name,
                "has nothing to read: no input stands before it");
        }

        return _sources.Read(_arriving);
    }

    private void AddDense(LayerDeclaration layer, LayerDeclaration? activation, Value source)
    {
        int? stated = layer.Size(KnownNames.InputsParameter);
        int? neurons = layer.Size(KnownNames.NeuronsParameter);

        if (stated is <= 0)
        {
            ReportSize(layer, KnownNames.InputsParameter, "input", stated.Value);
            stated = null;
        }
        else if (stated is { } inputs && source.Size is { } size && inputs != size)
        {
            _problems.Report(
                DiagnosticDescriptors.InputsDisagree,
                layer.Attribute.ArgumentLocation(KnownNames.InputsParameter, _cancellationToken),
                source.Attribute.Location(_cancellationToken),
                ImmutableDictionary<string, string?>.Empty.Add(DiagnosticProperties.ArrivingInputs, $"{size}"),
                layer.Name,
                inputs == 1 ? "1 input" : $"{inputs} inputs",
                source.Description,
                size);
        }

        if (neurons is null)
        {
            _problems.NoteCompilerError();
        }
        else if (neurons <= 0)
        {
            ReportSize(layer, KnownNames.NeuronsParameter, "neuron", neurons.Value);
            neurons = null;
        }

        (ActivationKind Kind, float Parameter)? fused = activation is null ? null : _settings.Activation(activation);
        int taken = stated ?? source.Size ?? 1;
        int given = neurons ?? 1;

        DenseSpec dense = new(
            layer.Name,
            (activation ?? layer).FieldName,
            new EquatableArray<int>([source.Source]),
            layer.StoredAs,
            taken,
            given,
            fused is { } function ? new FusedActivation(activation!.Name, function.Kind, function.Parameter) : null,
            InitializerOf(layer, activation?.Kind),
            _settings.WeightPenalty(layer),
            _settings.BiasPenalty(layer),
            ParameterLayout.IsByNeuron(Plan, isFirst: _stages.Count == 0, taken, given),
            RowStride: 4,
            WeightsOffset: 0,
            BiasesOffset: 0);

        if (_parameters.Place(ref dense) is var fault && fault is { } tooLarge)
        {
            _isTooLarge = true;
            ReportTooLarge(layer, layer.Attribute.ArgumentLocation(KnownNames.NeuronsParameter, _cancellationToken), tooLarge);
        }

        _stages.Add(dense);
        MoveTo(activation ?? layer, neurons);
    }

    private void AddJoin(LayerDeclaration layer)
    {
        ImmutableArray<TypedConstant> names = layer.JoinedNames;

        if (layer.From is { } from)
        {
            _sources.Want(from);
            _problems.Report(
                DiagnosticDescriptors.IncompleteGraph,
                layer.Attribute.ArgumentLocation(KnownNames.FromProperty, _cancellationToken),
                layer.Name,
                "names what it reads as arguments, not by From");
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

        Value[] sources = [.. names.Select((name, i) => _sources.Find(layer, name, KnownNames.SourcesParameter, i, _arriving))];

        if (sources.Length == 0)
        {
            sources = [_sources.Read(_arriving)];
        }

        JoinKind kind = layer.Kind switch { LayerKind.Add => JoinKind.Add, LayerKind.Multiply => JoinKind.Multiply, _ => JoinKind.Concat };
        int? size = kind == JoinKind.Concat ? TotalSize(layer, sources) : CommonSize(layer, sources);

        _stages.Add(new JoinSpec(
            layer.Name,
            layer.FieldName,
            new EquatableArray<int>([.. sources.Select(static source => source.Source)]),
            kind,
            new EquatableArray<int>([.. sources.Select(static source => source.Size ?? 1)]),
            size ?? 1));
        MoveTo(layer, size);
    }

    /// <summary>The size of all values of a sum or a product; each that has another than the first is reported.</summary>
    private int? CommonSize(LayerDeclaration layer, Value[] sources)
    {
        Value? first = sources.FirstOrDefault(static source => source.Size is not null);

        for (int i = 0; i < sources.Length; i++)
        {
            if (sources[i].Size is { } size && size != first!.Size)
            {
                _problems.Report(
                    DiagnosticDescriptors.SizesDiffer,
                    layer.Attribute.ArgumentLocation(KnownNames.SourcesParameter, _cancellationToken, i),
                    sources[i].Attribute.Location(_cancellationToken),
                    layer.Name,
                    Described(first),
                    Described(sources[i]),
                    $"[{layer.Kind}]");
            }
        }

        return first?.Size;
    }

    private static string Described(Value value) => $"{value.Description} of {(value.Size == 1 ? "1 value" : $"{value.Size} values")}";

    private int? TotalSize(LayerDeclaration layer, Value[] sources)
    {
        if (sources.Any(static source => source.Size is null))
        {
            return null;
        }

        long total = sources.Sum(static source => (long)source.Size!.Value);

        if (total <= ParameterLayout.MaxLength)
        {
            return (int)total;
        }

        _isTooLarge = true;
        ReportTooLarge(layer, layer.Attribute.Location(_cancellationToken), (total, "values per sample"));

        return null;
    }

    private void ReportSize(LayerDeclaration layer, (long Length, string Of)? tooLarge)
    {
        if (tooLarge is { } fault)
        {
            _isTooLarge = true;
            ReportTooLarge(layer, layer.Attribute.Location(_cancellationToken), fault);
        }
    }

    private void ReportSize(LayerDeclaration layer, string parameter, string unit, int size) => _problems.Report(
        DiagnosticDescriptors.InvalidLayerSize,
        layer.Attribute.ArgumentLocation(parameter, _cancellationToken),
        layer.Name,
        unit,
        size);

    private void ReportTooLarge(LayerDeclaration layer, Location location, (long Length, string Of) fault) =>
        _problems.Report(DiagnosticDescriptors.TooLarge, location, layer.Name, fault.Length, fault.Of, ParameterLayout.MaxLength);

    private void MoveTo(LayerDeclaration layer, int? size)
    {
        _stageLayers.Add(layer);
        _arriving = new Value(_stages.Count - 1, size, layer.Attribute, $"'{layer.Name}'", layer);
        _sources.Add(_arriving);
    }

    /// <summary>
    /// A prediction keeps the activations of all its stages in one array, at most; each starts at a cache line. A tile of what is an output
    /// and nothing else goes straight there.
    /// </summary>
    private void CheckScratch()
    {
        // Predictions keep scaled weights beside the activations where a batch normalisation is folded into them.
        long length = _stages.Any(static stage => stage.IsOverBatch) ? _parameters.Length : 0;
        HashSet<int> read = [.. _stages.SelectMany(static stage => stage.Sources)];
        ILookup<int, OutputSpec> outputs = Outputs.ToLookup(static output => output.Source);

        for (int i = 0; i < _stages.Count; i++)
        {
            bool isOnlyOutput = !read.Contains(i) && outputs[i].Count() == 1;
            long tile = isOnlyOutput ? 0 : (long)PredictRows * _stages[i].Outputs;

            // Behind a single sample's activations Classify keeps its probabilities.
            bool mayBeClassified = Outputs.Length == 1 && outputs[i].Any(output => output.Loss == LossKind.SoftmaxCrossEntropy || _stages[i].GivesProbabilities);
            long sample = _stages[i].Outputs > ParameterLayout.MaxLength ? _stages[i].Outputs : MatrixLayout.RowStride(_stages[i].Outputs);
            length += ParameterLayout.Align(Math.Max(tile, sample)) + (mayBeClassified ? _stages[i].Outputs : 0);

            if (length > ParameterLayout.MaxLength)
            {
                ReportTooLarge(_stageLayers[i], _stageLayers[i].Attribute.Location(_cancellationToken), (length, "activations"));

                return;
            }
        }
    }

    /// <summary>The layer's initializer or the network's; where neither states one, the one for the activation behind the layer.</summary>
    private WeightInitializer InitializerOf(LayerDeclaration layer, LayerKind? activation)
    {
        WeightInitializer own = InitializerOf(layer.Attribute);
        WeightInitializer initializer = own != WeightInitializer.Auto ? own : _defaultInitializer;

        if (initializer != WeightInitializer.Auto)
        {
            return initializer;
        }

        return activation is LayerKind.ReLU or LayerKind.LeakyReLU or LayerKind.ELU ? WeightInitializer.HeNormal : WeightInitializer.GlorotUniform;
    }

    /// <summary>The stated initializer; a number that is none of them counts as none stated.</summary>
    private static WeightInitializer InitializerOf(AttributeData attribute) =>
        (WeightInitializer)attribute.NamedArgument<int>(KnownNames.WeightInitializerProperty) is var stated && Enum.IsDefined(typeof(WeightInitializer), stated)
            ? stated
            : WeightInitializer.Auto;
}
