using System.Collections.Immutable;
using System.Globalization;
using System.Numerics;
using Microsoft.CodeAnalysis;
using Nnfs.Generators.Diagnostics;
using Nnfs.Generators.Models;

namespace Nnfs.Generators.Parsing;

/// <summary>Reads the shape of a sample from the argument that states it.</summary>
internal static class InputShape
{
    /// <summary>Reads a shape; one that is missing or impossible is reported, and nothing is known.</summary>
    /// <param name="attribute">The attribute that states it.</param>
    /// <param name="parameter">The parameter that takes it.</param>
    /// <param name="of">What has the shape, in messages.</param>
    /// <param name="problems">Takes the faults.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public static Shape? Read(
        AttributeData attribute,
        string parameter,
        string of,
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

        return isValid ? new Shape(new EquatableArray<int>(shape)) : null;
    }
}
