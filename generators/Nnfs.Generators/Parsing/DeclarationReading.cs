using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Nnfs.Generators.Diagnostics;
using Nnfs.Generators.Models;

namespace Nnfs.Generators.Parsing;

/// <summary>Reads what one attribute states, and reports what is out of range. A kind of loss reads its settings from it.</summary>
internal class DeclarationReading
{
    private readonly ProblemReporter _problems;
    private readonly CancellationToken _cancellationToken;

    public DeclarationReading(LayerDeclaration declaration, ProblemReporter problems, CancellationToken cancellationToken)
    {
        Declaration = declaration;
        _problems = problems;
        _cancellationToken = cancellationToken;
    }

    public LayerDeclaration Declaration { get; }

    public string Name => Declaration.Name;

    /// <summary>The attribute as a whole.</summary>
    public Location Location => Declaration.Attribute.Location(_cancellationToken);

    /// <summary>A number that a constructor's parameter takes.</summary>
    public Setting Argument(string parameter, float missing) => new(parameter, parameter, Declaration.Number(parameter, missing), missing);

    /// <summary>A number that a property takes.</summary>
    /// <param name="property">The property.</param>
    /// <param name="title">What messages call it.</param>
    /// <param name="missing">The default.</param>
    public Setting Property(string property, string title, float missing) =>
        new(property, title, Declaration.Attribute.NamedConstant(property).ToSingle() ?? missing, missing);

    /// <summary>A stated size of at least 1; <see langword="null"/> where none is stated, and where it is less, which is reported.</summary>
    /// <param name="parameter">The parameter that takes it.</param>
    /// <param name="unit">What the size counts, in messages.</param>
    public int? PositiveSize(string parameter, string unit)
    {
        int? size = Declaration.Size(parameter);

        if (size is <= 0)
        {
            Report(DiagnosticDescriptors.InvalidLayerSize, ArgumentLocation(parameter), Name, unit, size.Value);

            return null;
        }

        return size;
    }

    /// <summary>A stated whole number of at least 1; <see langword="null"/> where it is less or missing, which is reported.</summary>
    /// <param name="argument">The parameter or property that takes it.</param>
    /// <param name="missing">The default; <see langword="null"/> where it must be stated.</param>
    public int? AtLeastOne(string argument, int? missing = null) => AtLeast(1, argument, argument.ToCamelCase(), missing);

    /// <summary>
    /// The whole numbers of at least 0 that the constructor takes, in its order; <see langword="null"/> where one is less or missing, which is reported.
    /// </summary>
    public int[]? NotNegativeNumbers()
    {
        if (Declaration.Attribute.AttributeConstructor is not { } constructor)
        {
            NoteCompilerError();

            return null;
        }

        int?[] numbers = [.. constructor.Parameters.Select(parameter => AtLeast(0, parameter.Name, parameter.Name, missing: null))];

        return numbers.All(static number => number is not null) ? [.. numbers.Select(static number => number!.Value)] : null;
    }

    /// <summary>A stated whole number of at least so many; <see langword="null"/> where it is less or missing, which is reported.</summary>
    /// <param name="least">The least number.</param>
    /// <param name="argument">The parameter or property that takes it.</param>
    /// <param name="title">What messages call it.</param>
    /// <param name="missing">The default; <see langword="null"/> where it must be stated.</param>
    public int? AtLeast(int least, string argument, string title, int? missing)
    {
        int? stated = Declaration.Size(argument)
            ?? (Declaration.Attribute.NamedConstant(argument) is { Kind: TypedConstantKind.Primitive, Value: int property } ? property : missing);

        if (stated is null)
        {
            NoteCompilerError();
        }
        else if (stated < least)
        {
            ImmutableDictionary<string, string?> properties = stated is < 0 and > int.MinValue
                ? ImmutableDictionary<string, string?>.Empty.Add(DiagnosticProperties.PlainSetting, Wording.Number(-(long)stated))
                : ImmutableDictionary<string, string?>.Empty;

            Report(
                DiagnosticDescriptors.InvalidSetting,
                ArgumentLocation(argument),
                additional: null,
                properties,
                title,
                Name,
                $"at least {least}",
                Wording.Number((long)stated));

            return null;
        }

        return stated;
    }

