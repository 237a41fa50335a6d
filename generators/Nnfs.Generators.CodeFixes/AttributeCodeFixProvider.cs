using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;

namespace Nnfs.Generators.CodeFixes;

/// <summary>A code fix that edits the attribute that its diagnostic is on.</summary>
public abstract class AttributeCodeFixProvider : CodeFixProvider
{
    /// <inheritdoc/>
    public sealed override FixAllProvider GetFixAllProvider() => WellKnownFixAllProviders.BatchFixer;

    /// <inheritdoc/>
    public sealed override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        SyntaxNode? root = await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);

        foreach (Diagnostic diagnostic in context.Diagnostics)
        {
            if (root is not null && AttributeEditing.FindAttribute(root, diagnostic) is { Parent: AttributeListSyntax } attribute)
            {
                RegisterFixes(context, diagnostic, attribute);
            }
        }
    }

    /// <summary>Registers the fixes for a diagnostic on an attribute.</summary>
    /// <param name="context">Where the fixes are registered.</param>
    /// <param name="diagnostic">The diagnostic.</param>
    /// <param name="attribute">The attribute that it is on or in.</param>
    protected abstract void RegisterFixes(CodeFixContext context, Diagnostic diagnostic, AttributeSyntax attribute);

    /// <summary>Registers one fix.</summary>
    /// <param name="context">Where it is registered.</param>
    /// <param name="diagnostic">The diagnostic that it cures.</param>
    /// <param name="title">What the editor calls it.</param>
    /// <param name="key">What fixes of the same kind have in common, so that all of them can be applied at once.</param>
    /// <param name="edit">Makes the edit.</param>
    protected static void Register(CodeFixContext context, Diagnostic diagnostic, string title, string key, Action<SyntaxEditor> edit)
    {
        Document document = context.Document;

        context.RegisterCodeFix(CodeAction.Create(title, ApplyAsync, key), diagnostic);

        async Task<Document> ApplyAsync(CancellationToken cancellationToken)
        {
            DocumentEditor editor = await DocumentEditor.CreateAsync(document, cancellationToken).ConfigureAwait(false);
            edit(editor);

            return editor.GetChangedDocument();
        }
    }
}
