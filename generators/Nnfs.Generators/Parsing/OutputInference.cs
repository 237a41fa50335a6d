using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Nnfs.Generators.Diagnostics;
using Nnfs.Generators.Models;

namespace Nnfs.Generators.Parsing;

/// <summary>Finds the outputs of a network and their losses. Each loss belongs to the output that is closed behind it, or to the only one.</summary>
internal sealed class OutputInference
{
    private readonly IReadOnlyList<LayerDeclaration> _layers;
    private readonly ProblemReporter _problems;
    private readonly SettingReader _settings;
    private readonly CancellationToken _cancellationToken;
    private readonly bool _hasDeclared;
    private readonly ImmutableArray<OutputSpec>.Builder _specs = ImmutableArray.CreateBuilder<OutputSpec>();

    private LayerDeclaration? _loss;
    private LossKind _kind;

    /// <summary>Whether layers stand between the loss and its output.</summary>
    private bool _isFollowed;

    public OutputInference(IReadOnlyList<LayerDeclaration> layers, ProblemReporter problems, SettingReader settings, CancellationToken cancellationToken)
    {
        _layers = layers;
        _problems = problems;
        _settings = settings;
        _cancellationToken = cancellationToken;
        _hasDeclared = layers.Any(static layer => layer.Kind == LayerKind.Output);
    }

    public ImmutableArray<OutputSpec> Specs => _specs.ToImmutable();

    /// <summary>Takes the loss of what arrives.</summary>
    public void AddLoss(LayerDeclaration loss, int index, Value arriving)
    {
        // One that layers stand behind has been reported, and with outputs it is its own that is missing; this is the loss of the next.
        if (_loss is not null && !(_hasDeclared && _isFollowed))
        {
            ReportLoss(loss, _loss, "before");

            return;
        }

        // Behind a loss comes its output, or the end.
        LayerDeclaration? later = _layers.Skip(index + 1).TakeWhile(static layer => layer.Kind != LayerKind.Output).FirstOrDefault(static layer => layer.IsLayer || layer.Kind == LayerKind.Input);
        _isFollowed = later is not null;

        if (later is not null)
        {
            ReportLoss(loss, later, "after");
        }

        _loss = loss;
        _kind = (LossKind)Enum.Parse(typeof(LossKind), loss.Kind.ToString());
        CheckPrevious(loss, index > 0 ? _layers[index - 1] : null, arriving);
    }

    /// <summary>Takes the last attribute, which the compiler could not resolve, for a loss.</summary>
    public void AssumeLoss()
    {
        if (_loss is null && !_hasDeclared)
        {
            _kind = LossKind.SoftmaxCrossEntropy;
        }
    }

    /// <summary>Makes what arrives an output.</summary>
    public void Close(LayerDeclaration output, Value arriving)
    {
        // With a loss it is an output of the loss's making, or reported there; without any layer the network is.
        if (arriving.Source < 0 && _loss is null && _layers.Any(static layer => layer.IsLayer || layer.IsLoss))
        {
            _problems.Report(DiagnosticDescriptors.IncompleteGraph, output.Attribute.Location(_cancellationToken), output.Name, "gives an input as it is: there is no layer before it");
        }

        Add(output.Name, arriving, isDeclared: true);
    }

    /// <summary>Closes the only output, where none is declared. Returns whether what arrives is one, or was meant to be.</summary>
    public bool End(Value arriving)
    {
        if (!_hasDeclared)
        {
            Add("outputs", arriving, isDeclared: false);

            return true;
        }

        if (_loss is not null)
        {
            _problems.Report(DiagnosticDescriptors.IncompleteGraph, _loss.Attribute.Location(_cancellationToken), _loss.Name, "belongs to no output: [Output] must stand behind it, as behind the other losses");
        }

        return _loss is not null;
    }

    private void Add(string name, Value arriving, bool isDeclared)
    {
        float weight = _loss is null ? 1f : _settings.Weight(_loss);
        float parameter = _loss is null ? 0f : _settings.LossParameter(_loss);
        _specs.Add(new OutputSpec(name, arriving.Source, arriving.Size ?? 1, _kind, weight, parameter, isDeclared));
        _loss = null;
        _kind = LossKind.None;
    }

    private void CheckPrevious(LayerDeclaration loss, LayerDeclaration? previous, Value arriving)
    {
        (LayerKind Layer, LossKind Fused)? probabilities = _kind switch
        {
            LossKind.CategoricalCrossEntropy => (LayerKind.Softmax, LossKind.SoftmaxCrossEntropy),
            LossKind.BinaryCrossEntropy => (LayerKind.Sigmoid, LossKind.SigmoidBinaryCrossEntropy),
            _ => null,
        };

        if (probabilities is { } needed && arriving.Declaration?.Kind != needed.Layer && previous?.Kind != LayerKind.Unknown)
        {
            _problems.Report(
                DiagnosticDescriptors.CrossEntropyWithoutSoftmax,
                loss.Attribute.Location(_cancellationToken),
                arriving.Attribute.Location(_cancellationToken),
                ImmutableDictionary<string, string?>.Empty.Add(DiagnosticProperties.Probabilities, needed.Layer.ToString()),
                loss.Name,
                needed.Layer.ToString(),
                arriving.Description);
        }

        LayerKind? applied = _kind switch
        {
            LossKind.SoftmaxCrossEntropy => LayerKind.Softmax,
            LossKind.SigmoidBinaryCrossEntropy => LayerKind.Sigmoid,
            _ => null,
        };

        if (applied is not null && previous?.Kind == applied)
        {
            _problems.Report(
                DiagnosticDescriptors.SoftmaxTwice,
                previous!.Attribute.Location(_cancellationToken),
                loss.Attribute.Location(_cancellationToken),
                ImmutableDictionary<string, string?>.Empty.Add(DiagnosticProperties.Probabilities, applied.ToString()),
                previous.Name,
                loss.Name,
                applied.ToString()!.ToLowerInvariant());
        }

        // Softmax with its loss is a network of its own; any other loss compares what some layer gives.
        if (arriving.Source < 0 && probabilities is null && _kind != LossKind.SoftmaxCrossEntropy && previous?.Kind != LayerKind.Unknown)
        {
            _problems.Report(DiagnosticDescriptors.IncompleteGraph, loss.Attribute.Location(_cancellationToken), loss.Name, "has no layer before it whose outputs it could compare");
        }
    }

    private void ReportLoss(LayerDeclaration loss, LayerDeclaration other, string where) => _problems.Report(
        DiagnosticDescriptors.LossNotLast,
        loss.Attribute.Location(_cancellationToken),
        other.Attribute.Location(_cancellationToken),
        loss.Name,
        other.Name,
        where);
}
