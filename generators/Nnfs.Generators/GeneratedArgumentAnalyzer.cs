using System.Collections.Immutable;
using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Nnfs.Generators.Diagnostics;
using Nnfs.Generators.Parsing;

namespace Nnfs.Generators;

/// <summary>
/// Reports what a network's attributes take from generated code. The generator could not read it, or read something else of the same name: a constant
/// that a base class has, where the generated class has one too.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class GeneratedArgumentAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [DiagnosticDescriptors.GeneratedArgument];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        // As for the other errors of declarations: a file that looks generated may be the user's all the same.
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.Analyze | GeneratedCodeAnalysisFlags.ReportDiagnostics);
        context.EnableConcurrentExecution();
        context.RegisterSyntaxNodeAction(AnalyzeAttribute, SyntaxKind.Attribute);
    }

    /// <summary>Reports what an attribute of a network takes from generated code.</summary>
    /// <param name="syntax">The attribute.</param>
    /// <param name="type">The class that it is on.</param>
    /// <param name="model">What the code means, with that which is generated.</param>
    /// <param name="report">Takes the diagnostics.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    internal static void Check(
        AttributeSyntax syntax, INamedTypeSymbol type, SemanticModel model, Action<Diagnostic> report, CancellationToken cancellationToken)
    {
        if (!type.GetAttributes().Any(static attribute => attribute.IsNetwork())
            || type.GetAttributes().FirstOrDefault(candidate => candidate.Syntax(cancellationToken) == syntax) is not { } attribute
            || attribute.AttributeClass is null or { TypeKind: TypeKind.Error })
        {
            return;
        }

        string? refusal = RefusalOf(type, cancellationToken);

        if (!attribute.IsNetwork() && !attribute.IsLayerOrLoss() && !attribute.IsInputOrOutput() && !attribute.IsPretrained())
        {
            Report(syntax, GeneratedArguments.OfAttribute(syntax), isKnown: false);

            return;
        }

        ImmutableHashSet<AttributeArgumentSyntax> unread = [.. UnreadArguments.Of(attribute, cancellationToken)];

        foreach (AttributeArgumentSyntax argument in syntax.ArgumentList?.Arguments ?? [])
        {
            // What the compiler cannot read now either is its own to report.
            if (argument.Expression is not LiteralExpressionSyntax && !unread.Contains(argument))
            {
                Report(
                    argument.Expression,
                    GeneratedArguments.OfArgument(argument),
                    isKnown: NamesGenerated(argument.Expression, model, depth: 0, cancellationToken));
            }
        }

        void Report(SyntaxNode node, object[] arguments, bool isKnown)
        {
            Diagnostic diagnostic = Diagnostic.Create(DiagnosticDescriptors.GeneratedArgument, node.GetLocation(), arguments);
            string noted = SymbolDisplay.FormatLiteral(diagnostic.GetMessage(CultureInfo.InvariantCulture), quote: true).Trim('"');

            if (isKnown || refusal?.Contains(noted) == true)
            {
                report(diagnostic);
            }
        }
    }

    private static void AnalyzeAttribute(SyntaxNodeAnalysisContext context)
    {
        AttributeSyntax syntax = (AttributeSyntax)context.Node;

        if (syntax.Parent?.Parent is TypeDeclarationSyntax && context.ContainingSymbol is INamedTypeSymbol type)
        {
            Check(syntax, type, context.SemanticModel, context.ReportDiagnostic, context.CancellationToken);
        }
    }

    /// <summary>The generated file of a network that refuses to run; <see langword="null"/> where it runs, or has none.</summary>
    private static string? RefusalOf(INamedTypeSymbol type, CancellationToken cancellationToken) => type.GetMembers()
        .FirstOrDefault(static member => member is IMethodSymbol { IsStatic: true } && member.IsRefusal() && member.IsGenerated())?
        .DeclaringSyntaxReferences[0].SyntaxTree.GetText(cancellationToken).ToString();

    /// <summary>Whether an expression takes the value of a constant that this generator writes, or of one of the user's that does.</summary>
    private static bool NamesGenerated(SyntaxNode expression, SemanticModel model, int depth, CancellationToken cancellationToken)
    {
        // Only broken code goes round in circles.
        const int Deepest = 20;

        return depth < Deepest && expression.DescendantNodesAndSelf(static node => !IsNameOf(node))
            .OfType<SimpleNameSyntax>()
            .Select(name => model.GetSymbolInfo(name, cancellationToken).Symbol)
            .OfType<IFieldSymbol>()
            .Any(field => field.IsGenerated() || field.DeclaringSyntaxReferences.Any(reference =>
                reference.SyntaxTree == model.SyntaxTree
                && reference.GetSyntax(cancellationToken) is VariableDeclaratorSyntax { Initializer.Value: { } value }
                && NamesGenerated(value, model, depth + 1, cancellationToken)));
    }

    /// <summary>The name of a thing is known before there is one.</summary>
    private static bool IsNameOf(SyntaxNode node) =>
        node is InvocationExpressionSyntax { Expression: IdentifierNameSyntax { Identifier.ValueText: "nameof" } };
}
