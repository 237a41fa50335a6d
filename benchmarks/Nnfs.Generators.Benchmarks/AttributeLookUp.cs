using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Nnfs.Generators.Benchmarks;

/// <summary>
/// A generator that finds networks and reads their attributes, and does nothing with them: what the compiler itself takes after an
/// edit, which no generator of this kind can do without.
/// </summary>
internal sealed class AttributeLookUp : IIncrementalGenerator
{
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        IncrementalValuesProvider<int> counts = context.SyntaxProvider.ForAttributeWithMetadataName(
            "Nnfs.NetworkAttribute",
            static (node, _) => node is TypeDeclarationSyntax,
            static (attributed, _) => attributed.TargetSymbol.GetAttributes().Length);

        context.RegisterSourceOutput(counts.Collect(), static (_, _) => { });
    }
}
