using Basic.Reference.Assemblies;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Testing;
using Microsoft.CodeAnalysis.Testing;

namespace Nnfs.Generators.Tests.CodeFixes;

/// <summary>Runs the network analyzer and one code fix on a source, by the rules of Roslyn's own testing library.</summary>
internal static class CodeFixHarness
{
    /// <summary>
    /// Checks that the marked faults in <paramref name="source"/> are reported, that the fix of that key turns the source into
    /// <paramref name="fixedSource"/>, and that fixing all at once gives the same.
    /// </summary>
    public static async Task VerifyAsync<TFix>(
        string source, string fixedSource, string key, Action<CSharpCodeFixTest<NetworkAnalyzer, TFix, DefaultVerifier>>? configure = null)
        where TFix : CodeFixProvider, new()
    {
        CSharpCodeFixTest<NetworkAnalyzer, TFix, DefaultVerifier> test = new()
        {
            TestCode = source.ReplaceLineEndings("\n"),
            FixedCode = fixedSource.ReplaceLineEndings("\n"),
            CodeActionEquivalenceKey = key,
            ReferenceAssemblies = new ReferenceAssemblies("net10.0"),
        };

        foreach (SolutionState state in (SolutionState[])[test.TestState, test.FixedState])
        {
            state.AdditionalReferences.AddRange(Net100.References.All);
            state.AdditionalReferences.Add(MetadataReference.CreateFromFile(typeof(NetworkAttribute).Assembly.Location));
        }

        configure?.Invoke(test);
        await test.RunAsync(TestContext.Current.CancellationToken);
    }
}
