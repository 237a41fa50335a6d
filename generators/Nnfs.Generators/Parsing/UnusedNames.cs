using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Nnfs.Generators.Models;

namespace Nnfs.Generators.Parsing;

/// <summary>Names for what generated code needs for itself, so that nothing in sight of the user's class has them.</summary>
internal static class UnusedNames
{
    /// <summary>The start of the names of the types that stand for sizes, so that no type of the user's hides them or clashes with them.</summary>
    public static string DimensionPrefix(INamedTypeSymbol type, ShapeInference shapes)
    {
        ImmutableArray<int> sizes = Sizes(shapes);
        string prefix = "D";

        while (sizes.Any(size => IsTypeInSight(type, prefix + size)))
        {
            prefix += "_";
        }

        return prefix;
    }

    /// <summary>
    /// The end of the names of private members for tensors, so that no member of the user's, no view of a layer and no parameter has one of them.
    /// </summary>
    public static string TensorSuffix(INamedTypeSymbol type, ShapeInference shapes)
    {
        EquatableArray<StageSpec> stages = shapes.Parameters.Stages;
        HashSet<string> taken = PortNames.Of(type).Members;
        taken.UnionWith(shapes.Inputs.Select(static input => input.Name));
        taken.UnionWith(shapes.Outputs.Select(static output => output.Name));
        List<string> names = [];

        foreach (StageSpec stage in stages)
        {
            taken.Add(stage.Name);
            taken.Add(stage.OutputName);

            // One for each tensor, and one for those of the stage and all after it.
            names.AddRange(stage.Tensors.Select(tensor => stage.Name + tensor.Name));
            names.AddRange(stage.HasParameters ? [$"{stage.Name}To{stages.Last(static other => other.HasParameters).Name}"] : []);
        }

        string suffix = "";

        while (names.Exists(name => IsTaken(name + suffix) || IsTaken($"{name}Gradient{suffix}")))
        {
            suffix += "_";
        }

        return suffix;

        bool IsTaken(string name) => taken.Contains(name) || type.FindMember(name) is not null;
    }

    /// <summary>The name of the class that holds the windows of layers: code names it where members, layers, inputs and outputs could hide it.</summary>
    public static string WindowsType(INamedTypeSymbol type, ShapeInference shapes)
    {
        HashSet<string> taken = new(
            [
                .. PortNames.Of(type).Members,
                .. shapes.Inputs.Select(static input => input.Name),
                .. shapes.Outputs.Select(static output => output.Name),
                .. shapes.Parameters.Stages.SelectMany(static stage => new[] { stage.Name, stage.OutputName }),
            ],
            StringComparer.Ordinal);
        string name = "Windows";

        while (taken.Contains(name) || IsTypeInSight(type, name) || IsMember(type, name) || IsNamespaceInSight(type, name))
        {
            name += "_";
        }

        return name;
    }

    /// <summary>The sizes that may have types.</summary>
    private static ImmutableArray<int> Sizes(ShapeInference shapes) =>
    [
        .. shapes.Inputs.Select(static input => input.Size),
        .. shapes.Parameters.Stages.SelectMany(static stage => new[] { stage.Outputs, stage.Inputs }),
        .. shapes.Parameters.Stages.SelectMany(static stage => stage.KernelSizes),
        .. shapes.Parameters.Stages.SelectMany(static stage => stage.ScaledSizes),
        .. shapes.Parameters.Stages.SelectMany(static stage => stage.OfStep?.KernelSizes ?? []),
        .. shapes.Outputs.SelectMany(static output => output.Loss?.KernelSizes(output.Shape) ?? []),
    ];

    /// <summary>Whether the class, or one around it, has a member of that name, be it its own or inherited.</summary>
    private static bool IsMember(INamedTypeSymbol type, string name)
    {
        for (INamedTypeSymbol? outer = type; outer is not null; outer = outer.ContainingType)
        {
            if (outer.FindMember(name) is not null)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>
    /// Whether there is a namespace of that name where a type of the file would be; outside of all namespaces, those of other assemblies count.
    /// </summary>
    private static bool IsNamespaceInSight(INamedTypeSymbol type, string name) =>
        type.ContainingNamespace.GetMembers(name).Any(static member => member is INamespaceSymbol)
        || (type.ContainingNamespace.IsGlobalNamespace
            && type.ContainingModule.ReferencedAssemblySymbols.Any(assembly => assembly.GlobalNamespace.GetMembers(name).Any()));

    private static bool IsTypeInSight(INamedTypeSymbol type, string name)
    {
        for (INamedTypeSymbol? outer = type; outer is not null; outer = outer.ContainingType)
        {
            if (outer.Name == name || outer.TypeParameters.Any(parameter => parameter.Name == name))
            {
                return true;
            }

            for (INamedTypeSymbol? current = outer; current is not null; current = current.BaseType)
            {
                if (!current.GetTypeMembers(name).IsEmpty)
                {
                    return true;
                }
            }
        }

        return type.ContainingNamespace.GetTypeMembers(name).Any(static other => !other.IsFileLocal);
    }
}
