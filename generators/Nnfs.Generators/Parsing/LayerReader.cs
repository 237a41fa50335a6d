using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Nnfs.Generators.Diagnostics;

namespace Nnfs.Generators.Parsing;

/// <summary>Reads the layer and loss attributes of a class, in their order, and gives each its name.</summary>
internal static class LayerReader
{
    public static IReadOnlyList<LayerDeclaration> Read(INamedTypeSymbol type, ProblemReporter problems, CancellationToken cancellationToken)
    {
        List<LayerDeclaration> layers = [];
        Dictionary<LayerKind, int> counts = [];
        HashSet<string> fields = new(StringComparer.Ordinal);

        bool isAfterNetwork = false;

        foreach (AttributeData attribute in type.GetAttributes())
        {
            cancellationToken.ThrowIfCancellationRequested();
            isAfterNetwork |= attribute.IsNetwork();

            if (isAfterNetwork && attribute.IsUnknownLayer())
            {
                problems.NoteCompilerError();
                layers.Add(new LayerDeclaration(attribute, LayerKind.Unknown, nameof(LayerKind.Unknown), FieldName: "", StoredAs: ""));

                continue;
            }

            if (!attribute.IsLayerOrLoss() || KindOf(attribute) is not { } kind)
            {
                continue;
            }

            if (attribute.AttributeConstructor is null)
            {
                problems.NoteCompilerError();
            }

            counts.TryGetValue(kind, out int count);
            counts[kind] = count + 1;

            string name = kind.ToString();
            bool isGiven = false;

            if (kind is not (LayerKind.SoftmaxCrossEntropy or LayerKind.CategoricalCrossEntropy))
            {
                name += (count + 1).ToString(CultureInfo.InvariantCulture);
                name = ChooseName(name, attribute, type, layers, problems, cancellationToken, out isGiven);
            }

            string lower = isGiven ? char.ToLowerInvariant(name[0]) + name.Substring(1) : name.ToLowerInvariant();
            string field = Unused(lower, fields.Contains);
            fields.Add(field);
            layers.Add(new LayerDeclaration(attribute, kind, name, field, lower));
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

    private static LayerKind? KindOf(AttributeData attribute) => attribute.AttributeClass!.Name switch
    {
        KnownNames.Dense => LayerKind.Dense,
        KnownNames.ReLU => LayerKind.ReLU,
        KnownNames.Softmax => LayerKind.Softmax,
        KnownNames.SoftmaxCrossEntropy => LayerKind.SoftmaxCrossEntropy,
        KnownNames.CategoricalCrossEntropy => LayerKind.CategoricalCrossEntropy,
        _ => null,
    };

    /// <summary>The given name or else the default. One that cannot be a member is reported and replaced, so that the rest of the class can still be written.</summary>
    private static string ChooseName(
        string defaultName,
        AttributeData attribute,
        INamedTypeSymbol type,
        List<LayerDeclaration> layers,
        ProblemReporter problems,
        CancellationToken cancellationToken,
        out bool isGiven)
    {
        string? givenName = attribute.NamedArgument<string>(KnownNames.NameProperty);
        string name = givenName ?? defaultName;
        string? fault = FaultOf(name, type, layers, cancellationToken, out Location? other);
        isGiven = givenName is not null && fault is null;

        if (fault is null)
        {
            return name;
        }

        problems.Report(
            DiagnosticDescriptors.InvalidName,
            attribute.ArgumentLocation(KnownNames.NameProperty, cancellationToken),
            other,
            "layer name",
            name,
            fault);

        return Unused(defaultName + "_", candidate => FaultOf(candidate, type, layers, cancellationToken, out _) is not null);
    }

    private static string? FaultOf(string name, INamedTypeSymbol type, List<LayerDeclaration> layers, CancellationToken cancellationToken, out Location? other)
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

        if (layers.FirstOrDefault(layer => layer.Kind != LayerKind.Unknown && layer.Name == name) is { } twin)
        {
            other = twin.Attribute.ArgumentLocation(KnownNames.NameProperty, cancellationToken);

            return "stands twice";
        }

        if (name == type.Name)
        {
            return "is that of the class itself";
        }

        if (GeneratedMembers.IsTakenFromLayers(name))
        {
            return "is that of a generated member";
        }

        if (type.FindMember(name) is { } member)
        {
            other = member.Locations.FirstOrDefault(static location => location.IsInSource);

            return $"is that of a member of '{member.ContainingType.Name}'";
        }

        return null;
    }

    private static string Unused(string name, Func<string, bool> isUsed)
    {
        while (isUsed(name))
        {
            name += "_";
        }

        return name;
    }
}
