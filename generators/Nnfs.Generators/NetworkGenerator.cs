using System.Collections.Immutable;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using Nnfs.Generators.Emission;
using Nnfs.Generators.Models;
using Nnfs.Generators.Parsing;

namespace Nnfs.Generators;

/// <summary>
/// Writes a network into every class with <c>[Network]</c>: attributes → <see cref="NetworkParser"/> → <see cref="NetworkSpec"/> →
/// <see cref="NetworkEmitter"/>. Types with <c>[Sample]</c> go the same way by <see cref="SampleParser"/> and <see cref="SampleEmitter"/>. Faults are reported
/// by <see cref="NetworkAnalyzer"/> and <see cref="SampleAnalyzer"/>, from the same parsers; in a build that does not get as far as analyzers,
/// <see cref="UnseenFaults"/> reports them here.
/// </summary>
[Generator(LanguageNames.CSharp)]
public sealed class NetworkGenerator : IIncrementalGenerator
{
    /// <summary>The name of the step that gives the specs of all networks.</summary>
    public const string NetworksStep = "Networks";

    /// <summary>The name of the step that gives the specs of all samples.</summary>
    public const string SamplesStep = "Samples";

    /// <summary>The name of the step that finds files whose names the compiler takes for one.</summary>
    public const string CollisionsStep = "Collisions";

    /// <summary>The name of the step that reads what the build says of the project's weights.</summary>
    public const string WeightsStep = "Weights";

    /// <summary>The name of the step that names the networks with errors.</summary>
    public const string FailedStep = "Failed";

    /// <summary>The name of the step that finds the errors which no analyzer would show.</summary>
    public const string UnseenFaultsStep = "UnseenFaults";

