using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Nnfs.Generators.Diagnostics;
using Nnfs.Generators.Models;

namespace Nnfs.Generators.Parsing;

/// <summary>Reads the type of samples that a network names, and checks that its layers and its loss fit the label.</summary>
internal sealed class NetworkSampleReader
{
    private readonly IReadOnlyList<LayerDeclaration> _layers;
    private readonly ProblemReporter _problems;
    private readonly CancellationToken _cancellationToken;

    private NetworkSampleReader(NetworkSample? sample, IReadOnlyList<LayerDeclaration> layers, ProblemReporter problems, CancellationToken cancellationToken)
    {
        Sample = sample;
        _layers = layers;
        _problems = problems;
        _cancellationToken = cancellationToken;
    }

    /// <summary>What is known of the samples; <see langword="null"/> where that is nothing, which is reported.</summary>
    public NetworkSample? Sample { get; }

    /// <summary>The loss of the only output; <see langword="null"/> for none.</summary>
    private LayerDeclaration? Loss => _layers.LastOrDefault(static layer => layer.IsLoss);

    /// <summary>The reader of a network whose attribute names a type of samples; <see langword="null"/> where it names none.</summary>
    /// <param name="sample">What <see cref="Read"/> made of it.</param>
    /// <param name="network">The attribute.</param>
    /// <param name="layers">The layers of the network, those with which it reads embedded features among them.</param>
    /// <param name="problems">Takes what does not fit.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    public static NetworkSampleReader? Of(
        NetworkSample? sample,
        AttributeData network,
        IReadOnlyList<LayerDeclaration> layers,
        ProblemReporter problems,
        CancellationToken cancellationToken)
    {
        if (!NamesSample(network))
        {
            return null;
        }

        NetworkSampleReader reader = new(sample, layers, problems, cancellationToken);

        foreach (LayerDeclaration port in layers.Where(static layer => layer.IsPort))
        {
            problems.Report(
                DiagnosticDescriptors.IncompleteGraph,
                port.Attribute.Location(cancellationToken),
                network.Location(cancellationToken),
                port.Name,
                "cannot be declared in a network of samples, whose features are its only input and whose label is its only output; remove it");
        }

        return reader;
    }

    /// <summary>The number of outputs that a layer without a size has; where nothing says it, that is reported, and it counts as 1.</summary>
    public static int SizeOf(NetworkSampleReader? reader, LayerReading layer, string argument)
    {
        if (reader is { Sample: null })
        {
            return 1;
        }

        LayerDeclaration? later = reader?._layers
            .SkipWhile(other => other != layer.Declaration)
            .Skip(1)
            .FirstOrDefault(other => other.KindName == layer.Declaration.KindName);

        string? fault = reader is null ? "only a network of samples, [Network(typeof(…))], knows how many outputs it needs"
            : reader.Sample!.Label is null ? $"'{reader.Sample.Name}' has no [Label] that tells how many outputs there are"
            : later is not null ? $"'{later.Name}' comes after it, and only the last one takes its size from the label"
            : null;

        if (fault is null)
        {
            return reader!.Sample!.OutputsFor(reader.LossOf())!.Value;
        }

        layer.Report(DiagnosticDescriptors.SizeNotKnown, layer.Location, layer.Name, fault, $"[{layer.Declaration.KindName}({argument})]");

        return 1;
    }

    /// <summary>Checks that an output can be trained on the label, or where it is not trained, be it.</summary>
    /// <param name="output">The only output.</param>
    /// <param name="sizeLocation">Where its size is stated; <see langword="null"/> where it is not known.</param>
    /// <param name="source">What gives it, in messages.</param>
    public void Check(OutputSpec output, Location? sizeLocation, string source)
    {
        if (Sample is null || LossFits(output.Loss) is false || sizeLocation is null || Sample.OutputsFor(output.Loss) is not { } expected)
        {
            return;
        }

        if (output.Size != expected)
        {
            _problems.Report(
                DiagnosticDescriptors.LabelSizeDiffers,
                sizeLocation,
                additional: null,
                ImmutableDictionary<string, string?>.Empty.Add(DiagnosticProperties.PlainSetting, $"{expected}"),
                source,
                Wording.Count(output.Size, "output"),
                Sample.LabelText,
                output.Loss is { IsBinary: true } ? $", which '{output.Loss.Name}' tells apart by 1 output" : "");
        }
    }

    /// <summary>Reads the loss without reporting what is wrong with its settings, which is reported where it is read.</summary>
    private LossSpec? LossOf() => Loss is { Loss: { } kind } declaration
        ? kind.Read(new DeclarationReading(declaration, new ProblemReporter(report: null), _cancellationToken))
        : null;

    private bool LossFits(LossSpec? loss)
    {
        if (loss is null || Loss is not { } declaration)
        {
            return true;
        }

        (string Does, string But, string Cure)? fault = Sample! switch
        {
            { Label: null } => ("needs a label", $"'{Sample!.Name}' has none", "put [Label] on the member that the network is to predict"),
            { HasClasses: true } when !loss.TakesLabels => ("compares numbers", Sample!.LabelText, $"use [{Losses.Loss.ForClasses}]"),
            { HasClasses: false } when loss.TakesLabels => ("tells classes apart", Sample!.LabelText, $"use [{Losses.Loss.ForNumbers}]"),
            { Label.Classes.Count: not 2 } when loss.IsBinary => ("tells 2 classes apart", Sample!.LabelText, $"use [{Losses.Loss.ForClasses}]"),
            _ => null,
        };

        if (fault is not var (does, but, cure))
        {
            return true;
        }

        _problems.Report(DiagnosticDescriptors.LossMisfitsLabel, declaration.Attribute.Location(_cancellationToken), declaration.Name, does, but, cure);

        return false;
    }

    private static bool NamesSample(AttributeData network) => network.AttributeConstructor?.Parameters is [{ Name: KnownNames.SampleParameter }];

    /// <summary>The samples that the attribute of a class names; <see langword="null"/> where it names none, or nothing is known of them.</summary>
    public static NetworkSample? Read(INamedTypeSymbol type, AttributeData network, ProblemReporter problems, CancellationToken cancellationToken)
    {
        if (!NamesSample(network))
        {
            return null;
        }

        TypedConstant argument = network.ConstructorArguments.FirstOrDefault();
        Location place = network.ArgumentLocation(KnownNames.SampleParameter, cancellationToken);

        // Of a type that is not there the compiler says so.
        if (argument.Kind == TypedConstantKind.Error || argument.Value is IErrorTypeSymbol)
        {
            problems.NoteCompilerError();

            return null;
        }

        if (argument.Value is not INamedTypeSymbol { IsUnboundGenericType: false } sample
            || !sample.GetAttributes().Any(static attribute => attribute.IsSample()))
        {
            string name = argument.Value is ITypeSymbol other ? other.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat) : "null";
            problems.Report(DiagnosticDescriptors.NoSample, place, type.Name, name);

            return null;
        }

        // What is wrong with the type is reported there.
        if (SampleParser.Parse(sample, report: null, cancellationToken) is not { } spec)
        {
            problems.NoteCompilerError();

            return null;
        }

        if (spec.HasErrors)
        {
            problems.NoteCompilerError();
        }

        return new NetworkSample(
            spec.QualifiedName,
            sample.Name,
            spec.FeatureCount,
            spec.Label,
            AccessibilityOf(type, sample, spec.Label),
            new([.. spec.Embedded.Select(static feature => new EmbeddedFeature(
                feature.Name,
                feature.Member.Identifier,
                Vocabulary: Math.Max(1, feature.Categories.Count + (feature.IsNullable ? 1 : 0)),
                Dimensions: feature.Embedding))]));
    }

    /// <summary>The accessibility of members that name the sample and its label.</summary>
    private static string AccessibilityOf(INamedTypeSymbol type, INamedTypeSymbol sample, LabelSpec? label)
    {
        string[] levels = ["public", "internal", "private"];
        int own = Array.IndexOf(levels, SampleParser.AccessibilityOf(type));
        int named = Math.Max(Array.IndexOf(levels, SampleParser.AccessibilityOf(sample)), Array.IndexOf(levels, label?.Accessibility ?? "public"));

        return named <= own ? "public" : levels[named];
    }
}
