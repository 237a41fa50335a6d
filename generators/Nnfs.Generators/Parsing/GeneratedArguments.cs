using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Nnfs.Generators.Diagnostics;

namespace Nnfs.Generators.Parsing;

/// <summary>
/// What the attributes of a network say that only generated code can explain. To the generator it looks like a fault of the compiler's, which would
/// report it; it notes all of it in the file that it writes. The analyzer, which sees all code, tells from that file what was missing.
/// </summary>
internal static class GeneratedArguments
{
    private const string Cure = "write its value, or a constant of your own that both use";
    private const string CureOfAttribute = "put it before [Network], so that it cannot be taken for a layer";

    /// <summary>Notes what cannot be read.</summary>
    public static void Note(INamedTypeSymbol type, ProblemReporter problems, CancellationToken cancellationToken)
    {
        bool isAfterNetwork = false;

        foreach (AttributeData attribute in type.GetAttributes())
        {
            isAfterNetwork |= attribute.IsNetwork();

            if (attribute.AttributeClass is null or { TypeKind: TypeKind.Error })
            {
                if (isAfterNetwork && attribute.Syntax(cancellationToken) is { } unknown)
                {
                    problems.Note(DiagnosticDescriptors.GeneratedArgument, OfAttribute(unknown));
                }
            }
            else if (attribute.IsNetwork() || attribute.IsLayerOrLoss() || attribute.IsInputOrOutput() || attribute.IsPretrained())
            {
                foreach (AttributeArgumentSyntax argument in UnreadArguments.Of(attribute, cancellationToken))
                {
                    problems.Note(DiagnosticDescriptors.GeneratedArgument, OfArgument(argument));
                }
            }
        }
    }

    /// <summary>What a message says of an argument.</summary>
    public static object[] OfArgument(AttributeArgumentSyntax argument) => [OnOneLine(argument.Expression), Cure];

    /// <summary>What a message says of an attribute.</summary>
    public static object[] OfAttribute(AttributeSyntax attribute) => [$"[{OnOneLine(attribute.Name)}]", CureOfAttribute];

    private static string OnOneLine(SyntaxNode node) => string.Join(" ", node.ToString().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
