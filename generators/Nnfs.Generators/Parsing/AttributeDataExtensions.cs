using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Nnfs.Generators.Models;

namespace Nnfs.Generators.Parsing;

/// <summary>Reads the values and the places of attribute arguments.</summary>
internal static class AttributeDataExtensions
{
    /// <summary>Whether the attribute is one of this project's: a public class directly in its namespace.</summary>
    public static bool IsOurs(this AttributeData attribute) =>
        attribute.AttributeClass is
        {
            ContainingType: null,
            ContainingNamespace: { Name: KnownNames.Namespace, ContainingNamespace.IsGlobalNamespace: true },
        };

    public static bool IsNetwork(this AttributeData attribute) =>
        attribute.IsOurs() && attribute.AttributeClass!.Name == KnownNames.NetworkAttribute;

    public static bool IsLayerOrLoss(this AttributeData attribute) =>
        attribute.IsOurs() && attribute.AttributeClass!.BaseType?.Name is KnownNames.LayerAttribute or KnownNames.LossAttribute;

    /// <summary>Whether the attribute declares an input or an output.</summary>
    public static bool IsInputOrOutput(this AttributeData attribute) =>
        attribute.IsOurs() && attribute.AttributeClass!.Name is KnownNames.InputAttribute or KnownNames.OutputAttribute;

    /// <summary>Whether the attribute names the weights that the network carries.</summary>
    public static bool IsPretrained(this AttributeData attribute) =>
        attribute.IsOurs() && attribute.AttributeClass!.Name == KnownNames.PretrainedAttribute;

    public static bool IsSample(this AttributeData attribute) =>
        attribute.IsOurs() && attribute.AttributeClass!.Name == KnownNames.SampleAttribute;

    /// <summary>Whether the attribute makes a member of a sample a feature or a label.</summary>
    public static bool IsFeatureOrLabel(this AttributeData attribute) =>
        attribute.IsOurs() && attribute.AttributeClass!.Name is KnownNames.FeatureAttribute or KnownNames.LabelAttribute;

    public static bool IsLabel(this AttributeData attribute) =>
        attribute.IsOurs() && attribute.AttributeClass!.Name == KnownNames.LabelAttribute;

    /// <summary>
    /// Whether the attribute may be meant for a layer, but says nothing that can be used: its class cannot be found, or is a layer of
    /// someone else's. The compiler reports either.
    /// </summary>
    public static bool IsUnknownLayer(this AttributeData attribute) =>
        attribute.AttributeClass is null or { TypeKind: TypeKind.Error }
        || (!attribute.IsOurs() && attribute.AttributeClass.BaseType is
        {
            Name: KnownNames.LayerAttribute or KnownNames.LossAttribute,
            ContainingNamespace: { Name: KnownNames.Namespace, ContainingNamespace.IsGlobalNamespace: true },
        });

    /// <summary>The value of a named argument, where it is given and is of that type.</summary>
    public static T? NamedArgument<T>(this AttributeData attribute, string name) => attribute.NamedArgument<T?>(name, default);

    /// <summary>The value of a named argument, where it is given and is of that type, or else the default.</summary>
    public static T NamedArgument<T>(this AttributeData attribute, string name, T missing) =>
        attribute.NamedConstant(name) is { Kind: not TypedConstantKind.Array, Value: T value } ? value : missing;

    /// <summary>The stated initializer; a number that is none of them counts as none stated.</summary>
    public static WeightInitializer WeightInitializer(this AttributeData attribute) =>
        (WeightInitializer)attribute.NamedArgument<int>(KnownNames.WeightInitializerProperty) is var stated && Enum.IsDefined(typeof(WeightInitializer), stated)
            ? stated
            : Models.WeightInitializer.Auto;

    /// <summary>A named argument as the compiler read it; <see langword="null"/> where it is not given.</summary>
    public static TypedConstant? NamedConstant(this AttributeData attribute, string name)
    {
        foreach (KeyValuePair<string, TypedConstant> argument in attribute.NamedArguments)
        {
            if (argument.Key == name)
            {
                return argument.Value;
            }
        }

        return null;
    }

    /// <summary>
    /// The float that a constant states: attributes take numbers of type double, so that 0.1 and 0.1f are both right and mean the same;
    /// <see langword="null"/> where it is none.
    /// </summary>
    public static float? ToSingle(this TypedConstant? constant) => constant is { Kind: TypedConstantKind.Primitive, Value: { } value }
        ? value switch
        {
            double number => (float)number,
            float number => number,
            _ => null,
        }
        : null;

    /// <summary>Where an attribute is in the source.</summary>
    public static Location Location(this AttributeData attribute, CancellationToken cancellationToken) =>
        attribute.Syntax(cancellationToken)?.GetLocation() ?? Microsoft.CodeAnalysis.Location.None;

    /// <summary>
    /// Where the value of a parameter or property is in the source; the attribute itself where the argument is missing.
    /// <paramref name="element"/> chooses one of the values of a <see langword="params"/> array.
    /// </summary>
    public static Location ArgumentLocation(this AttributeData attribute, string name, CancellationToken cancellationToken, int element = 0)
    {
        AttributeArgumentSyntax? argument = attribute.Syntax(cancellationToken)?.ArgumentList is { } list
            ? FindArgument(attribute, list, name, element)
            : null;

        return argument is null ? attribute.Location(cancellationToken) : ElementOf(argument.Expression, element).GetLocation();
    }

    /// <summary>One value of an array that is written out; the expression itself where it is anything else.</summary>
    private static ExpressionSyntax ElementOf(ExpressionSyntax expression, int element)
    {
        if (expression is CollectionExpressionSyntax collection)
        {
            return element < collection.Elements.Count && collection.Elements.Take(element + 1).All(static value => value is ExpressionElementSyntax)
                ? ((ExpressionElementSyntax)collection.Elements[element]).Expression
                : expression;
        }

        InitializerExpressionSyntax? values = expression switch
        {
            ArrayCreationExpressionSyntax array => array.Initializer,
            ImplicitArrayCreationExpressionSyntax array => array.Initializer,
            _ => null,
        };

        return values is not null && element < values.Expressions.Count ? values.Expressions[element] : expression;
    }

    public static AttributeSyntax? Syntax(this AttributeData attribute, CancellationToken cancellationToken) =>
        attribute.ApplicationSyntaxReference?.GetSyntax(cancellationToken) as AttributeSyntax;

    private static AttributeArgumentSyntax? FindArgument(AttributeData attribute, AttributeArgumentListSyntax list, string name, int element)
    {
        foreach (AttributeArgumentSyntax argument in list.Arguments)
        {
            if ((argument.NameColon?.Name ?? argument.NameEquals?.Name)?.Identifier.ValueText == name)
            {
                return argument;
            }
        }

        IParameterSymbol? parameter = attribute.AttributeConstructor?.Parameters.FirstOrDefault(candidate => candidate.Name == name);

        if (parameter is null)
        {
            return null;
        }

        int position = parameter.Ordinal;
        int last = list.Arguments.Count(argument => argument.NameEquals is null) - 1;

        if (parameter.IsParams && position + element <= last)
        {
            position += element;
        }

        return position <= last && list.Arguments[position].NameColon is null ? list.Arguments[position] : null;
    }
}
