using System.Collections.Immutable;
using System.Globalization;
using System.Numerics;
using Microsoft.CodeAnalysis;
using Nnfs.Generators.Diagnostics;
using Nnfs.Generators.Models;

namespace Nnfs.Generators.Parsing;

/// <summary>Reads the shape of a sample from the argument that states it.</summary>
internal static class ShapeArgument
{
    /// <summary>The most dimensions that a sample has.</summary>
    public const int MostDimensions = 4;

    /// <summary>Reads the shape of an input; one that is missing or impossible is reported, and nothing is known.</summary>
    /// <param name="attribute">The attribute that states it.</param>
    /// <param name="parameter">The parameter that takes it.</param>
    /// <param name="of">What has the shape, in messages.</param>
    /// <param name="problems">Takes the faults.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public static Shape? OfInput(
        AttributeData attribute,
        string parameter,
        string of,
        ProblemReporter problems,
        CancellationToken cancellationToken)
    {
        if (Sizes(attribute, parameter, $"input shape of '{of}'", problems, cancellationToken) is not { } sizes)
        {
            return null;
        }

        BigInteger product = sizes.Aggregate(BigInteger.One, static (product, size) => product * size);

        if (product <= KernelLimits.MostFloats)
        {
            return new Shape(new EquatableArray<int>(sizes));
        }

        problems.Report(
            DiagnosticDescriptors.TooLarge,
            attribute.ArgumentLocation(parameter, cancellationToken),
            attribute.IsNetwork() ? "[Network]" : "[Input]",
            product.ToString(CultureInfo.InvariantCulture),
            "features",
            KernelLimits.MostFloats);

        return null;
    }

    /// <summary>Reads the sizes of a shape, from one to four of at least 1; what is missing or impossible is reported, and nothing is known.</summary>
    /// <param name="attribute">The attribute that states them.</param>
    /// <param name="parameter">The parameter that takes them.</param>
    /// <param name="title">What the shape is called in messages.</param>
    /// <param name="problems">Takes the faults.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public static ImmutableArray<int>? Sizes(
        AttributeData attribute,
        string parameter,
        string title,
        ProblemReporter problems,
        CancellationToken cancellationToken)
    {
        int index = attribute.AttributeConstructor?.Parameters.FirstOrDefault(candidate => candidate.Name == parameter)?.Ordinal ?? -1;

        if (index < 0 || index >= attribute.ConstructorArguments.Length || attribute.ConstructorArguments[index].Kind != TypedConstantKind.Array)
        {
            problems.NoteCompilerError();

            return null;
        }

        // An array that is null has no values, which is a shape that is missing.
        ImmutableArray<TypedConstant> values = attribute.ConstructorArguments[index].IsNull ? [] : attribute.ConstructorArguments[index].Values;

        if (values.Any(static value => value.Value is not int))
        {
            problems.NoteCompilerError();

            return null;
        }

        ImmutableArray<int> sizes = [.. values.Select(static value => (int)value.Value!)];

        if (sizes.IsEmpty)
        {
            problems.Report(DiagnosticDescriptors.InvalidShape, attribute.Location(cancellationToken), title, "it is missing");

            return null;
        }

        if (sizes.Length > MostDimensions)
        {
            problems.Report(
                DiagnosticDescriptors.InvalidShape,
                attribute.ArgumentLocation(parameter, cancellationToken, MostDimensions),
                title,
                $"there are {sizes.Length}");
        }

        for (int i = 0; i < sizes.Length; i++)
        {
            if (sizes[i] <= 0)
            {
                problems.Report(
                    DiagnosticDescriptors.InvalidShape,
                    attribute.ArgumentLocation(parameter, cancellationToken, i),
                    title,
                    "one is " + sizes[i].ToString(CultureInfo.InvariantCulture));
            }
        }

        return sizes.Length <= MostDimensions && sizes.All(static size => size > 0) ? sizes : null;
    }
}
