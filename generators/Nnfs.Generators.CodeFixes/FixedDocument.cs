using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace Nnfs.Generators.CodeFixes;

/// <summary>What a fix looks at.</summary>
/// <param name="Root">The syntax of the document.</param>
/// <param name="Model">What its syntax means.</param>
/// <param name="Text">Its text.</param>
/// <param name="Cancellation">Ends the work.</param>
internal sealed record FixedDocument(SyntaxNode Root, SemanticModel Model, SourceText Text, CancellationToken Cancellation)
{
    public static async Task<FixedDocument?> ReadAsync(Document document, CancellationToken cancellationToken) =>
        await document.GetSemanticModelAsync(cancellationToken).ConfigureAwait(false) is { } model ? Of(model, cancellationToken) : null;

    /// <summary>The document of a semantic model, for programs that have no workspace.</summary>
    public static FixedDocument Of(SemanticModel model, CancellationToken cancellationToken) =>
        new(model.SyntaxTree.GetRoot(cancellationToken), model, model.SyntaxTree.GetText(cancellationToken), cancellationToken);

    /// <summary>Where a span of the diagnostic's document is in this one; <see langword="null"/> where it has changed.</summary>
    public Func<TextSpan, TextSpan?> Find { get; init; } = static span => span;
}
