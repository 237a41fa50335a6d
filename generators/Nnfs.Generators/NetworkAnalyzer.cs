using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Nnfs.Generators.Diagnostics;
using Nnfs.Generators.Parsing;

namespace Nnfs.Generators;

/// <summary>Reports the faults of network declarations. It calls the parser that the generator calls, so the two never disagree.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class NetworkAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } =
    [
        DiagnosticDescriptors.NotPartial,
        DiagnosticDescriptors.NoLayers,
        DiagnosticDescriptors.InvalidShape,
        DiagnosticDescriptors.InvalidLayerSize,
        DiagnosticDescriptors.InputsDisagree,
        DiagnosticDescriptors.LossNotLast,
        DiagnosticDescriptors.CrossEntropyWithoutSoftmax,
        DiagnosticDescriptors.SoftmaxTwice,
        DiagnosticDescriptors.UnsupportedClass,
        DiagnosticDescriptors.SeveralDeclarations,
        DiagnosticDescriptors.InvalidName,
        DiagnosticDescriptors.LayersWithoutNetwork,
        DiagnosticDescriptors.TooLarge,
        DiagnosticDescriptors.UnknownSource,
        DiagnosticDescriptors.LaterSource,
        DiagnosticDescriptors.NotRead,
        DiagnosticDescriptors.SizesDiffer,
        DiagnosticDescriptors.IncompleteGraph,
        DiagnosticDescriptors.InvalidSetting,
        DiagnosticDescriptors.ReshapeDiffers,
        DiagnosticDescriptors.SoftmaxOfOne,
        DiagnosticDescriptors.LimitedLogits,
    ];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterSymbolAction(AnalyzeType, SymbolKind.NamedType);
    }

    private static void AnalyzeType(SymbolAnalysisContext context)
    {
        INamedTypeSymbol type = (INamedTypeSymbol)context.Symbol;
        ImmutableArray<AttributeData> attributes = type.GetAttributes();

        if (attributes.Any(static attribute => attribute.IsNetwork()))
        {
            NetworkParser.Parse(type, context.ReportDiagnostic, context.CancellationToken);
        }
        else if (attributes.FirstOrDefault(static attribute => attribute.IsLayerOrLoss() || attribute.IsInputOrOutput()) is { } orphan)
        {
            NetworkParser.ReportOrphan(type, orphan, context.ReportDiagnostic, context.CancellationToken);
        }
        else
        {
            NetworkParser.ReportContainer(type, context.ReportDiagnostic, context.CancellationToken);
        }
    }
}
