using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Nnfs.Generators.Diagnostics;
using Nnfs.Generators.Layers;
using Nnfs.Generators.Losses;
using Nnfs.Generators.Models;

namespace Nnfs.Generators.Parsing;

/// <summary>Reads the layer and loss attributes of a class, in their order, and gives each its name.</summary>
internal static class LayerReader
{
    private const string UsedTwice = "is used twice; choose another";

    /// <summary>Reads the attributes of a class.</summary>
    /// <param name="type">The class.</param>
    /// <param name="problems">Takes what is wrong with names.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    /// <param name="embedded">The features of its samples that a layer of their own reads; none where only the user's layers matter.</param>
    public static IReadOnlyList<LayerDeclaration> Read(
        INamedTypeSymbol type, ProblemReporter problems, CancellationToken cancellationToken, EquatableArray<EmbeddedFeature> embedded = default)
    {
        List<LayerDeclaration> layers = [];
        Dictionary<string, int> counts = new(StringComparer.Ordinal);
        PortNames ports = PortNames.Of(type);

        // Locals of generated methods are named after fields; none of them may have the name of a parameter.
        HashSet<string> fields = new(ports.Fields, StringComparer.Ordinal);

        bool isAfterNetwork = false;

        // Each takes the last of the values that are left, so that their rows come in the order of the features.
        foreach (EmbeddedFeature feature in embedded.Reverse())
        {
            LayerDeclaration layer = Implied(feature, type, layers, ports, cancellationToken);
            string field = Unused(layer.Name.ToFieldName(), fields.Contains);
            fields.Add(field);
            layers.Add(layer with { FieldName = field });
        }

        foreach (AttributeData attribute in type.GetAttributes())
        {
            cancellationToken.ThrowIfCancellationRequested();
            isAfterNetwork |= attribute.IsNetwork();

            if (isAfterNetwork && attribute.IsUnknownLayer())
            {
                problems.NoteCompilerError();
                layers.Add(Declare(attribute, DeclarationKind.Unknown, nameof(DeclarationKind.Unknown)));

                continue;
            }

            if (Declare(attribute) is not { } layer)
            {
                continue;
            }

            if (attribute.AttributeConstructor is null)
            {
                problems.NoteCompilerError();
            }

            counts.TryGetValue(layer.KindName, out int count);
            counts[layer.KindName] = count + 1;
            bool isGiven = false;

            if (!layer.IsLoss)
            {
                string defaultName = layer.Name + (count + 1).ToString(CultureInfo.InvariantCulture);
                layer = layer with
                {
                    Name = ChooseName(defaultName, layer, type, layers, ports, problems, cancellationToken, out isGiven, out string? refused),
                    RefusedName = refused,
                };
            }

            if (layer.IsLayer)
            {
                string field = Unused(layer.Name.ToFieldName(), fields.Contains);
                fields.Add(field);
                layer = layer with { FieldName = field, StoredAs = isGiven ? layer.Name.ToCamelCase() : layer.Name.ToLowerInvariant() };
            }

            layers.Add(layer);
        }

        return WithUniqueStorage(layers);
    }

    /// <summary>
    /// Layers whose names differ only in case are stored under their exact names: what a file calls a layer depends on the names alone,
    /// not on the order of the layers.
    /// </summary>
    private static List<LayerDeclaration> WithUniqueStorage(List<LayerDeclaration> layers)
    {
        HashSet<string> shared = new(
            layers.GroupBy(static layer => layer.StoredAs, StringComparer.Ordinal).Where(static alike => alike.Count() > 1).Select(static alike => alike.Key),
            StringComparer.Ordinal);

        return layers.ConvertAll(layer => shared.Contains(layer.StoredAs) ? layer with { StoredAs = layer.Name } : layer);
    }

