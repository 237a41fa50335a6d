using System.Collections.Immutable;
using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Nnfs.Generators.Emission;
using Nnfs.Generators.Models;
using Nnfs.Generators.Parsing;

namespace Nnfs.Generators;

/// <summary>
/// Finds the errors of networks and samples that no analyzer would show. The compiler runs analyzers only if all declarations of a program are sound, and a
/// class for which nothing was generated easily makes another unsound: its workspace in a signature is a type that does not exist. A project can also turn
/// analyzers off, or have a <c>SuppressMessage</c> for an error.
/// </summary>
internal static class UnseenFaults
{
    /// <summary>The properties of a project that turn analyzers off. The package makes them visible to the compiler.</summary>
    private static readonly string[] s_switches = ["build_property.RunAnalyzers", "build_property.RunAnalyzersDuringBuild"];

    /// <summary>Whether the project builds without analyzers.</summary>
    public static bool AreAnalyzersOff(AnalyzerConfigOptionsProvider options) => s_switches.Any(name =>
        options.GlobalOptions.TryGetValue(name, out string? value) && string.Equals(value, "false", StringComparison.OrdinalIgnoreCase));

    /// <summary>The errors, in the order of the types. It returns at once where there are none with errors.</summary>
    /// <param name="failed">The full names of the networks and samples with errors.</param>
    /// <param name="networks">The networks for which something is generated.</param>
    /// <param name="samples">The samples for which something is generated.</param>
    /// <param name="weights">What the build says of the project's weights.</param>
    /// <param name="compilation">The program without what is generated.</param>
    /// <param name="areAnalyzersOff">Whether the project builds without analyzers.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public static ImmutableArray<Diagnostic> Find(
        EquatableArray<string> failed,
        ImmutableArray<NetworkSpec> networks,
        ImmutableArray<SampleSpec> samples,
        EquatableArray<WeightsFile> weights,
        Compilation compilation,
        bool areAnalyzersOff,
        CancellationToken cancellationToken)
    {
        if (failed.Count == 0)
        {
            return [];
        }

        // As the analyzers would see it, so that the errors are the same, and so that only what stays unsound counts.
        Compilation whole = WithGenerated(compilation, networks, samples, cancellationToken);
        bool areAllUnseen = areAnalyzersOff || whole.GetDeclarationDiagnostics(cancellationToken)
            .Any(static diagnostic => diagnostic.DefaultSeverity == DiagnosticSeverity.Error && !diagnostic.IsSuppressed);
        ImmutableArray<Diagnostic>.Builder errors = ImmutableArray.CreateBuilder<Diagnostic>();
        HashSet<INamedTypeSymbol> containers = new(SymbolEqualityComparer.Default);

        foreach (string name in failed)
        {
            cancellationToken.ThrowIfCancellationRequested();

            if (whole.Assembly.GetTypeByMetadataName(name) is not { } type)
            {
                continue;
            }

            SampleParser.Parse(type, diagnostic => Add(type, diagnostic), cancellationToken);
            NetworkSpec? network = NetworkParser.Parse(type, diagnostic => Add(type, diagnostic), cancellationToken);

            if (network is { Pretrained: not null })
            {
                PretrainedWeights.Check(type, network, weights, diagnostic => Add(type, diagnostic), cancellationToken);
            }

            foreach (AttributeSyntax attribute in type.GetAttributes().Select(attribute => attribute.Syntax(cancellationToken)).OfType<AttributeSyntax>())
            {
                SemanticModel model = whole.GetSemanticModel(attribute.SyntaxTree);
                GeneratedArgumentAnalyzer.Check(attribute, type, model, diagnostic => Add(type, diagnostic), cancellationToken);
            }

            for (INamedTypeSymbol? outer = type.ContainingType; outer is not null && containers.Add(outer); outer = outer.ContainingType)
            {
                INamedTypeSymbol container = outer;

                if (!container.GetAttributes().Any(static attribute => attribute.IsNetwork()))
                {
                    NetworkParser.ReportContainer(container, diagnostic => Add(container, diagnostic), cancellationToken);
                }

                if (!container.GetAttributes().Any(static attribute => attribute.IsSample()))
                {
                    SampleParser.ReportContainer(container, diagnostic => Add(container, diagnostic), cancellationToken);
                }
            }
        }

        return areAllUnseen ? errors.ToImmutable() : [];

        void Add(INamedTypeSymbol type, Diagnostic diagnostic)
        {
            if (diagnostic.DefaultSeverity == DiagnosticSeverity.Error)
            {
                errors.Add(Undeniable(diagnostic));

                // An error that is reported here keeps the compiler from its analyzers, and so the others have to be reported as well.
                areAllUnseen |= IsSilenced(whole, type, diagnostic.Id);
            }
        }
    }

    /// <summary>The same error as one of the compiler's own, which no <c>SuppressMessage</c> hides.</summary>
    private static Diagnostic Undeniable(Diagnostic error) => Diagnostic.Create(
        error.Id,
        error.Descriptor.Category,
        error.GetMessage(CultureInfo.InvariantCulture),
        error.Severity,
        error.DefaultSeverity,
        isEnabledByDefault: true,
        error.WarningLevel,
        error.Descriptor.Title,
        error.Descriptor.Description,
        error.Descriptor.HelpLinkUri,
        error.Location,
        error.AdditionalLocations,
        [.. error.Descriptor.CustomTags, WellKnownDiagnosticTags.Compiler],
        error.Properties);

    private static Compilation WithGenerated(
        Compilation compilation, ImmutableArray<NetworkSpec> networks, ImmutableArray<SampleSpec> samples, CancellationToken cancellationToken)
    {
        CSharpParseOptions options = (CSharpParseOptions)compilation.SyntaxTrees.First().Options;

        // The path is what tells a generated file from the user's.
        return compilation.AddSyntaxTrees(networks.Select(NetworkEmitter.Emit).Concat(samples.Select(SampleEmitter.Emit)).Select(
            (text, i) => CSharpSyntaxTree.ParseText(text, options, $"{typeof(NetworkGenerator).FullName}/{i}.g.cs", encoding: null, cancellationToken)));
    }

    /// <summary>Whether a <c>SuppressMessage</c> on a class, around it or on the whole assembly may hide a rule, as the analyzers report it.</summary>
    private static bool IsSilenced(Compilation compilation, INamedTypeSymbol type, string id)
    {
        for (INamedTypeSymbol? current = type; current is not null; current = current.ContainingType)
        {
            if (Silences(current.GetAttributes(), id))
            {
                return true;
            }
        }

        return Silences(compilation.Assembly.GetAttributes(), id) || Silences(compilation.SourceModule.GetAttributes(), id);
    }

    private static bool Silences(ImmutableArray<AttributeData> attributes, string id) => attributes.Any(attribute =>
        attribute is { AttributeClass.Name: "SuppressMessageAttribute", ConstructorArguments: [_, { Value: string check }] }
        && (check == id || check.StartsWith(id + ":", StringComparison.Ordinal)));
}
