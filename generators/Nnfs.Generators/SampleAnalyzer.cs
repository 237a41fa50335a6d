using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Nnfs.Generators.Diagnostics;
using Nnfs.Generators.Parsing;

namespace Nnfs.Generators;

/// <summary>Reports the faults of samples. It calls the parser that the generator calls, so the two never disagree.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class SampleAnalyzer : DiagnosticAnalyzer
{
    private const string NoSample = "has no [Sample]";

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } =
    [
        DiagnosticDescriptors.SampleNotPartial,
        DiagnosticDescriptors.UnsupportedSample,
        DiagnosticDescriptors.NoFeatures,
        DiagnosticDescriptors.FeatureNotTaken,
        DiagnosticDescriptors.LabelNotTaken,
        DiagnosticDescriptors.LabelsDisagree,
        DiagnosticDescriptors.InvalidLength,
        DiagnosticDescriptors.FeatureSetting,
        DiagnosticDescriptors.SameColumn,
        DiagnosticDescriptors.NotConstructible,
        DiagnosticDescriptors.SampleMemberTaken,
        DiagnosticDescriptors.FeatureWithoutSample,
    ];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        // As for networks: a file that looks generated may be the user's all the same.
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.Analyze | GeneratedCodeAnalysisFlags.ReportDiagnostics);
        context.EnableConcurrentExecution();
        context.RegisterSymbolAction(AnalyzeType, SymbolKind.NamedType);
        context.RegisterSyntaxNodeAction(AnalyzeAttribute, SyntaxKind.Attribute);
    }

    private static void AnalyzeType(SymbolAnalysisContext context)
    {
        INamedTypeSymbol type = (INamedTypeSymbol)context.Symbol;

        if (type.GetAttributes().Any(static attribute => attribute.IsSample()))
        {
            SampleParser.Parse(type, context.ReportDiagnostic, context.CancellationToken);
        }
        else
        {
            SampleParser.ReportContainer(type, context.ReportDiagnostic, context.CancellationToken);
        }
    }

    /// <summary>Reports a feature or label that no sample has.</summary>
    private static void AnalyzeAttribute(SyntaxNodeAnalysisContext context)
    {
        AttributeSyntax syntax = (AttributeSyntax)context.Node;
        string name = syntax.Name switch
        {
            SimpleNameSyntax simple => simple.Identifier.ValueText,
            QualifiedNameSyntax qualified => qualified.Right.Identifier.ValueText,
            AliasQualifiedNameSyntax qualified => qualified.Name.Identifier.ValueText,
            _ => "",
        };

        if (context.IsGeneratedCode
            || name is not (KnownNames.Feature or KnownNames.FeatureAttribute or KnownNames.Label or KnownNames.LabelAttribute)
            || context.SemanticModel.GetSymbolInfo(syntax, context.CancellationToken).Symbol?.ContainingType is not
            {
                ContainingNamespace: { Name: KnownNames.Namespace, ContainingNamespace.IsGlobalNamespace: true },
            })
        {
            return;
        }

        if (Stray(syntax, context) is var (member, reason))
        {
            string attribute = name.StartsWith(KnownNames.Feature, StringComparison.Ordinal) ? KnownNames.Feature : KnownNames.Label;
            context.ReportDiagnostic(Diagnostic.Create(
                DiagnosticDescriptors.FeatureWithoutSample,
                syntax.GetLocation(),
                reason.EndsWith(NoSample, StringComparison.Ordinal)
                    ? ImmutableDictionary<string, string?>.Empty.Add(DiagnosticProperties.LacksSample, "")
                    : ImmutableDictionary<string, string?>.Empty,
                attribute,
                member,
                reason));
        }
    }

    /// <summary>What the attribute is on, and why that is nothing of a sample; <see langword="null"/> where it is.</summary>
    private static (string Member, string Reason)? Stray(AttributeSyntax syntax, SyntaxNodeAnalysisContext context)
    {
        SyntaxNode? target = syntax.Parent?.Parent;
        string member = target switch
        {
            PropertyDeclarationSyntax property => property.Identifier.ValueText,
            FieldDeclarationSyntax { Declaration.Variables: [var first, ..] } => first.Identifier.ValueText,
            ParameterSyntax parameter => parameter.Identifier.ValueText,
            _ => "this",
        };

        if (target is ParameterSyntax && target.Parent?.Parent is not RecordDeclarationSyntax)
        {
            return (member, "only properties, fields and the parameters of a positional record can be features and labels");
        }

        return target?.FirstAncestorOrSelf<TypeDeclarationSyntax>() is { } declaration
            && context.SemanticModel.GetDeclaredSymbol(declaration, context.CancellationToken) is { } type
            && !type.GetAttributes().Any(static attribute => attribute.IsSample())
                ? (member, $"'{type.Name}' {NoSample}")
                : null;
    }
}
