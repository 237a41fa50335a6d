using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Nnfs.Generators.Diagnostics;

namespace Nnfs.Generators.Parsing;

/// <summary>Reads the layer and loss attributes of a class, in their order, and gives each its name.</summary>
internal static class LayerReader
{
    /// <summary>The members that every network has; no layer can be called so.</summary>
    private static readonly HashSet<string> s_generatedMembers = new(StringComparer.Ordinal)
    {
        "InputSize", "OutputSize", "ParameterCount", "Summary", "Parameters", "InitializeParameters",
        "Predict", "PredictTile", "PredictRows", "PredictScratchSize", "Classify", "CreateWorkspace", "Workspace",
        "Forward", "ForwardLayers", "Backward", "BackwardLayers", "Refuse",
        "BatchSize", "Outputs", "Gradients", "InputGradients",
    };

    public static IReadOnlyList<LayerDeclaration> Read(INamedTypeSymbol type, ProblemReporter problems, CancellationToken cancellationToken)
    {
        List<LayerDeclaration> layers = [];
        Dictionary<LayerKind, int> counts = [];
        HashSet<string> fields = new(StringComparer.Ordinal);

        foreach (AttributeData attribute in type.GetAttributes())
        {
            cancellationToken.ThrowIfCancellationRequested();

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

            string defaultName = kind.ToString() + (count + 1).ToString(System.Globalization.CultureInfo.InvariantCulture);
            string? givenName = attribute.NamedArgument<string>(KnownNames.NameProperty);
            bool isUsable = givenName is not null && IsUsable(givenName, type, layers, attribute, problems, cancellationToken);
            string name = isUsable ? givenName! : defaultName;

            // A name that cannot be a member, given or not, is replaced, so that the rest of the class can still be written.
            bool isLoss = kind is LayerKind.SoftmaxCrossEntropy or LayerKind.CategoricalCrossEntropy;

            if (isLoss)
            {
                name = kind.ToString();
            }
            else if (!isUsable && !IsUsable(defaultName, type, layers, attribute, problems, cancellationToken))
            {
                name = Unused(defaultName, candidate => layers.Any(layer => layer.Name == candidate) || type.FindMember(candidate) is not null);
            }

            string field = isUsable ? char.ToLowerInvariant(name[0]) + name.Substring(1) : name.ToLowerInvariant();
            field = Unused(field, fields.Contains);
            fields.Add(field);
            layers.Add(new LayerDeclaration(attribute, kind, name, field));
        }

        return layers;
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

    private static bool IsUsable(
        string name,
        INamedTypeSymbol type,
        List<LayerDeclaration> layers,
        AttributeData attribute,
        ProblemReporter problems,
        CancellationToken cancellationToken)
    {
        string? fault = null;
        Location? other = null;

        if (!SyntaxFacts.IsValidIdentifier(name))
        {
            fault = "is not a C# identifier";
        }
        else if (layers.FirstOrDefault(layer => layer.Name == name) is { } twin)
        {
            fault = "stands twice";
            other = twin.Attribute.ArgumentLocation(KnownNames.NameProperty, cancellationToken);
        }
        else if (name == type.Name)
        {
            fault = "is that of the class itself";
        }
        else if (s_generatedMembers.Contains(name))
        {
            fault = "is that of a generated member";
        }
        else if (type.FindMember(name) is { } member)
        {
            fault = $"is that of a member of '{member.ContainingType.Name}'";
            other = member.Locations.FirstOrDefault(location => location.IsInSource);
        }

        if (fault is not null)
        {
            problems.Report(
                DiagnosticDescriptors.InvalidLayerName,
                attribute.ArgumentLocation(KnownNames.NameProperty, cancellationToken),
                other,
                name,
                fault);
        }

        return fault is null;
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
