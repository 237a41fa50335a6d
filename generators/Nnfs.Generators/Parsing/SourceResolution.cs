using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Nnfs.Generators.Diagnostics;

namespace Nnfs.Generators.Parsing;

/// <summary>Finds the values that layers name, and knows which of them are read.</summary>
internal sealed class SourceResolution
{
    private readonly IReadOnlyList<LayerDeclaration> _layers;
    private readonly ProblemReporter _problems;
    private readonly CancellationToken _cancellationToken;
    private readonly Dictionary<string, Value> _values = new(StringComparer.Ordinal);
    private readonly HashSet<int> _read = [];

    /// <summary>What layers name that could not read it: reported there, and not again at its own place.</summary>
    private readonly HashSet<string> _wanted = new(StringComparer.Ordinal);

    /// <summary>Whether a layer reads something of which nobody knows what it was meant to be.</summary>
    private bool _isUnclear;

    public SourceResolution(IReadOnlyList<LayerDeclaration> layers, ProblemReporter problems, CancellationToken cancellationToken)
    {
        _layers = layers;
        _problems = problems;
        _cancellationToken = cancellationToken;

        // After what the compiler could not resolve, any name may have a meaning.
        _isUnclear = layers.Any(static layer => layer.Kind == DeclarationKind.Unknown);
    }

    /// <summary>Gives a value to those that come after it.</summary>
    public void Add(Value value)
    {
        if (value.Declaration is { } declaration)
        {
            _values[declaration.Name] = value;

            if (declaration.RefusedName is { } refused && !_values.ContainsKey(refused))
            {
                _values.Add(refused, value);
            }
        }
    }

    /// <summary>Notes that a value is read.</summary>
    public Value Read(Value value)
    {
        _read.Add(value.Source);

        return value;
    }

    /// <summary>
    /// The value that a layer names. Where there is none of that name, which is reported, it is the one that arrives.
    /// </summary>
    /// <param name="layer">The layer that names it.</param>
    /// <param name="constant">The name as the compiler read it.</param>
    /// <param name="parameter">The argument that names it.</param>
    /// <param name="element">Which of the names of the argument it is.</param>
    /// <param name="arriving">What the layer would read otherwise.</param>
    public Value Find(LayerDeclaration layer, TypedConstant constant, string parameter, int element, Value arriving)
    {
        string? name = constant.Kind == TypedConstantKind.Primitive ? constant.Value as string : null;

        if (name is not null && _values.TryGetValue(name, out Value? value))
        {
            return Read(value);
        }

        Read(arriving);
        Location location = layer.Attribute.ArgumentLocation(parameter, _cancellationToken, element);

        if (constant.Kind == TypedConstantKind.Error || (name is not null && _layers.Any(static other => other.Kind == DeclarationKind.Unknown)))
        {
            _isUnclear = true;
            _problems.NoteCompilerError();
        }
        else if (name is null)
        {
            _isUnclear = true;
            _problems.Report(DiagnosticDescriptors.IncompleteGraph, location, layer.Name, "reads null; write the name of a layer or input");
        }
        else if (_layers.FirstOrDefault(other => other.IsCalled(name) && other is { Kind: not DeclarationKind.Unknown, IsLoss: false }) is { } later)
        {
            string reason = later == layer ? "is the layer itself" : later.Kind == DeclarationKind.Output ? "is an output, not a layer" : "comes after it";

            _wanted.Add(name);
            _problems.Report(DiagnosticDescriptors.LaterSource, location, later.Attribute.Location(_cancellationToken), layer.Name, name, reason);
        }
        else
        {
            string? nearest = NearestName.Of(name, _layers
                .TakeWhile(other => other != layer)
                .Where(static other => other.IsLayer || other.Kind == DeclarationKind.Input)
                .Select(static other => other.RefusedName ?? other.Name));
            ImmutableDictionary<string, string?> properties = ImmutableDictionary<string, string?>.Empty;

            if (nearest is null)
            {
                _isUnclear = true;
            }
            else
            {
                _wanted.Add(nearest);
            }

            _problems.Report(
                DiagnosticDescriptors.UnknownSource,
                location,
                additional: null,
                nearest is null ? properties : properties.Add(DiagnosticProperties.NearestName, nearest),
                layer.Name,
                name,
                nearest is null ? "" : $"; did you mean '{nearest}'?");
        }

        return arriving with { Shape = null };
    }

    /// <summary>Notes that a layer may read anything, for a fault that has been reported.</summary>
    public void NoteUnclear() => _isUnclear = true;

    /// <summary>Notes that a layer names a value that it does not read, for another fault of its own.</summary>
    public void Want(string name) => _wanted.Add(name);

    /// <summary>Reports what nothing reads, unless what has been reported already may be the reason.</summary>
    public void ReportNotRead()
    {
        if (_isUnclear)
        {
            return;
        }

        foreach (Value value in _values.Values.Distinct())
        {
            if (value.Declaration is { } declaration
                && !_read.Contains(value.Source)
                && !_wanted.Contains(declaration.RefusedName ?? declaration.Name)
                && !_layers.Any(layer => declaration.RefusedName is { } refused && layer.Names(refused)))
            {
                _problems.Report(DiagnosticDescriptors.NotRead, declaration.Attribute.Location(_cancellationToken), declaration.Name);
            }
        }
    }
}
