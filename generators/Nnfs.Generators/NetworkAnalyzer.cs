using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Nnfs.Generators.Diagnostics;
using Nnfs.Generators.Models;
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
        DiagnosticDescriptors.OldLanguage,
        DiagnosticDescriptors.ShapeNotTaken,
        DiagnosticDescriptors.WindowTooLarge,
        DiagnosticDescriptors.GroupsDoNotDivide,
        DiagnosticDescriptors.CausalPaddingNotTaken,
        DiagnosticDescriptors.BidirectionalState,
        DiagnosticDescriptors.IndicesNotTaken,
        DiagnosticDescriptors.HeadsDoNotDivide,
        DiagnosticDescriptors.NoWeights,
        DiagnosticDescriptors.OtherWeights,
        DiagnosticDescriptors.NoSample,
        DiagnosticDescriptors.LossMisfitsLabel,
        DiagnosticDescriptors.LabelSizeDiffers,
        DiagnosticDescriptors.SizeNotKnown,
    ];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        // A file that looks generated may be the user's all the same, and the generator reads it like any other.
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.Analyze | GeneratedCodeAnalysisFlags.ReportDiagnostics);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(static start =>
        {
            Lazy<EquatableArray<WeightsFile>> weights = new(() => WeightsTable.Read(start.Options.AdditionalFiles, CancellationToken.None));
            start.RegisterSymbolAction(symbol => AnalyzeType(symbol, weights), SymbolKind.NamedType);
        });
    }

    private static void AnalyzeType(SymbolAnalysisContext context, Lazy<EquatableArray<WeightsFile>> weights)
    {
        INamedTypeSymbol type = (INamedTypeSymbol)context.Symbol;
        ImmutableArray<AttributeData> attributes = type.GetAttributes();
        Action<Diagnostic> report = context.IsGeneratedCode ? ReportError : context.ReportDiagnostic;

        if (attributes.Any(static attribute => attribute.IsNetwork()))
        {
            NetworkSpec? network = NetworkParser.Parse(type, report, context.CancellationToken);

            if (network is { Pretrained: not null })
            {
                PretrainedWeights.Check(type, network, weights.Value, report, context.CancellationToken);
            }
        }
        else if (attributes.FirstOrDefault(static attribute => attribute.IsLayerOrLoss() || attribute.IsInputOrOutput()) is { } orphan)
        {
            NetworkParser.ReportOrphan(type, orphan, report, context.CancellationToken);
        }
        else
        {
            NetworkParser.ReportContainer(type, report, context.CancellationToken);
        }

        // What only warns is nobody's business in generated code.
        void ReportError(Diagnostic diagnostic)
        {
            if (diagnostic.DefaultSeverity == DiagnosticSeverity.Error)
            {
                context.ReportDiagnostic(diagnostic);
            }
        }
    }
}