    /// <summary>What an attribute declares, named after its kind for now; <see langword="null"/> for an attribute that declares nothing.</summary>
    private static LayerDeclaration? Declare(AttributeData attribute)
    {
        if (!attribute.IsLayerOrLoss() && !attribute.IsInputOrOutput())
        {
            return null;
        }

        string name = attribute.AttributeClass!.Name;
        string kind = name.Substring(0, Math.Max(0, name.Length - KnownNames.AttributeSuffix.Length));

        return name switch
        {
            KnownNames.InputAttribute => Declare(attribute, DeclarationKind.Input, kind),
            KnownNames.OutputAttribute => Declare(attribute, DeclarationKind.Output, kind),
            _ when Layer.Find(kind) is { } layer => Declare(attribute, DeclarationKind.Layer, kind) with { Layer = layer },
            _ when Loss.Find(kind) is { } loss => Declare(attribute, DeclarationKind.Loss, kind) with { Loss = loss },
            _ => null,
        };
    }

    /// <summary>The layer that reads a feature with an embedding, with a name that nothing else has.</summary>
    private static LayerDeclaration Implied(
        EmbeddedFeature feature, INamedTypeSymbol type, List<LayerDeclaration> layers, PortNames ports, CancellationToken cancellationToken)
    {
        Layer kind = Layer.Of(feature);
        string stem = feature.Identifier.TrimStart('@', '_');
        stem = SyntaxFacts.IsValidIdentifier(stem) ? stem.ToPascalCase() : KnownNames.Feature + stem;
        string name = Unused(
            stem + KnownNames.EmbeddingProperty,
            candidate => FaultOf(candidate, DeclarationKind.Layer, type, layers, ports, cancellationToken, out _) is not null);
        AttributeData network = type.GetAttributes().First(static attribute => attribute.IsNetwork());

        return Declare(network, DeclarationKind.Layer, kind.Name) with
        {
            Name = name,
            StoredAs = name.ToLowerInvariant(),
            Layer = kind,
            IsImplied = true,
        };
    }

    private static LayerDeclaration Declare(AttributeData attribute, DeclarationKind kind, string name) =>
        new(attribute, kind, KindName: name, Name: name, FieldName: "", StoredAs: "");

    /// <summary>The given name or else the default. One that cannot be a member is reported and replaced, so that the rest can still be written.</summary>
    private static string ChooseName(
        string defaultName,
        LayerDeclaration layer,
        INamedTypeSymbol type,
        List<LayerDeclaration> layers,
        PortNames ports,
        ProblemReporter problems,
        CancellationToken cancellationToken,
        out bool isGiven,
        out string? refused)
    {
        bool isPort = layer.IsPort;
        string? givenName = isPort ? layer.Argument(KnownNames.NameParameter)?.Value as string : layer.Attribute.NamedArgument<string>(KnownNames.NameProperty);
        string name = givenName ?? defaultName;
        string? fault = FaultOf(name, layer.Kind, type, layers, ports, cancellationToken, out Location? other);
        isGiven = givenName is not null && fault is null;

        // A default name that another layer was given.
        fault = fault == UsedTwice && !layer.HasOwnName ? "is the default here, but was given to a layer before this one; give one of them another" : fault;
        bool isNull = isPort && givenName is null;
        refused = fault is null ? null : givenName;

        // A name that is missing or that nothing can read is the compiler's; it knows nothing of one that is null.
        bool isCompilerError = isNull && layer.Argument(KnownNames.NameParameter) is null or { Kind: TypedConstantKind.Error };

        if (isNull && !isCompilerError)
        {
            fault = "is not a name";
            other = null;
        }

        if (fault is null)
        {
            return name;
        }

        if (!isCompilerError)
        {
            problems.Report(
                DiagnosticDescriptors.InvalidName,
                layer.Attribute.ArgumentLocation(isPort ? KnownNames.NameParameter : KnownNames.NameProperty, cancellationToken),
                other,
                isPort ? $"{(layer.Kind == DeclarationKind.Input ? "input" : "output")} name" : "layer name",
                isNull ? "null" : name,
                fault);
        }

        return Unused(defaultName + "_", candidate => FaultOf(candidate, layer.Kind, type, layers, ports, cancellationToken, out _) is not null);
    }

