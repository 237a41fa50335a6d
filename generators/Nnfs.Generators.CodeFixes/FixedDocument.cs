using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace Nnfs.Generators.CodeFixes;

/// <summary>What a fix looks at.</summary>
/// <param name="Document">The document.</param>
/// <param name="Root">Its syntax.</param>
/// <param name="Model">What its syntax means.</param>
/// <param name="Text">Its text.</param>
/// <param name="Cancellation">Ends the work.</param>
internal sealed record FixedDocument(Document Document, SyntaxNode Root, SemanticModel Model, SourceText Text, CancellationToken Cancellation)
{
    public static async Task<FixedDocument?> ReadAsync(Document document, CancellationToken cancellationToken)
    {
        SyntaxNode? root = await document.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false);
        SemanticModel? model = await document.GetSemanticModelAsync(cancellationToken).ConfigureAwait(false);
        SourceText text = await document.GetTextAsync(cancellationToken).ConfigureAwait(false);

        return root is null || model is null ? null : new FixedDocument(document, root, model, text, cancellationToken);
    }

    /// <summary>Where a span of the diagnostic's document is in this one; <see langword="null"/> where it has changed.</summary>
    public Func<TextSpan, TextSpan?> Find { get; init; } = static span => span;

    /// <summary>The document after some changes.</summary>
    public Document With(ImmutableArray<TextChange> changes) => Document.WithText(Text.WithChanges(changes));
}
