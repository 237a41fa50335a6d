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
/// <see cref="NetworkEmitter"/>. Faults are reported by <see cref="NetworkAnalyzer"/>, from the same parser.
/// </summary>
[Generator(LanguageNames.CSharp)]
public sealed class NetworkGenerator : IIncrementalGenerator
{
    /// <summary>The name of the step that gives the specs of all networks.</summary>
    public const string NetworksStep = "Networks";

    /// <summary>The name of the step that finds files whose names the compiler takes for one.</summary>
    public const string CollisionsStep = "Collisions";

    private static readonly Encoding s_utf8 = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);

    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        IncrementalValuesProvider<NetworkSpec> networks = context.SyntaxProvider
            .ForAttributeWithMetadataName(
                KnownNames.NetworkAttributeFullName,
                static (node, _) => node is TypeDeclarationSyntax,
                static (attributed, cancellationToken) => Read(attributed, cancellationToken))
            .Where(static network => network is not null)
            .Select(static (network, _) => network!)
            .WithTrackingName(NetworksStep);

        IncrementalValueProvider<EquatableArray<string>> collisions = networks
            .Select(static (network, _) => HintName.Identity(network))
            .Collect()
            .Select(static (identities, _) => HintName.Collisions(identities))
            .WithTrackingName(CollisionsStep);

        context.RegisterSourceOutput(networks.Combine(collisions), static (output, pair) => output.AddSource(
            HintName.Distinct(pair.Left, pair.Right),
            SourceText.From(NetworkEmitter.Emit(pair.Left), s_utf8)));
    }

    private static NetworkSpec? Read(GeneratorAttributeSyntaxContext attributed, CancellationToken cancellationToken)
    {
        INamedTypeSymbol type = (INamedTypeSymbol)attributed.TargetSymbol;

        return IsFirst(attributed, cancellationToken) && NetworkParser.Parse(type, report: null, cancellationToken) is { } network
            ? network with
            {
                HiddenNames = HiddenNames.Find(ShortNames.Of(network), type, (TypeDeclarationSyntax)attributed.TargetNode, attributed.SemanticModel),
            }
            : null;
    }

    /// <summary>Whether this is the first of the declarations that have the attribute; one class gives one file, even where the user wrote it twice.</summary>
    private static bool IsFirst(GeneratorAttributeSyntaxContext attributed, CancellationToken cancellationToken)
    {
        AttributeData? first = attributed.TargetSymbol.GetAttributes().FirstOrDefault(static attribute => attribute.IsNetwork());

        return first?.Syntax(cancellationToken)?.Parent?.Parent == attributed.TargetNode;
    }
}