    /// <summary>The stated sizes of a shape; <see langword="null"/> where they are missing or impossible, which is reported.</summary>
    /// <param name="parameter">The parameter that takes them.</param>
    public ImmutableArray<int>? Sizes(string parameter) =>
        ShapeArgument.Sizes(Declaration.Attribute, parameter, $"shape of '{Name}'", _problems, _cancellationToken);

    /// <summary>The number of the chosen value of an enumeration; 0 where none is stated.</summary>
    public int Choice(string property) => Declaration.Attribute.NamedArgument<int>(property);

    /// <summary>Reports each argument of an enumeration that is none of its values.</summary>
    public void CheckChoices() => Choices.Check(Declaration.Attribute, Name, _problems, _cancellationToken);

    /// <summary>A number from 0 to 1.</summary>
    public float Fraction(Setting setting) => Check(setting, setting.Value is >= 0 and <= 1, "from 0 to 1");

    /// <summary>A number from 0 to less than 1.</summary>
    public float BelowOne(Setting setting) => Check(setting, setting.Value is >= 0 and < 1, "from 0 to less than 1");

    /// <summary>A number above 0.</summary>
    public float Positive(Setting setting) => Check(setting, setting.Value is > 0 and < float.PositiveInfinity, "more than 0 and finite");

    /// <summary>A number of at least 0.</summary>
    public float NotNegative(Setting setting) => Check(setting, setting.Value is >= 0 and < float.PositiveInfinity, "at least 0 and finite");

    /// <summary>The place of an argument, or of one of its values.</summary>
    public Location ArgumentLocation(string argument, int element = 0) => Declaration.Attribute.ArgumentLocation(argument, _cancellationToken, element);

    /// <summary>The place of another attribute.</summary>
    public Location LocationOf(AttributeData attribute) => attribute.Location(_cancellationToken);

    public void Report(DiagnosticDescriptor descriptor, Location location, params object[] arguments) => _problems.Report(descriptor, location, arguments);

    public void Report(DiagnosticDescriptor descriptor, Location location, Location? additional, params object[] arguments) =>
        _problems.Report(descriptor, location, additional, arguments);

    public void Report(
        DiagnosticDescriptor descriptor,
        Location location,
        Location? additional,
        ImmutableDictionary<string, string?> properties,
        params object[] arguments) => _problems.Report(descriptor, location, additional, properties, arguments);

    /// <summary>Notes that something is missing which the compiler reports itself.</summary>
    public void NoteCompilerError() => _problems.NoteCompilerError();

    private float Check(Setting setting, bool isValid, string expectation)
    {
        if (isValid)
        {
            return setting.Value;
        }

        _problems.Report(
            DiagnosticDescriptors.InvalidSetting,
            ArgumentLocation(setting.Argument),
            additional: null,
            PlainSetting(setting.Value, expectation),
            setting.Title,
            Name,
            expectation,
            Wording.Plain(setting.Value));

        return setting.Missing;
    }

    /// <summary>What a number out of its range plainly means: a share in per cent, or a size with a sign.</summary>
    private static ImmutableDictionary<string, string?> PlainSetting(float value, string expectation)
    {
        bool isShare = expectation.StartsWith("from 0 to ", StringComparison.Ordinal);

        return isShare && value is > 1 and < 100 ? Plain(value / 100)
            : !isShare && value is < 0 and > float.NegativeInfinity ? Plain(-value)
            : ImmutableDictionary<string, string?>.Empty;

        static ImmutableDictionary<string, string?> Plain(float number) =>
            ImmutableDictionary<string, string?>.Empty.Add(DiagnosticProperties.PlainSetting, Wording.Number(number));
    }
}
