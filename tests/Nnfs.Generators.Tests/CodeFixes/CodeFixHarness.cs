using System.Numerics.Tensors;
using Basic.Reference.Assemblies;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Testing;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Testing;
using Nnfs.Generators.CallSites;

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
        CSharpCodeFixTest<NetworkAnalyzer, TFix, DefaultVerifier> test = new();
        Prepare(test, source, fixedSource, key);
        configure?.Invoke(test);
        await test.RunAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>The same for the analyzer of samples.</summary>
    public static async Task VerifySampleAsync<TFix>(string source, string fixedSource, string key)
        where TFix : CodeFixProvider, new()
    {
        CSharpCodeFixTest<SampleAnalyzer, TFix, DefaultVerifier> test = new();
        Prepare(test, source, fixedSource, key);
        await test.RunAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>The same for the analyzer of calls, with what the generator writes.</summary>
    public static async Task VerifyCallAsync<TFix>(string source, string fixedSource, string key)
        where TFix : CodeFixProvider, new()
    {
        CallFixTest<TFix> test = new() { TestBehaviors = TestBehaviors.SkipGeneratedSourcesCheck };
        Prepare(test, source, fixedSource, key);
        await test.RunAsync(TestContext.Current.CancellationToken);
    }

    private static void Prepare<TAnalyzer, TFix>(CSharpCodeFixTest<TAnalyzer, TFix, DefaultVerifier> test, string source, string fixedSource, string key)
        where TAnalyzer : DiagnosticAnalyzer, new()
        where TFix : CodeFixProvider, new()
    {
        test.TestCode = source.ReplaceLineEndings("\n");
        test.FixedCode = fixedSource.ReplaceLineEndings("\n");
        test.CodeActionEquivalenceKey = key;
        test.ReferenceAssemblies = new ReferenceAssemblies("net10.0");

        foreach (SolutionState state in (SolutionState[])[test.TestState, test.FixedState])
        {
            state.AdditionalReferences.AddRange(Net100.References.All);
            state.AdditionalReferences.Add(MetadataReference.CreateFromFile(typeof(NetworkAttribute).Assembly.Location));
            state.AdditionalReferences.Add(MetadataReference.CreateFromFile(typeof(TensorPrimitives).Assembly.Location));
        }
    }

    private sealed class CallFixTest<TFix> : CSharpCodeFixTest<CallSiteAnalyzer, TFix, DefaultVerifier>
        where TFix : CodeFixProvider, new()
    {
        protected override IEnumerable<Type> GetSourceGenerators() => [typeof(NetworkGenerator)];
    }
}
