using System.Collections.Concurrent;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Nnfs.Generators.Models;
using Nnfs.Generators.Parsing;

namespace Nnfs.Generators.CallSites;

/// <summary>The shapes of the networks that a compilation calls, each read once.</summary>
internal sealed class NetworkShapes
{
    private readonly Compilation _compilation;
    private readonly ConcurrentDictionary<INamedTypeSymbol, NetworkShape?> _shapes = new(SymbolEqualityComparer.Default);

    public NetworkShapes(Compilation compilation)
    {
        _compilation = compilation;
    }

    /// <summary>The shape of a network; <see langword="null"/> for any other type, and for a network with errors, whose shape is not known.</summary>
    public NetworkShape? Of(INamedTypeSymbol type, CancellationToken cancellationToken)
    {
        if (!_shapes.TryGetValue(type, out NetworkShape? shape))
        {
            shape = Read(type, cancellationToken);
            _shapes.TryAdd(type, shape);
        }

        return shape;
    }

    private NetworkShape? Read(INamedTypeSymbol type, CancellationToken cancellationToken)
    {
        AttributeData? attribute = type.GetAttributes().FirstOrDefault(static attribute => attribute.IsNetwork());

        if (attribute is null || NetworkParser.Parse(type, report: null, cancellationToken) is not { } spec)
        {
            return null;
        }

        // A network in a referenced assembly has compiled; what counts there are the sizes that it was compiled with.
        bool isKnown = !type.DeclaringSyntaxReferences.IsEmpty
            ? !spec.HasErrors
            : Enumerable.Range(0, spec.Inputs.Count).All(i => HasConstant(type, spec.InputSizeName(i), spec.Inputs[i].Size))
                && Enumerable.Range(0, spec.Outputs.Count).All(i => HasConstant(type, spec.OutputSizeName(i), spec.Outputs[i].Size));

        if (!isKnown || spec.Inputs.Any(static input => input.Size <= 0) || spec.Outputs.Any(static output => output.Size <= 0))
        {
            return null;
        }

        Location declaration = attribute.Location(cancellationToken);
        bool isHere = declaration.SourceTree is { } tree && _compilation.ContainsSyntaxTree(tree);

        return new NetworkShape(
            type.Name,
            [.. Enumerable.Range(0, spec.Inputs.Count).Select(i => PortShape.Input(spec, i))],
            [.. Enumerable.Range(0, spec.Outputs.Count).Select(i => PortShape.Output(spec, i))],
            [.. spec.TargetKinds.Select(kind => spec.TrainedOutputs.Select(output => PortShape.Target(spec, output, kind)).ToImmutableArray())],
            [.. spec.TrainedOutputs.Select(output => PortShape.Target(spec, output, TargetKind.Gradients))],
            spec.HasLoss,
            PortShape.Classified(spec),
            [.. spec.Outputs.Select(static output => output.Loss?.Name).OfType<string>().Distinct()],
            spec.Plans.Stream.Obstacle,
            isHere ? declaration : null);
    }

    private static bool HasConstant(INamedTypeSymbol type, string name, int value) =>
        type.GetMembers(name).Any(member => member is IFieldSymbol { HasConstantValue: true, ConstantValue: int constant } && constant == value);
}
