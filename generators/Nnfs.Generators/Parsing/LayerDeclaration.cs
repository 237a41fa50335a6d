using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Nnfs.Generators.Layers;
using Nnfs.Generators.Losses;

namespace Nnfs.Generators.Parsing;

/// <summary>One input, layer, loss or output as the user wrote it, before its shape is known.</summary>
/// <param name="Attribute">The attribute.</param>
/// <param name="Kind">What it declares.</param>
/// <param name="KindName">The name of the attribute.</param>
/// <param name="Name">The layer's name: the given one, or kind and number; for a loss its kind.</param>
/// <param name="FieldName">The stem of the fields of that layer, which no other layer has.</param>
/// <param name="StoredAs">What the names of its tensors begin with in files, which no other layer has.</param>
internal sealed record LayerDeclaration(AttributeData Attribute, DeclarationKind Kind, string KindName, string Name, string FieldName, string StoredAs)
{
    /// <summary>The kind of layer; <see langword="null"/> for what is none.</summary>
    public Layer? Layer { get; init; }

    /// <summary>The kind of loss; <see langword="null"/> for what is none.</summary>
    public Loss? Loss { get; init; }

    /// <summary>The name that the user gave it and that it cannot have, which is reported; others may read it by that name all the same.</summary>
    public string? RefusedName { get; init; }

    /// <summary>Whether nobody wrote it: it is there for a feature of the samples, and its attribute is that of the network.</summary>
    public bool IsImplied { get; init; }

    public bool IsLoss => Kind == DeclarationKind.Loss;

    public bool IsPort => Kind is DeclarationKind.Input or DeclarationKind.Output;

    public bool IsJoin => Layer is { JoinsSeveral: true };

    /// <summary>Whether it is a step of the network, and neither an input, an output nor a loss.</summary>
    public bool IsLayer => Kind == DeclarationKind.Layer;

    /// <summary>The name of what it reads, where it is stated.</summary>
    public string? From => Attribute.NamedArgument<string>(KnownNames.FromProperty);

    /// <summary>The name of what it reads as the compiler read it; <see langword="null"/> where none is stated.</summary>
    public TypedConstant? FromConstant =>
        Attribute.NamedConstant(KnownNames.FromProperty) is { } constant && (constant.Kind == TypedConstantKind.Error || constant.Value is string)
            ? constant
            : null;

    /// <summary>The names that a join states, as the compiler read them.</summary>
    public ImmutableArray<TypedConstant> JoinedNames =>
        IsJoin && Argument(KnownNames.SourcesParameter) is { Kind: TypedConstantKind.Array, IsNull: false } names ? names.Values : [];

    /// <summary>Whether the user wrote a name, rather than leave it to the number among its kind.</summary>
    public bool HasOwnName => IsPort || Attribute.NamedArgument<string>(KnownNames.NameProperty) is not null;

    /// <summary>Whether that is its name, or was meant to be.</summary>
    public bool IsCalled(string name) => Name == name || RefusedName == name;

    /// <summary>Whether it states that it reads another one.</summary>
    public bool Reads(LayerDeclaration other) => Names(other.Name) || (other.RefusedName is { } name && Names(name));

    /// <summary>Whether it states that it reads the value of that name.</summary>
    public bool Names(string name) => IsJoin ? Joins(name) : From == name;

    private bool Joins(string name) => JoinedNames.Any(constant => constant.Kind == TypedConstantKind.Primitive && constant.Value as string == name);

    /// <summary>The stated size of that name; <see langword="null"/> where none is stated or the compiler could not read it.</summary>
    public int? Size(string parameter) => Argument(parameter) is { Kind: TypedConstantKind.Primitive, Value: int size } ? size : null;

    /// <summary>The stated number of that name, or else the default.</summary>
    public float Number(string parameter, float missing) => Argument(parameter).ToSingle() ?? missing;

    /// <summary>The value of a constructor's parameter.</summary>
    public TypedConstant? Argument(string parameter)
    {
        if (Attribute.AttributeConstructor is { } constructor)
        {
            for (int i = 0; i < constructor.Parameters.Length && i < Attribute.ConstructorArguments.Length; i++)
            {
                if (constructor.Parameters[i].Name == parameter)
                {
                    return Attribute.ConstructorArguments[i];
                }
            }
        }

        return null;
    }
}