    private static string? FaultOf(
        string name,
        DeclarationKind kind,
        INamedTypeSymbol type,
        List<LayerDeclaration> layers,
        PortNames ports,
        CancellationToken cancellationToken,
        out Location? other)
    {
        other = null;

        // The compiler takes two identifiers for one that differ only in characters that are not seen.
        if (!SyntaxFacts.IsValidIdentifier(name) || name.Any(static character => CharUnicodeInfo.GetUnicodeCategory(character) == UnicodeCategory.Format))
        {
            return "is not a C# identifier";
        }

        if (name[0] == '_')
        {
            return "starts with '_', as the names of generated fields do";
        }

        bool isPort = kind is DeclarationKind.Input or DeclarationKind.Output;

        if (layers.FirstOrDefault(layer => layer is { Kind: not DeclarationKind.Unknown, IsLoss: false } && AreOne(layer, name, isPort)) is { } twin)
        {
            bool isOfPort = twin.IsPort;
            other = twin.Attribute.ArgumentLocation(isOfPort ? KnownNames.NameParameter : KnownNames.NameProperty, cancellationToken);

            return twin.HasOwnName ? UsedTwice
                : twin.IsImplied ? "is that of the layer that reads a feature with an embedding; choose another"
                : $"is the default name of a [{twin.KindName}] before it; choose another";
        }

        if (isPort)
        {
            return FaultOfPort(name, kind, type, layers, ports, cancellationToken, out other);
        }

        if (name == type.Name)
        {
            return "is taken by the class itself";
        }

        if (GeneratedMembers.IsTakenFromLayers(name) || ports.Members.Contains(name))
        {
            return "is taken by a generated member";
        }

        if (type.FindMember(name) is { } own)
        {
            other = own.Locations.FirstOrDefault(static location => location.IsInSource);

            return $"is taken by a member of '{own.ContainingType.Name}'";
        }

        return null;
    }

    /// <summary>Why an input or output cannot have that name: because of its parameters, or of the members that are named after it.</summary>
    private static string? FaultOfPort(
        string name,
        DeclarationKind kind,
        INamedTypeSymbol type,
        List<LayerDeclaration> layers,
        PortNames ports,
        CancellationToken cancellationToken,
        out Location? other)
    {
        other = null;

        if (ports.IsTaken(name))
        {
            return "is taken by a variable in generated methods";
        }

        if (ports.IsCalled(name))
        {
            return "is taken by a method that generated methods call";
        }

        string[] all = ports.AllOf(name, kind);

        if (ports.Undeclared is var (undeclared, undeclaredKind) && ports.AllOf(undeclared, undeclaredKind).FirstOrDefault(all.Contains) is { } implied)
        {
            return $"adds the name '{implied}', which '{undeclared}' adds too";
        }

        foreach (LayerDeclaration port in layers.Where(static layer => layer.IsPort))
        {
            if (ports.AllOf(port.Name, port.Kind).FirstOrDefault(all.Contains) is { } shared)
            {
                other = port.Attribute.ArgumentLocation(KnownNames.NameParameter, cancellationToken);

                return $"adds the name '{shared}', which '{port.Name}' adds too";
            }
        }

        if (ports.MembersOfWorkspace(name, kind).FirstOrDefault(GeneratedMembers.IsOfTypedWorkspace) is { } taken)
        {
            return $"adds the member '{taken}', which every workspace has";
        }

        foreach (string member in ports.MembersOfClass(name))
        {
            if (member == type.Name)
            {
                return $"adds the member '{member}', which is the name of the class itself";
            }

            if (type.FindMember(member) is { } own)
            {
                other = own.Locations.FirstOrDefault(static location => location.IsInSource);

                return $"adds the member '{member}', which '{own.ContainingType.Name}' already has";
            }
        }

        return null;
    }

    /// <summary>Whether two names become one member: an input's or an output's begins with a capital there.</summary>
    private static bool AreOne(LayerDeclaration layer, string name, bool isPort) => layer.Name == name
        || ((isPort || layer.IsPort) && layer.Name.ToPascalCase() == name.ToPascalCase());

    private static string Unused(string name, Func<string, bool> isUsed)
    {
        while (isUsed(name))
        {
            name += "_";
        }

        return name;
    }
}
