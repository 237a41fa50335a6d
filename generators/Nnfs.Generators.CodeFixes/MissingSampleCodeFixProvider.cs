using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using Nnfs.Generators.Diagnostics;
using Nnfs.Generators.Parsing;

namespace Nnfs.Generators.CodeFixes;

/// <summary>NNFS212: puts <c>[Sample]</c> before the type that has features or labels.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
[Shared]
public sealed class MissingSampleCodeFixProvider : TextCodeFixProvider
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [DiagnosticDescriptors.FeatureWithoutSample.Id];

    private protected override IEnumerable<TextFix> FindFixes(FixedDocument document, Diagnostic diagnostic, TextSpan place)
    {
        // Several features of a type need it once.
        if (diagnostic.Properties.ContainsKey(DiagnosticProperties.LacksSample)
            && document.Root.FindNode(place).FirstAncestorOrSelf<TypeDeclarationSyntax>() is { } declaration
            && document.Model.GetDeclaredSymbol(declaration, document.Cancellation)?.GetAttributes().Any(static attribute => attribute.IsSample()) == false)
        {
            TextLine line = document.Text.Lines.GetLineFromPosition(declaration.SpanStart);
            string before = document.Text.ToString(TextSpan.FromBounds(line.Start, declaration.SpanStart));
            string end = document.Text.ToString(TextSpan.FromBounds(line.End, line.EndIncludingLineBreak));
            string separator = string.IsNullOrWhiteSpace(before) ? (end.Length == 0 ? "\n" : end) + before : " ";
            string name = AttributeText.NameOf(document, declaration.SpanStart, KnownNames.Sample);

            yield return new TextFix("Add [Sample]", "AddSample", AttributeText.Insert(declaration.SpanStart, $"[{name}]{separator}"));
        }
    }
}
