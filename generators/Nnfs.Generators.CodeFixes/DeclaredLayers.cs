using System.Collections.Immutable;
using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using Nnfs.Generators.Parsing;

namespace Nnfs.Generators.CodeFixes;

/// <summary>
/// The layers of a class with their names. A layer without a name is called after its kind and its number, so that one that is inserted or removed would
/// give others new names, by which other layers, code and files know them. They keep those they have.
/// </summary>
internal sealed class DeclaredLayers
{
    private readonly INamedTypeSymbol _type;
    private readonly IReadOnlyList<LayerDeclaration> _layers;
    private readonly CancellationToken _cancellationToken;

    private DeclaredLayers(INamedTypeSymbol type, CancellationToken cancellationToken)
    {
        _type = type;
        _layers = LayerReader.Read(type, new ProblemReporter(report: null), cancellationToken);
        _cancellationToken = cancellationToken;
    }

    public IReadOnlyList<LayerDeclaration> All => _layers;

    public static DeclaredLayers? Read(FixedDocument document, TypeDeclarationSyntax declaration) =>
        document.Model.GetDeclaredSymbol(declaration, document.Cancellation) is { } type ? new DeclaredLayers(type, document.Cancellation) : null;

    /// <summary>The place of an attribute among the layers; −1 where it is none.</summary>
    public int IndexOf(AttributeSyntax attribute)
    {
        for (int i = 0; i < _layers.Count; i++)
        {
            if (SyntaxOf(_layers[i]) == attribute)
            {
                return i;
            }
        }

        return -1;
    }

    public AttributeSyntax? SyntaxOf(LayerDeclaration layer) => layer.Attribute.Syntax(_cancellationToken);

    /// <summary>Whether some layer reads another by its name.</summary>
    public bool IsNamed(LayerDeclaration layer) => _layers.Any(other => other.Names(layer.Name));

    /// <summary>Inserts a layer before an attribute; where that would rename others, they state the names that they have.</summary>
    public ImmutableArray<TextChange> Insert(FixedDocument document, AttributeSyntax before, string kind, LayerDeclaration? removed = null)
    {
        string name = AttributeText.NameOf(document, before.SpanStart, kind);
        int index = IndexOf(before);
        ImmutableArray<TextChange> kept = KeepNames(kind, index, removed);
        string number = (_layers.Take(index).Count(layer => layer.KindName == kind && layer != removed) + 1).ToString(CultureInfo.InvariantCulture);

        if (!kept.IsEmpty || _layers.Any(layer => layer != removed && layer.Name == kind + number))
        {
            name += $"(Name = \"{UnusedName(kind)}\")";
        }

        return [AttributeText.InsertBefore(document, before, name), .. kept];
    }

    /// <summary>
    /// Removes a layer; where that would rename others, they state the names that they have. Nothing where another layer reads it by its name.
    /// </summary>
    public ImmutableArray<TextChange>? Remove(FixedDocument document, LayerDeclaration layer) =>
        IsNamed(layer) || SyntaxOf(layer) is not { } attribute || attribute.SyntaxTree != document.Root.SyntaxTree
            ? null
            : [.. AttributeText.Remove(document, attribute), .. KeepNames(layer.KindName, IndexOf(attribute) + 1, removed: null)];

    private ImmutableArray<TextChange> KeepNames(string kind, int first, LayerDeclaration? removed) =>
    [
        .. _layers.Skip(Math.Max(0, first))
            .Where(layer => layer.KindName == kind && layer != removed && layer.IsLayer)
            .Where(static layer => layer.Attribute.NamedConstant(KnownNames.NameProperty) is null)
            .Select(layer => (Attribute: SyntaxOf(layer), layer.Name))
            .Where(static layer => layer.Attribute is not null)
            .Select(static layer => AttributeText.AddArgument(layer.Attribute!, $"{KnownNames.NameProperty} = \"{layer.Name}\"")),
    ];

    private string UnusedName(string kind)
    {
        int number = _layers.Count(layer => layer.KindName == kind) + 1;

        while (_layers.Any(layer => layer.Name == $"{kind}{number}") || _type.FindMember($"{kind}{number}") is not null)
        {
            number++;
        }

        return $"{kind}{number}";
    }
}