    private static readonly Encoding s_utf8 = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);

    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        IncrementalValuesProvider<NetworkReading> readings = context.SyntaxProvider
            .ForAttributeWithMetadataName(
                KnownNames.NetworkAttributeFullName,
                static (node, _) => node is TypeDeclarationSyntax,
                static (attributed, cancellationToken) => Read(attributed, cancellationToken))
            .Where(static reading => reading is not null)
            .Select(static (reading, _) => reading!);

        IncrementalValuesProvider<NetworkSpec> networks = readings
            .Where(static reading => reading.Network is not null)
            .Select(static (reading, _) => reading.Network!)
            .WithTrackingName(NetworksStep);

        IncrementalValuesProvider<SampleReading> sampleReadings = context.SyntaxProvider
            .ForAttributeWithMetadataName(
                KnownNames.SampleAttributeFullName,
                static (node, _) => node is TypeDeclarationSyntax,
                static (attributed, cancellationToken) => ReadSample(attributed, cancellationToken))
            .Where(static reading => reading is not null)
            .Select(static (reading, _) => reading!);

        IncrementalValuesProvider<SampleSpec> samples = sampleReadings
            .Where(static reading => reading.Sample is not null)
            .Select(static (reading, _) => reading.Sample!)
            .WithTrackingName(SamplesStep);

        IncrementalValueProvider<EquatableArray<string>> collisions = networks
            .Select(static (network, _) => HintName.Identity(network))
            .Collect()
            .Combine(samples.Select(static (sample, _) => HintName.Identity(sample)).Collect())
            .Select(static (identities, _) => HintName.Collisions([.. identities.Left, .. identities.Right]))
            .WithTrackingName(CollisionsStep);

        context.RegisterSourceOutput(networks.Combine(collisions), static (output, pair) => output.AddSource(
            HintName.Distinct(HintName.Identity(pair.Left), pair.Right),
            SourceText.From(NetworkEmitter.Emit(pair.Left), s_utf8)));

        context.RegisterSourceOutput(samples.Combine(collisions), static (output, pair) => output.AddSource(
            HintName.Distinct(HintName.Identity(pair.Left), pair.Right),
            SourceText.From(SampleEmitter.Emit(pair.Left), s_utf8)));

        IncrementalValueProvider<EquatableArray<WeightsFile>> weights = context.AdditionalTextsProvider
            .Where(WeightsTable.IsTable)
            .Collect()
            .Select(static (tables, cancellationToken) => WeightsTable.Read(tables, cancellationToken))
            .WithTrackingName(WeightsStep);

        IncrementalValueProvider<EquatableArray<string>> failed = readings
            .Combine(weights)
            .Where(static pair => pair.Left.Network is null or { HasErrors: true } || !PretrainedWeights.Fit(pair.Left.Network, pair.Right))
            .Select(static (pair, _) => pair.Left.Name)
            .Collect()
            .Combine(sampleReadings
                .Where(static reading => reading.Sample is null or { HasErrors: true })
                .Select(static (reading, _) => reading.Name)
                .Collect())
            .Select(static (names, _) => new EquatableArray<string>(names.Left.AddRange(names.Right).Sort(StringComparer.Ordinal)))
            .WithTrackingName(FailedStep);

        IncrementalValueProvider<ImmutableArray<Diagnostic>> unseen = failed
            .Combine(networks.Collect())
            .Combine(samples.Collect())
            .Combine(weights)
            .Combine(context.CompilationProvider)
            .Combine(context.AnalyzerConfigOptionsProvider.Select(static (options, _) => UnseenFaults.AreAnalyzersOff(options)))
            .Select(static (all, cancellationToken) =>
            {
                (((((EquatableArray<string> failed, ImmutableArray<NetworkSpec> networks), ImmutableArray<SampleSpec> samples),
                    EquatableArray<WeightsFile> weights), Compilation compilation), bool areAnalyzersOff) = all;

                return UnseenFaults.Find(failed, networks, samples, weights, compilation, areAnalyzersOff, cancellationToken);
            })
            .WithComparer(SameFaults.Comparer)
            .WithTrackingName(UnseenFaultsStep);

        // An editor runs analyzers whatever the compiler says, and skips what is no part of the code's meaning, like this.
        context.RegisterImplementationSourceOutput(unseen, static (output, faults) =>
        {
            foreach (Diagnostic fault in faults)
            {
                output.ReportDiagnostic(fault);
            }
        });
    }

    /// <summary>Reads a network; <see langword="null"/> where another declaration of the class has been read for it.</summary>
    private static NetworkReading? Read(GeneratorAttributeSyntaxContext attributed, CancellationToken cancellationToken)
    {
        if (!IsFirst(attributed, static attribute => attribute.IsNetwork(), cancellationToken))
        {
            return null;
        }

        INamedTypeSymbol type = (INamedTypeSymbol)attributed.TargetSymbol;
        NetworkSpec? network = NetworkParser.Parse(type, report: null, cancellationToken);

        return new NetworkReading(NetworkParser.MetadataNameOf(type), network is null ? null : network with
        {
            HiddenNames = HiddenNames.Find(ShortNames.Of(network), type, (TypeDeclarationSyntax)attributed.TargetNode, attributed.SemanticModel),
        });
    }

    /// <summary>Reads a sample; <see langword="null"/> where another declaration of the type has been read for it.</summary>
    private static SampleReading? ReadSample(GeneratorAttributeSyntaxContext attributed, CancellationToken cancellationToken)
    {
        if (!IsFirst(attributed, static attribute => attribute.IsSample(), cancellationToken))
        {
            return null;
        }

        INamedTypeSymbol type = (INamedTypeSymbol)attributed.TargetSymbol;
        SampleSpec? sample = SampleParser.Parse(type, report: null, cancellationToken);

        return new SampleReading(NetworkParser.MetadataNameOf(type), sample is null ? null : sample with
        {
            HiddenNames = HiddenNames.Find(ShortNames.OfSample, type, (TypeDeclarationSyntax)attributed.TargetNode, attributed.SemanticModel),
        });
    }

    /// <summary>Whether this is the first of the declarations that have the attribute; one type gives one file, even where the user wrote it twice.</summary>
    private static bool IsFirst(GeneratorAttributeSyntaxContext attributed, Func<AttributeData, bool> isMeant, CancellationToken cancellationToken)
    {
        AttributeData? first = attributed.TargetSymbol.GetAttributes().FirstOrDefault(isMeant);

        return first?.Syntax(cancellationToken)?.Parent?.Parent == attributed.TargetNode;
    }
}
