using System.Collections.Immutable;
using System.Globalization;
using System.Numerics;
using Microsoft.CodeAnalysis;
using Nnfs.Generators.Diagnostics;

namespace Nnfs.Generators.Parsing;

/// <summary>Reads the shape of a sample from the argument that states it.</summary>
internal static class InputShape
{
    /// <summary>Reads a shape; one that is missing or impossible is reported and empty.</summary>
    /// <param name="attribute">The attribute that states it.</param>
    /// <param name="parameter">The parameter that takes it.</param>
    /// <param name="of">What has the shape, in messages.</param>
    /// <param name="problems">Takes the faults.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <param name="size">The number of values of a sample; <see langword="null"/> after a fault.</param>
    public static ImmutableArray<int> Read(
        AttributeData attribute,
        string parameter,
        string of,
        ProblemReporter problems,
        CancellationToken cancellationToken,
        out int? size)
    {
        size = null;
        int index = attribute.AttributeConstructor?.Parameters.FirstOrDefault(candidate => candidate.Name == parameter)?.Ordinal ?? -1;

        if (index < 0 || index >= attribute.ConstructorArguments.Length || attribute.ConstructorArguments[index].Kind != TypedConstantKind.Array)
        {
            problems.NoteCompilerError();

            return [];
        }

        // An array that is null has no values, which is a shape that is missing.
        ImmutableArray<TypedConstant> values = attribute.ConstructorArguments[index].IsNull ? [] : attribute.ConstructorArguments[index].Values;

        if (values.Any(static value => value.Value is not int))
        {
            problems.NoteCompilerError();

            return [];
        }

        ImmutableArray<int> shape = values.Select(static value => (int)value.Value!).ToImmutableArray();
        BigInteger product = 1;
        bool isValid = shape.Length > 0;

        if (!isValid)
        {
            problems.Report(DiagnosticDescriptors.InvalidInputShape, attribute.Location(cancellationToken), of, "it is missing");
        }

        for (int i = 0; i < shape.Length; i++)
        {
            if (shape[i] <= 0)
            {
                isValid = false;
                problems.Report(
                    DiagnosticDescriptors.InvalidInputShape,
                    attribute.ArgumentLocation(parameter, cancellationToken, i),
                    of,
                    "one is " + shape[i].ToString(CultureInfo.InvariantCulture));
            }
            else
            {
                product *= shape[i];
            }
        }

        if (isValid && product > KernelLimits.MostFloats)
        {
            isValid = false;
            problems.Report(
                DiagnosticDescriptors.TooLarge,
                attribute.ArgumentLocation(parameter, cancellationToken),
                attribute.IsNetwork() ? "[Network]" : "[Input]",
                product.ToString(CultureInfo.InvariantCulture),
                "features",
                KernelLimits.MostFloats);
        }

        size = isValid ? (int)product : null;

        return isValid ? shape : [];
    }
}
