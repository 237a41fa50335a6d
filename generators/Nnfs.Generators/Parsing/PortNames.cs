using Microsoft.CodeAnalysis;
using Nnfs.Generators.Models;

namespace Nnfs.Generators.Parsing;

/// <summary>
/// The names of a network's inputs and outputs, and of what is named after them where there are several of either. Layers keep out of
/// their way.
/// </summary>
internal sealed class PortNames
{
    private static readonly HashSet<string> s_variables = new(
        [
            "workspace", "scratch", "samples", "start", "tile", "loss", "seed", "random", "network", "count", "stride", "batchSize", "threads", "TileSamples",
            "streamState",
        ],
        StringComparer.Ordinal);

    private PortNames(bool hasNamedPorts)
    {
        HasNamedPorts = hasNamedPorts;
    }

    /// <summary>Whether there are several inputs or outputs, so that parameters and members are named after them.</summary>
    public bool HasNamedPorts { get; }

    /// <summary>The members of the class and its workspace that are named after inputs and outputs.</summary>
    public HashSet<string> Members { get; } = new(StringComparer.Ordinal);

    /// <summary>The stems of fields that would have the name of one of an input or output, or whose locals would have the name of a parameter.</summary>
    public HashSet<string> Fields { get; } = new(StringComparer.Ordinal);

    /// <summary>The input or output that no attribute declares, where there are several of the other kind.</summary>
    public (string Name, DeclarationKind Kind)? Undeclared { get; private set; }

    /// <summary>Whether a parameter cannot have that name, because generated methods have a variable of that name.</summary>
    public bool IsTaken(string name) => HasNamedPorts && s_variables.Contains(name);

    /// <summary>Whether a parameter cannot have that name, because generated methods call a method of that name.</summary>
    public bool IsCalled(string name) => HasNamedPorts && GeneratedMembers.IsCalled(name);

    /// <summary>Reads the names, whether they are valid or not.</summary>
    public static PortNames Of(INamedTypeSymbol type)
    {
        List<AttributeData>? ports = null;

        foreach (AttributeData attribute in type.GetAttributes())
        {
            if (attribute.IsInputOrOutput())
            {
                (ports ??= []).Add(attribute);
            }
        }

        int outputs = ports?.Count(static port => port.AttributeClass!.Name == KnownNames.OutputAttribute) ?? 0;
        int inputs = (ports?.Count ?? 0) - outputs;
        PortNames names = new(hasNamedPorts: inputs > 1 || outputs > 1);

        if (!names.HasNamedPorts)
        {
            return names;
        }

        if (inputs == 0 || outputs == 0)
        {
            names.Undeclared = inputs == 0 ? ("inputs", DeclarationKind.Input) : ("outputs", DeclarationKind.Output);
            names.Add(names.Undeclared.Value.Name, names.Undeclared.Value.Kind);
        }

        foreach (AttributeData port in ports!)
        {
            if (port.ConstructorArguments.Length > 0
                && port.ConstructorArguments[0] is { Kind: TypedConstantKind.Primitive, Value: string name }
                && name.Length > 0)
            {
                names.Add(name, port.AttributeClass!.Name == KnownNames.OutputAttribute ? DeclarationKind.Output : DeclarationKind.Input);
            }
        }

        return names;
    }

    /// <summary>The members of the class that an input or output of that name brings.</summary>
    public string[] MembersOfClass(string name) => HasNamedPorts ? [name.ToPascalCase() + "Size", name.ToPascalCase() + "Shape"] : [];

    /// <summary>The members of the workspace that an input or output of that name brings.</summary>
    public string[] MembersOfWorkspace(string name, DeclarationKind kind)
    {
        string member = name.ToPascalCase();

        return !HasNamedPorts ? [] : kind == DeclarationKind.Output ? [member, member + "Loss"] : [member + "Gradients"];
    }

    /// <summary>All that is named after an input or output, parameters too, as members begin: no other may bring one of these.</summary>
    public string[] AllOf(string name, DeclarationKind kind)
    {
        string member = name.ToPascalCase();

        string[] common = [member, member + "Size", member + "Shape", member + "Gradients"];

        return !HasNamedPorts ? []
            : kind == DeclarationKind.Output ? [.. common, member + "Loss", member + "Labels", member + "Targets"]
            : common;
    }

    private void Add(string name, DeclarationKind kind)
    {
        Members.UnionWith(MembersOfClass(name));
        Members.UnionWith(MembersOfWorkspace(name, kind));
        Fields.Add(name);

        foreach (string suffix in (string[])["Output", "Outputs", "OutputGradient"])
        {
            if (name.EndsWith(suffix, StringComparison.Ordinal))
            {
                Fields.Add(name.Substring(0, name.Length - suffix.Length));
            }
        }
    }
}
