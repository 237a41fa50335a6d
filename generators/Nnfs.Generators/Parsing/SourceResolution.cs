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

    public SourceResolution(IReadOnlyList<LayerDeclaration> layers, ProblemReporter problems, CancellationToken cancellationToken)
    {
        _layers = layers;
        _problems = problems;
        _cancellationToken = cancellationToken;
    }

    /// <summary>Gives a value to those that come after it.</summary>
    public void Add(Value value)
    {
        if (value.Declaration is { } declaration)
        {
            _values[declaration.Name] = value;
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
    /// <param name="name">The name; <see langword="null"/> where the compiler could not read it.</param>
    /// <param name="parameter">The argument that names it.</param>
    /// <param name="element">Which of the names of the argument it is.</param>
    /// <param name="arriving">What the layer would read otherwise.</param>
    public Value Find(LayerDeclaration layer, string? name, string parameter, int element, Value arriving)
    {
        if (name is not null && _values.TryGetValue(name, out Value? value))
        {
            return Read(value);
        }

        Read(arriving);

        // Behind what the compiler could not resolve, any name may have a meaning.
        if (name is null || _layers.Any(static other => other.Kind == LayerKind.Unknown))
        {
            _problems.NoteCompilerError();

            return arriving with { Size = null };
        }

        Location location = layer.Attribute.ArgumentLocation(parameter, _cancellationToken, element);

        if (_layers.FirstOrDefault(other => other.Name == name && !other.IsLoss) is { } later)
        {
            string reason = later == layer ? "is the layer itself" : later.Kind == LayerKind.Output ? "is an output, not a layer" : "stands behind it";

            _problems.Report(DiagnosticDescriptors.LaterSource, location, later.Attribute.Location(_cancellationToken), layer.Name, name, reason);
        }
        else
        {
            string? nearest = NearestName.Of(name, _values.Keys);
            ImmutableDictionary<string, string?> properties = ImmutableDictionary<string, string?>.Empty;

            _problems.Report(
                DiagnosticDescriptors.UnknownSource,
                location,
                additional: null,
                nearest is null ? properties : properties.Add(DiagnosticProperties.NearestName, nearest),
                layer.Name,
                name,
                nearest is null ? "" : $"; did you mean '{nearest}'?");
        }

        return arriving with { Size = null };
    }

    /// <summary>Reports what nothing reads.</summary>
    public void ReportNotRead()
    {
        foreach (Value value in _values.Values)
        {
            if (value.Declaration is { } declaration && !_read.Contains(value.Source))
            {
                _problems.Report(DiagnosticDescriptors.NotRead, declaration.Attribute.Location(_cancellationToken), declaration.Name);
            }
        }
    }
}
