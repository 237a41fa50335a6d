using Microsoft.CodeAnalysis;

namespace Nnfs.Generators.Parsing;

/// <summary>One layer or loss attribute as the user wrote it, before its shape is known.</summary>
/// <param name="Attribute">The attribute.</param>
/// <param name="Kind">What it stands for.</param>
/// <param name="Name">The layer's name: the given one, or kind and number; for a loss its kind.</param>
/// <param name="FieldName">The stem of the fields of that layer, which no other layer has.</param>
/// <param name="StoredAs">What the names of its tensors begin with in files, which no other layer has.</param>
internal sealed record LayerDeclaration(AttributeData Attribute, LayerKind Kind, string Name, string FieldName, string StoredAs)
{
    public bool IsLoss => Kind is LayerKind.SoftmaxCrossEntropy or LayerKind.CategoricalCrossEntropy;

    /// <summary>The stated size of that name; <see langword="null"/> where none is stated or the compiler could not read it.</summary>
    public int? Size(string parameter)
    {
        if (Attribute.AttributeConstructor is { } constructor)
        {
            for (int i = 0; i < constructor.Parameters.Length && i < Attribute.ConstructorArguments.Length; i++)
            {
                if (constructor.Parameters[i].Name == parameter)
                {
                    return Attribute.ConstructorArguments[i] is { Kind: TypedConstantKind.Primitive, Value: int size } ? size : null;
                }
            }
        }

        return null;
    }
}
