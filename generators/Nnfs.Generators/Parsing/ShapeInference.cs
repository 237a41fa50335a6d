using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Nnfs.Generators.Diagnostics;
using Nnfs.Generators.Models;

namespace Nnfs.Generators.Parsing;

/// <summary>
/// Carries shapes from the input through the layers, checks what is stated against what arrives, fuses what can be one stage,
/// and lays out the parameters. After a fault it goes on with the declared size, so that one mistake is reported once.
/// </summary>
internal sealed class ShapeInference
{
    /// <summary>The most floats that one block can hold; the runtime keeps two cache lines of an array for itself.</summary>
    public const int MaxLength = 0x7FFFFFC7 - 32;

    /// <summary>Floats of activations that a tile of a prediction should stay within: half of a small level-2 cache.</summary>
    private const int TileBudget = 32 * 1024;

    private const int RowsOfKernel = 6;

    /// <summary>Networks of at most so many weights, a quarter of a small level-1 cache, and inputs take samples in lanes.</summary>
    private const int MostWeightsInLanes = 4096;
    private const int MostInputsInLanes = 128;
    private const int SamplesInLanes = 64;

    /// <summary>A layer in lanes with so few neurons and so many inputs stores its weights by neuron, for dot products along the inputs of a single sample.</summary>
    private const int MostNeuronsByNeuron = 8;
    private const int LeastInputsByNeuron = 16;
    private const int MostTileRows = 96;

    private readonly IReadOnlyList<LayerDeclaration> _layers;
    private readonly WeightInitializer _defaultInitializer;
    private readonly ProblemReporter _problems;
    private readonly CancellationToken _cancellationToken;
    private readonly ImmutableArray<StageSpec>.Builder _stages = ImmutableArray.CreateBuilder<StageSpec>();

    /// <summary>For each stage the last layer in it.</summary>
    private readonly List<LayerDeclaration> _stageLayers = [];

    /// <summary>Whether the parameters alone are too many; the activations are not reported besides.</summary>
    private bool _isTooLarge;

    /// <summary>The number of values that arrive; <see langword="null"/> after a fault that leaves it unknown.</summary>
    private int? _size;
    private AttributeData _source;
    private string _sourceName = "the network's input";

    private ShapeInference(
        AttributeData network,
        int? inputSize,
        IReadOnlyList<LayerDeclaration> layers,
        ProblemReporter problems,
        CancellationToken cancellationToken)
    {
        _source = network;
        _size = inputSize;
        _layers = layers;
        _problems = problems;
        _cancellationToken = cancellationToken;
        _defaultInitializer = InitializerOf(network);
    }

    public ImmutableArray<StageSpec> Stages => _stages.ToImmutable();

    public LossKind Loss { get; private set; }

    /// <summary>Whether the outputs are probabilities of classes.</summary>
    public bool GivesProbabilities => Loss == LossKind.SoftmaxCrossEntropy || (_stages.Count > 0 && _stages[_stages.Count - 1] is SoftmaxSpec);

    public int ParameterCount { get; private set; }

    public int ParameterLength { get; private set; }

    public NetworkPlan Plan { get; private set; }

    public int PredictRows { get; private set; }

    public static ShapeInference Run(
        AttributeData network,
        int? inputSize,
        IReadOnlyList<LayerDeclaration> layers,
        ProblemReporter problems,
        CancellationToken cancellationToken)
    {
        ShapeInference inference = new(network, inputSize, layers, problems, cancellationToken);
        inference.Run();

        return inference;
    }

    private void Run()
    {
        Plan = ChoosePlan();

        for (int i = 0; i < _layers.Count; i++)
        {
            _cancellationToken.ThrowIfCancellationRequested();
            LayerDeclaration layer = _layers[i];

            switch (layer.Kind)
            {
                case LayerKind.Dense:
                    LayerDeclaration? relu = i + 1 < _layers.Count && _layers[i + 1].Kind == LayerKind.ReLU ? _layers[i + 1] : null;
                    AddDense(layer, relu);

                    // The ReLU is part of the stage.
                    i += relu is null ? 0 : 1;
                    break;

                case LayerKind.ReLU:
                    _stages.Add(new ReLUSpec(layer.Name, layer.FieldName, _size ?? 1));
                    MoveTo(layer, _size);
                    break;

                case LayerKind.Softmax:
                    _stages.Add(new SoftmaxSpec(layer.Name, layer.FieldName, _size ?? 1));
                    MoveTo(layer, _size);
                    break;

                case LayerKind.Unknown:
                    AddUnknown(layer, isLast: i == _layers.Count - 1);
                    break;

                default:
                    AddLoss(layer, i);
                    break;
            }
        }

        PredictRows = ChoosePredictRows();
    }

