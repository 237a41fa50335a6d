using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Text;

namespace Nnfs.Generators.CodeFixes;

/// <summary>
/// A code fix that changes text. To fix all, it applies one fix after the other, so that each sees those before it: two layers that are inserted get
/// two names.
/// </summary>
public abstract class TextCodeFixProvider : CodeFixProvider
{
    private static readonly FixAllProvider s_all = FixAllProvider.Create(static (context, document, diagnostics) =>
        ((TextCodeFixProvider)context.CodeFixProvider).FixAllAsync(document, diagnostics, context.CodeActionEquivalenceKey, context.CancellationToken));

    /// <inheritdoc/>
    public sealed override FixAllProvider GetFixAllProvider() => s_all;

    /// <inheritdoc/>
    public sealed override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        if (await FixedDocument.ReadAsync(context.Document, context.CancellationToken).ConfigureAwait(false) is not { } document)
        {
            return;
        }

        foreach (Diagnostic diagnostic in context.Diagnostics)
        {
            foreach (TextFix fix in FindFixes(document, diagnostic, diagnostic.Location.SourceSpan))
            {
                context.RegisterCodeFix(
                    CodeAction.Create(fix.Title, _ => Task.FromResult(context.Document.WithText(document.Text.WithChanges(fix.Changes))), fix.Key), diagnostic);
            }
        }
    }

    /// <summary>The fixes of a diagnostic, for programs that have no workspace.</summary>
    /// <param name="model">What the syntax of the diagnostic's document means.</param>
    /// <param name="diagnostic">The diagnostic.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    internal IEnumerable<TextFix> FindFixes(SemanticModel model, Diagnostic diagnostic, CancellationToken cancellationToken) =>
        FindFixes(FixedDocument.Of(model, cancellationToken), diagnostic, diagnostic.Location.SourceSpan);

    /// <summary>The fixes of a diagnostic.</summary>
    /// <param name="document">What is to be changed. Where all are fixed, some of it has changed already.</param>
    /// <param name="diagnostic">The diagnostic.</param>
    /// <param name="place">Where it is in the document.</param>
    private protected abstract IEnumerable<TextFix> FindFixes(FixedDocument document, Diagnostic diagnostic, TextSpan place);

    private async Task<Document?> FixAllAsync(Document document, ImmutableArray<Diagnostic> diagnostics, string? key, CancellationToken cancellationToken)
    {
        List<TextChange> made = [];

        foreach (Diagnostic diagnostic in diagnostics.OrderBy(static diagnostic => diagnostic.Location.SourceSpan.Start))
        {
            // What an earlier fix has changed, it has cured.
            if (Moved(diagnostic.Location.SourceSpan, made) is not { } place
                || await FixedDocument.ReadAsync(document, cancellationToken).ConfigureAwait(false) is not { } current
                || FindFixes(current with { Find = span => Moved(span, made) }, diagnostic, place).FirstOrDefault(fix => fix.Key == key) is not { } fix)
            {
                continue;
            }

            document = document.WithText(current.Text.WithChanges(fix.Changes));

            // Each change is noted as if those after it in the text were made first, which is the same.
            made.AddRange(fix.Changes.Reverse());
        }

        return document;
    }

    /// <summary>Where a span is after changes that were made one by one; <see langword="null"/> where one of them was in it.</summary>
    private static TextSpan? Moved(TextSpan span, List<TextChange> changes)
    {
        foreach (TextChange change in changes)
        {
            if (change.Span.End <= span.Start)
            {
                span = new TextSpan(span.Start + change.NewText!.Length - change.Span.Length, span.Length);
            }
            else if (change.Span.Start < span.End)
            {
                return null;
            }
        }

        return span;
    }
}
