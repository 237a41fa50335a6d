using System.Collections.Immutable;
using Nnfs.Generators.Models;

namespace Nnfs.Generators.CallSites;

/// <summary>A parameter of a network's methods, as far as the compiler can know what it must hold.</summary>
/// <param name="Parameter">Its name.</param>
/// <param name="Size">The number of values for a sample.</param>
/// <param name="Element">What its values are.</param>
/// <param name="IsWritten">Whether the method writes it.</param>
/// <param name="Labels">The number of labels that there are where it holds labels; 0 where it holds anything else.</param>
internal sealed record PortShape(string Parameter, int Size, ElementType Element, bool IsWritten = false, int Labels = 0)
{
    /// <summary>Whether a label of −1 leaves out what it is of.</summary>
    public bool LeavesOut { get; init; }

    public static PortShape Input(NetworkSpec network, int index) =>
        new(network.InputName(index), network.Inputs[index].Size, network.Inputs[index].Element);

    public static PortShape Output(NetworkSpec network, int index) =>
        new(network.OutputName(index), network.Outputs[index].Size, ElementType.Float, IsWritten: true);

    /// <summary>What the method takes that tells the class of a sample, or writes the class at each position; nothing where there are no classes.</summary>
    public static ImmutableArray<PortShape> Classified(NetworkSpec network)
    {
        if (!network.TellsClasses)
        {
            return [];
        }

        PortShape input = Input(network, 0) with { Parameter = "input" };
        Shape output = network.Outputs[0].Shape;

        return network.HasOneClass ? [input] : [input, new("classes", output.Positions, ElementType.Integer, IsWritten: true, Labels: output.Last)];
    }

    /// <summary>What a pass is told of an output: a class for each sample, 0 or 1 for each value, or floats.</summary>
    public static PortShape Target(NetworkSpec network, OutputSpec output, TargetKind kind)
    {
        PortShape target = new(network.TargetName(output, kind), output.Size, output.Element(kind));

        return target.Element != ElementType.Integer ? target
            : output.Loss is { IsBinary: true } ? target with { Labels = 2 }
            : target with { Size = output.Shape.Positions, Labels = output.Shape.Last, LeavesOut = output.LeavesOut(kind) };
    }
}