    private void AddDense(LayerDeclaration layer, LayerDeclaration? relu)
    {
        int? stated = layer.Size(KnownNames.InputsParameter);
        int? neurons = layer.Size(KnownNames.NeuronsParameter);

        if (stated is <= 0)
        {
            ReportSize(layer, KnownNames.InputsParameter, "input", stated.Value);
            stated = null;
        }
        else if (stated is { } inputs && _size is { } size && inputs != size)
        {
            _problems.Report(
                DiagnosticDescriptors.InputsDisagree,
                layer.Attribute.ArgumentLocation(KnownNames.InputsParameter, _cancellationToken),
                _source.Location(_cancellationToken),
                ImmutableDictionary<string, string?>.Empty.Add(DiagnosticProperties.ArrivingInputs, $"{size}"),
                layer.Name,
                inputs == 1 ? "1 input" : $"{inputs} inputs",
                _sourceName,
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

        _stages.Add(Place(layer, relu, stated ?? _size ?? 1, neurons ?? 1));
        MoveTo(relu ?? layer, neurons);
    }

    /// <summary>Gives the parameters of a dense layer their places behind those of the layers before.</summary>
    private DenseSpec Place(LayerDeclaration layer, LayerDeclaration? relu, int inputs, int neurons)
    {
        WeightInitializer initializer = InitializerOf(layer.Attribute) is var own && own != WeightInitializer.Auto ? own : _defaultInitializer;

        if (initializer == WeightInitializer.Auto)
        {
            initializer = relu is null ? WeightInitializer.GlorotUniform : WeightInitializer.HeNormal;
        }

        bool fits = inputs <= MaxLength && neurons <= MaxLength;
        bool isByNeuron = Plan == NetworkPlan.Lanes && _stages.Count > 0 && neurons <= MostNeuronsByNeuron && inputs >= LeastInputsByNeuron;
        long count = ParameterCount + ((long)inputs * neurons) + neurons;
        int biasesLength = fits ? MatrixLayout.RowStride(neurons) : 4;
        int stride = isByNeuron ? MatrixLayout.RowStride(inputs) : biasesLength;
        long biases = ParameterLength + Align((long)(isByNeuron ? neurons : inputs) * stride);
        long length = biases + Align(biasesLength);
        long transposed = fits ? (long)neurons * MatrixLayout.RowStride(inputs) : 0;

        if (!fits || Math.Max(length, transposed) > MaxLength)
        {
            _isTooLarge = true;
            _problems.Report(
                DiagnosticDescriptors.TooLarge,
                layer.Attribute.ArgumentLocation(KnownNames.NeuronsParameter, _cancellationToken),
                layer.Name,
                fits ? Math.Max(length, transposed) : count,
                fits && transposed > length ? "weights with the padding of their transpose" : fits ? "parameters with their padding" : "parameters",
                MaxLength);

            return new DenseSpec(layer.Name, (relu ?? layer).FieldName, layer.StoredAs, inputs, neurons, relu?.Name, initializer, isByNeuron, stride, 0, 0);
        }

        int start = ParameterLength;
        ParameterCount = (int)count;
        ParameterLength = (int)length;

        return new DenseSpec(layer.Name, (relu ?? layer).FieldName, layer.StoredAs, inputs, neurons, relu?.Name, initializer, isByNeuron, stride, start, (int)biases);
    }

    /// <summary>
    /// Nothing is known behind an attribute that the compiler could not resolve. The last one may be the loss: then the methods of a
    /// network with one are written, so that code that calls them compiles but for the real fault.
    /// </summary>
    private void AddUnknown(LayerDeclaration layer, bool isLast)
    {
        _size = null;
        _source = layer.Attribute;

        if (isLast && Loss == LossKind.None)
        {
            Loss = LossKind.SoftmaxCrossEntropy;
        }
    }

    private void AddLoss(LayerDeclaration loss, int index)
    {
        LayerDeclaration? previous = index > 0 ? _layers[index - 1] : null;

        if (_layers.Take(index).FirstOrDefault(static layer => layer.IsLoss) is { } first)
        {
            ReportLoss(loss, first, "before");

            return;
        }

        if (_layers.Skip(index + 1).FirstOrDefault(static layer => layer is { IsLoss: false, Kind: not LayerKind.Unknown }) is { } later)
        {
            ReportLoss(loss, later, "after");
        }

        if (loss.Kind == LayerKind.CategoricalCrossEntropy)
        {
            Loss = LossKind.CategoricalCrossEntropy;

            if (previous?.Kind is not (LayerKind.Softmax or LayerKind.Unknown))
            {
                _problems.Report(
                    DiagnosticDescriptors.CrossEntropyWithoutSoftmax,
                    loss.Attribute.Location(_cancellationToken),
                    _source.Location(_cancellationToken),
                    _sourceName);
            }

            return;
        }

        Loss = LossKind.SoftmaxCrossEntropy;

        if (previous?.Kind == LayerKind.Softmax)
        {
            _problems.Report(
                DiagnosticDescriptors.SoftmaxTwice,
                previous.Attribute.Location(_cancellationToken),
                loss.Attribute.Location(_cancellationToken),
                previous.Name);
        }
    }

    private void ReportLoss(LayerDeclaration loss, LayerDeclaration other, string where) => _problems.Report(
        DiagnosticDescriptors.LossNotLast,
        loss.Attribute.Location(_cancellationToken),
        other.Attribute.Location(_cancellationToken),
        loss.Name,
        other.Name,
        where);

    private void ReportSize(LayerDeclaration layer, string parameter, string unit, int size) => _problems.Report(
        DiagnosticDescriptors.InvalidLayerSize,
        layer.Attribute.ArgumentLocation(parameter, _cancellationToken),
        layer.Name,
        unit,
        size);

    private void MoveTo(LayerDeclaration layer, int? size)
    {
        _stageLayers.Add(layer);
        _size = size;
        _source = layer.Attribute;
        _sourceName = $"'{layer.Name}'";
    }

    /// <summary>Samples go in lanes where the network is small and made of nothing but dense layers with their ReLUs, and a softmax in the loss.</summary>
    private NetworkPlan ChoosePlan()
    {
        int size = _size ?? 0;
        long weights = 0;

        if (size is <= 0 or > MostInputsInLanes)
        {
            return NetworkPlan.Rows;
        }

        for (int i = 0; i < _layers.Count; i++)
        {
            switch (_layers[i].Kind)
            {
                case LayerKind.Dense when _layers[i].Size(KnownNames.NeuronsParameter) is > 0 and int neurons:
                    weights += (long)size * neurons;
                    size = neurons;
                    break;

                case LayerKind.ReLU when i > 0 && _layers[i - 1].Kind == LayerKind.Dense:
                case LayerKind.SoftmaxCrossEntropy when weights > 0:
                    break;

                default:
                    return NetworkPlan.Rows;
            }
        }

        return weights is > 0 and <= MostWeightsInLanes ? NetworkPlan.Lanes : NetworkPlan.Rows;
    }

    /// <summary>As many samples as keep their activations within the budget, in whole rows of the kernel's tile.</summary>
    private int ChoosePredictRows()
    {
        if (Plan == NetworkPlan.Lanes)
        {
            return SamplesInLanes;
        }

        long perSample = Math.Max(1, _stages.Take(Math.Max(0, _stages.Count - 1)).Sum(static stage => (long)stage.Outputs));
        long rows = Math.Min(MostTileRows, TileBudget / perSample / RowsOfKernel * RowsOfKernel);

        if (rows == 0)
        {
            rows = perSample <= MaxLength / (2 * RowsOfKernel) ? RowsOfKernel : 1;
        }

        if (!_isTooLarge)
        {
            CheckScratch(rows);
        }

        return (int)rows;
    }

    /// <summary>A prediction keeps the activations of all its stages in one array; each starts at a cache line.</summary>
    private void CheckScratch(long rows)
    {
        long length = 0;

        for (int i = 0; i < _stages.Count; i++)
        {
            // Behind a single sample's last activations Classify keeps its probabilities.
            long last = _stages[i].Outputs + 16L + (GivesProbabilities ? _stages[i].Outputs : 0);
            length += Align(i < _stages.Count - 1 ? rows * _stages[i].Outputs : last);

            if (length > MaxLength)
            {
                _problems.Report(
                    DiagnosticDescriptors.TooLarge,
                    _stageLayers[i].Attribute.Location(_cancellationToken),
                    _stageLayers[i].Name,
                    length,
                    "activations",
                    MaxLength);

                return;
            }
        }
    }

    private static long Align(long length) => (length + 15) & ~15L;

    /// <summary>The stated initializer; a number that is none of them counts as none stated.</summary>
    private static WeightInitializer InitializerOf(AttributeData attribute) =>
        (WeightInitializer)attribute.NamedArgument<int>(KnownNames.WeightInitializerProperty) is var stated && Enum.IsDefined(typeof(WeightInitializer), stated)
            ? stated
            : WeightInitializer.Auto;
}
