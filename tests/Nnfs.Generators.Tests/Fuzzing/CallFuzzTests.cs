using System.Collections.Concurrent;
using System.Globalization;
using System.Reflection;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Nnfs.Generators.Tests.CallSites;
using Nnfs.Catalogue.Drawing;

namespace Nnfs.Generators.Tests.Fuzzing;

/// <summary>Many random calls: the analyzer of calls reports none that succeeds when it runs, and throws at none that is half-typed.</summary>
public sealed class CallFuzzTests
{
    private const int Calls = 2_000;
    private const int DamagedSources = 2_000;
    private const int CallsOfDamagedSource = 4;

    [Fact]
    public async Task Calls_that_are_reported_fail_when_they_run()
    {
        SyntaxTree tree = CallSite.Parse(Source(Calls, static i => RandomCall.Write(RunSeed.Value + i)));
        CSharpCompilation compilation = CallSite.WithNetworks.AddSyntaxTrees(tree);
        SyntaxNode root = await tree.GetRootAsync(TestContext.Current.CancellationToken);
        ILookup<string, Diagnostic> reported = (await CallSite.AnalyzeAsync(compilation)).ToLookup(
            diagnostic => root.FindNode(diagnostic.Location.SourceSpan).FirstAncestorOrSelf<MethodDeclarationSyntax>()!.Identifier.Text,
            StringComparer.Ordinal);

        using LoadedNetworks networks = LoadedNetworks.From(compilation);
        object net = Activator.CreateInstance(networks["SpiralNet"], 1)!;
        List<string> faults = [];
        int failed = 0;

        foreach (MethodInfo method in networks["Caller"].GetMethods(BindingFlags.Public | BindingFlags.Static))
        {
            // The second parameter is the number that the calls are written for.
            if (Record.Exception(() => method.Invoke(null, [net, 4])) is not null)
            {
                failed++;
            }
            else if (reported.Contains(method.Name))
            {
                faults.Add($"{method.Name}: {reported[method.Name].First()}");
            }
        }

        Assert.True(
            faults.Count == 0,
            $"{RunSeed.Reproduce}: {faults.Count} calls were reported but succeed, for example\n{string.Join('\n', faults.Take(3))}\n{tree}");

        // The calls are of use only while many are reported, and many succeed.
        Assert.InRange(reported.Count, Calls / 10, Calls);
        Assert.InRange(failed, reported.Count, Calls * 9 / 10);
    }

    [Fact]
    public async Task Calls_that_are_half_typed_throw_nothing()
    {
        ConcurrentBag<string> faults = [];

        await Parallel.ForEachAsync(Enumerable.Range(0, DamagedSources), TestContext.Current.CancellationToken, async (i, _) =>
        {
            string source = Source(CallsOfDamagedSource, call => RandomCall.WriteDamaged(RunSeed.Value + (i * CallsOfDamagedSource) + call));

            if (await Record.ExceptionAsync(() => CallSite.AnalyzeAsync(CallSite.WithNetworks.AddSyntaxTrees(CallSite.Parse(source)))) is { } exception)
            {
                faults.Add($"{exception.Message}\n{source}");
            }
        });

        Assert.True(
            faults.IsEmpty, $"{RunSeed.Reproduce}: {faults.Count} of {DamagedSources} sources failed, for example\n{string.Join("\n\n", faults.Take(3))}");
    }

    private static string Source(int calls, Func<int, string> write)
    {
        StringBuilder source = new("using System;\n\npublic static class Caller\n{\n");

        for (int i = 1; i <= calls; i++)
        {
            source.Append(CultureInfo.InvariantCulture, $"public static void Call{i}(SpiralNet net, int count)\n{{\n    {write(i)}\n}}\n\n");
        }

        return source.Append("}\n").ToString();
    }
}
