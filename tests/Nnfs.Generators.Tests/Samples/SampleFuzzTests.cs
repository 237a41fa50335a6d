using Microsoft.CodeAnalysis;

namespace Nnfs.Generators.Tests.Samples;

/// <summary>Samples at random: each is reported, or what is generated for it compiles without a warning; the generator never throws.</summary>
public sealed class SampleFuzzTests
{
    private static readonly string[] s_types =
    [
        "int", "float?", "double", "decimal?", "ulong", "Half", "Int128?", "bool", "bool?", "Colour", "Colour?", "Samples.Size", "Samples.Size?", "DateOnly?",
        "DateTime", "DateTimeOffset?", "TimeOnly",
    ];

    private static readonly string[] s_arrays = ["float[]", "int[]?", "ImmutableArray<double>", "ImmutableArray<Half>?", "long[]"];
    private static readonly string[] s_wrong = ["string", "char?", "Rights", "Missing", "float[,]", "bool[]", "List<int>", "object", "nint", "dynamic"];

    private static readonly string[] s_settings =
    [
        "", "", "", "", "Name = \"n\"", "Name = \"a, b\"", "Scaling = FeatureScaling.Log", "Scaling = FeatureScaling.None", "Embedding = 3", "Cyclic = 24",
        "Cyclic = 7.5", "Parts = DateParts.Hour", "Parts = DateParts.Year | DateParts.Month", "Cyclic = -1", "Embedding = 0",
    ];

    private static readonly string[] s_names =
        ["A", "B", "C", "D", "values", "targets", "row", "@event", "Math", "Colour", "Kernels", "Schema", "IndexOf", "System", "value", "Å", "member"];

    private static readonly string[] s_kinds =
        ["record", "record", "record struct", "readonly record struct", "class", "class", "struct", "sealed record", "abstract record", "ref struct"];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Sample_at_random_is_reported_or_compiles(int seed)
    {
        Random random = new(seed);
        int sound = 0;
        int reported = 0;

        for (int i = 0; i < 100; i++)
        {
            string source = Source(random);
            GeneratorRun run = GeneratorHarness.Run(source);
            Assert.True(run.Result.Exception is null, $"{run.Result.Exception}\n{source}");
            run.AssertSecondRunIsCached();

            IReadOnlyList<Diagnostic> rules = await run.AnalyzeAsync();
            Assert.DoesNotContain(rules, static diagnostic => diagnostic.Id == "AD0001");

            // What the user's own text lacks is the compiler's to say.
            bool isSound = run.Input.GetDiagnostics(TestContext.Current.CancellationToken)
                .All(static diagnostic => diagnostic.Severity < DiagnosticSeverity.Warning);

            if (rules.Count > 0 || !isSound)
            {
                reported++;
                continue;
            }

            string problems = string.Join('\n', run.CompilerProblems());
            Assert.True(problems.Length == 0, $"{problems}\n{source}\n{string.Join('\n', run.Files.Values)}");
            sound++;
        }

        Assert.InRange(sound, 20, 90);
        Assert.InRange(reported, 10, 80);
    }

    private static string Source(Random random)
    {
        string kind = Pick(random, s_kinds);
        bool isPositional = kind.Contains("record", StringComparison.Ordinal) && random.Next(3) > 0;
        List<string> members = [];
        HashSet<string> names = [];

        for (int count = random.Next(1, 5); members.Count < count;)
        {
            string member = Pick(random, random.Next(3) == 0 ? s_names : s_names[..4]);

            if (names.Add(member))
            {
                members.Add(Member(random, member, isPositional));
            }
        }

        string name = random.Next(20) == 0 ? "Schema" : "Flower";
        string body = isPositional ? $"({string.Join(", ", members)});" : $"\n{{\n{string.Join('\n', members)}\n}}";

        return $$"""
            using System;
            using System.Collections.Generic;
            using System.Collections.Immutable;
            using Nnfs;

            namespace Samples
            {
                [Sample]
                internal {{Partial(kind)}} {{name}}{{body}}

                internal enum Colour { Red = 3, White = -1, Crimson = 3 }

                internal enum Size : ulong { Large = ulong.MaxValue, Small = 0 }

                [Flags]
                internal enum Rights { Read = 1, Write = 2 }
            }
            """;
    }

    private static string Member(Random random, string name, bool isPositional)
    {
        bool isWrong = random.Next(25) == 0;
        bool isArray = random.Next(5) == 0;
        bool isLabel = random.Next(5) == 0;
        string type = Pick(random, isWrong ? s_wrong : isArray ? s_arrays : s_types);
        string length = isArray != (random.Next(25) == 0) ? "3" : "";
        string setting = random.Next(2) == 0 ? Pick(random, isLabel || isArray ? s_settings[..8] : s_settings) : "";
        string arguments = string.Join(", ", ((string[])[length, setting]).Where(static text => text.Length > 0));
        string attribute = random.Next(12) == 0 ? "" : $"[{(isLabel ? "Label" : "Feature")}({arguments})] ";

        return isPositional ? $"{attribute}{type} {name}{(attribute.Length == 0 ? " = default!" : "")}" : random.Next(4) switch
        {
            0 => $"{attribute}public {type} {name} {{ get; init; }} = default!;",
            1 => $"{attribute}public required {type} {name} {{ get; set; }}",
            2 => $"{attribute}internal {type} {name} {{ get; private set; }} = default!;",
            _ => $"{attribute}public {type} {name} = default!;",
        };
    }

    private static string Partial(string kind)
    {
        string[] words = kind.Split(' ');
        int place = Array.FindIndex(words, static word => word is "record" or "class" or "struct");

        return string.Join(' ', words[..place].Append("partial").Concat(words[place..]));
    }

    private static string Pick(Random random, string[] values) => values[random.Next(values.Length)];
}
