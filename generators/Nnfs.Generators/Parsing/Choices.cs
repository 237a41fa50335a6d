using System.Globalization;
using Microsoft.CodeAnalysis;
using Nnfs.Generators.Diagnostics;

namespace Nnfs.Generators.Parsing;

/// <summary>Checks the arguments that are values of enumerations: any number can be cast to one.</summary>
internal static class Choices
{
    /// <summary>Reports each argument of an attribute that is none of the values of its enumeration.</summary>
    /// <param name="attribute">The attribute.</param>
    /// <param name="of">What it sets, in messages.</param>
    /// <param name="problems">Takes the faults.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public static void Check(AttributeData attribute, string of, ProblemReporter problems, CancellationToken cancellationToken)
    {
        foreach (KeyValuePair<string, TypedConstant> argument in attribute.NamedArguments)
        {
            if (argument.Value is not { Kind: TypedConstantKind.Enum, Type: { } type, Value: { } value })
            {
                continue;
            }

            IFieldSymbol[] values = [.. type.GetMembers().OfType<IFieldSymbol>().Where(static field => field.HasConstantValue)];

            if (!Array.Exists(values, field => Equals(field.ConstantValue, value)))
            {
                problems.Report(
                    DiagnosticDescriptors.InvalidSetting,
                    attribute.ArgumentLocation(argument.Key, cancellationToken),
                    argument.Key,
                    of,
                    $"a value of {type.Name} ({string.Join(", ", values.Select(static field => field.Name))})",
                    Convert.ToString(value, CultureInfo.InvariantCulture));
            }
        }
    }
}
