using Microsoft.CodeAnalysis;

namespace Nnfs.Generators.Parsing;

/// <summary>
/// The names of a network's inputs and outputs, and of the members that are called after them where there are several of either. Layers
/// keep out of their way.
/// </summary>
internal sealed class PortNames
{
    private static readonly HashSet<string> s_variables = new(
        ["workspace", "scratch", "samples", "start", "tile", "loss", "seed", "random", "network", "count", "stride", "batchSize", "threads", "TileSamples"],
        StringComparer.Ordinal);

    private readonly bool _isTyped;

    private PortNames(bool isTyped)
    {
        _isTyped = isTyped;
    }

    /// <summary>The members of the class and its workspace that are called after inputs and outputs.</summary>
    public HashSet<string> Members { get; } = new(StringComparer.Ordinal);

    /// <summary>The stems of fields whose locals would be called as a parameter is.</summary>
    public HashSet<string> Fields { get; } = new(StringComparer.Ordinal);

    /// <summary>Whether a parameter cannot be called so, because generated methods have a variable of that name.</summary>
    public static bool IsTaken(string name) => s_variables.Contains(name);

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

        bool isTyped = ports is not null && ports.GroupBy(static port => port.AttributeClass!.Name, StringComparer.Ordinal).Any(static alike => alike.Count() > 1);
        PortNames names = new(isTyped);

        foreach (AttributeData port in ports ?? [])
        {
            if (isTyped && port.ConstructorArguments.Length > 0 && port.ConstructorArguments[0] is { Kind: TypedConstantKind.Primitive, Value: string name } && name.Length > 0)
            {
                names.Add(name);
            }
        }

        return names;
    }

    /// <summary>The members that an input or output of that name brings.</summary>
    public string[] MembersOf(string name)
    {
        string member = name.ToPascalCase();

        return _isTyped ? [member, member + "Size", member + "Gradients", member + "Loss"] : [];
    }

    private void Add(string name)
    {
        const string Outputs = "Outputs";
        Members.UnionWith(MembersOf(name));

        if (name.EndsWith(Outputs, StringComparison.Ordinal))
        {
            Fields.Add(name.Substring(0, name.Length - Outputs.Length));
        }
    }
}
