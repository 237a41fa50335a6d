using System.Globalization;
using Microsoft.CodeAnalysis.CSharp;

namespace Nnfs.Generators.Tests.Samples;

/// <summary>The forms that a sample can have: what is generated compiles without a warning, and a second run does nothing.</summary>
public sealed class SampleOutputTests
{
    [Theory]
    [InlineData("internal partial record Flower([Feature] float X, [Label] Colour Y);")]
    [InlineData("internal sealed partial record Flower([property: Feature] float X, [property: Label] Colour? Y);")]
    [InlineData("internal partial record struct Flower([Feature] float X, [Label] bool Y);")]
    [InlineData("internal readonly partial record struct Flower([Feature] float X, [Label] bool? Y);")]
    [InlineData("internal partial struct Flower { [Feature] public float X; [Label] public double Y { get; set; } }")]
    [InlineData("internal readonly partial struct Flower(float x) { [Feature] public float X { get; } = x; }")]
    [InlineData("internal partial class Flower { [Feature] public required float X { get; init; } [Label] public required double? Y { get; set; } }")]
    [InlineData(
        "internal partial class Flower { [Feature] private readonly float _x; [Feature] private int _z; public Flower(float x) { _x = x; } }",
        "new(\n        x: row.ReadNumber<float>(0))\n    {\n        _z = row.ReadNumber<int>(1),\n    };")]
    [InlineData(
        """
        internal partial class Flower
        {
            [System.Diagnostics.CodeAnalysis.SetsRequiredMembers]
            public Flower(float x, string name = "") => X = x + name.Length;
            [Feature] public required float X { get; init; }
        }
        """,
        "new(\n        x: row.ReadNumber<float>(0));")]
    [InlineData("internal partial class @class { [Feature] public int @event { get; set; } [Feature] public int @namespace { get; init; } }")]
    [InlineData("internal partial record Flower([Feature] int values, [Feature] int? value, [Label] int targets, [Label] int row);")]
    [InlineData("internal partial record Flower([Feature] int Math, [Feature(Cyclic = 7)] int Kernels, [Feature] Colour System, [Label] bool IndexOf);")]
    [InlineData("internal partial class Outer { public partial struct Middle { [Sample] private partial record Flower([Feature] float X); } }")]
    [InlineData(
        "internal partial class Outer { [Sample] private partial record Flower([Feature] Hue X, [Label] Hue? Y); private enum Hue { A, B, C } }",
        "private static global::Samples.Outer.Hue LabelOf(int classIndex)")]
    [InlineData("internal partial record Flower([Feature] Colour? Colour, [Feature] Colour Hue);", "global::Samples.Colour.White => 0")]
    [InlineData("internal partial record Flower([Feature] Colour Colour);", "\n        Colour.White => 0,")]
    [InlineData(
        "internal abstract record Base(int FeatureCount); internal partial record Flower([Feature] float X) : Base(3);",
        "public new const int FeatureCount = 1;")]
    [InlineData(
        "internal abstract record Base { public void WriteFeatures(int x) { } public int LabelOf = 1; } "
            + "internal partial record Flower([Feature] float X, [Label] bool Y) : Base;",
        "public static new bool LabelOf(int classIndex)")]
    [InlineData("internal partial record Flower([Feature(Name = \"a \\\"b\\\" <c> & \\\\d\")] float X);", "/// a \"b\" &lt;c&gt; &amp; \\d")]
    public void Sample_of_any_form_compiles(string declaration, string? expected = null)
    {
        string attribute = declaration.Contains("[Sample]", StringComparison.Ordinal) ? "" : "[Sample] ";
        string sample = declaration.StartsWith("internal abstract", StringComparison.Ordinal)
            ? declaration.Replace(" internal partial", " [Sample] internal partial", StringComparison.Ordinal)
            : attribute + declaration;
        GeneratorRun run = GeneratorHarness.Generate($$"""
            using Nnfs;

            namespace Samples
            {
                {{sample}}

                internal enum Colour { Red = 3, White = -1, Crimson = 3, Blue = 7 }
            }
            """);

        Assert.Contains(expected ?? "", run.File, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("sbyte")]
    [InlineData("byte")]
    [InlineData("short")]
    [InlineData("ushort")]
    [InlineData("int")]
    [InlineData("uint")]
    [InlineData("long")]
    [InlineData("ulong")]
    [InlineData("float")]
    [InlineData("double")]
    [InlineData("decimal")]
    [InlineData("System.Half")]
    [InlineData("System.Int128")]
    [InlineData("System.UInt128")]
    public void Number_of_any_type_is_taken(string type) => GeneratorHarness.Generate($$"""
        using Nnfs;
        using System.Collections.Immutable;

        [Sample]
        internal partial record Flower(
            [Feature] {{type}} A, [Feature] {{type}}? B, [Feature(2)] {{type}}[] C, [Feature(2)] {{type}}[]? D, [Feature(2)] ImmutableArray<{{type}}> E,
            [Feature(2)] ImmutableArray<{{type}}>? F, [Feature(Cyclic = 7.5)] {{type}} G, [Feature(Cyclic = 7)] {{type}}? H,
            [Label] {{type}} I, [Label] {{type}}? J, [Label(3)] {{type}}[] K, [Label(3)] ImmutableArray<{{type}}>? L);
        """);

    [Theory]
    [InlineData("System.DateOnly", "DateParts.DayOfWeek | DateParts.DayOfMonth | DateParts.Month | DateParts.DayOfYear | DateParts.Year", 7)]
    [InlineData("System.DateTime", "(DateParts)63", 24)]
    [InlineData("System.DateTimeOffset", "DateParts.Hour", 12)]
    [InlineData("System.TimeOnly", "DateParts.Hour", 24)]
    public void Date_of_any_type_is_taken(string type, string parts, int period) => GeneratorHarness.Generate($$"""
        using Nnfs;

        [Sample]
        internal partial record Flower(
            [Feature] {{type}} A, [Feature] {{type}}? B, [Feature(Parts = {{parts}})] {{type}} C, [Feature(Parts = {{parts}})] {{type}}? D,
            [Feature(Cyclic = {{period}})] {{type}} E, [Feature(Cyclic = {{period}})] {{type}}? F);
        """);

    [Theory]
    [InlineData("byte", "A = 255, B = 0")]
    [InlineData("ulong", "A = ulong.MaxValue, B = 1")]
    [InlineData("long", "A = 5, B = long.MinValue")]
    public void Names_of_an_enum_come_in_the_order_of_their_values(string type, string names)
    {
        GeneratorRun run = GeneratorHarness.Generate($$"""
            using Nnfs;

            [Sample]
            internal partial record Flower([Feature] E X, [Feature(Embedding = 2)] E? Y);

            internal enum E : {{type}} { {{names}} }
            """);

        Assert.Contains("[\"B\", \"A\"]", run.File, StringComparison.Ordinal);
    }

    [Fact]
    public void Obsolete_names_and_members_are_no_warning() => GeneratorHarness.Generate("""
        using Nnfs;

        [Sample]
        internal partial class Flower
        {
            [Feature, System.Obsolete("Old.")] public int X { get; set; }
            [Feature] public Colour Colour { get; set; }
        }

        internal enum Colour { White, [System.Obsolete] Grey }
        """);

    [Fact]
    public void Context_without_nullable_references_takes_arrays_as_present() => GeneratorHarness.Generate("""
        #nullable disable
        using Nnfs;

        [Sample]
        internal partial class Flower
        {
            [Feature(3)] public float[] X { get; set; }
            [Feature] public int? Y { get; set; }
        }
        """);

    [Fact]
    public void Documented_public_sample_has_no_warning() => GeneratorHarness.Generate("""
        using Nnfs;

        namespace Samples;

        /// <summary>A flower.</summary>
        /// <param name="Length">Its length.</param>
        /// <param name="IsWild">Whether it grows by itself.</param>
        [Sample]
        public partial record Flower([Feature] float Length, [Label] bool IsWild);

        [Sample]
        public partial class Plain
        {
            /// <summary>A number.</summary>
            [Feature]
            public int X { get; set; }
        }
        """);

    [Fact]
    public void Public_sample_of_a_compliant_assembly_has_no_warning() => GeneratorHarness.Generate("""
        using Nnfs;

        [assembly: System.CLSCompliant(true)]

        /// <summary>A flower.</summary>
        /// <param name="Length">Its length.</param>
        /// <param name="Colour">Its colour.</param>
        [Sample]
        public partial record Flower([Feature] float Length, [Label] Colour Colour);

        /// <summary>Colours.</summary>
        public enum Colour
        {
            /// <summary>White.</summary>
            White,

            /// <summary>Red.</summary>
            Red,
        }
        """);

    [Fact]
    public async Task Older_language_is_reported_and_nothing_is_generated()
    {
        const string Source = "[Nnfs.Sample] partial record Flower([Nnfs.Feature] float X);";
        GeneratorRun run = GeneratorHarness.Run(GeneratorHarness.Compile()
            .AddSyntaxTrees(CSharpSyntaxTree.ParseText(
                Source,
                new CSharpParseOptions(LanguageVersion.CSharp11),
                cancellationToken: TestContext.Current.CancellationToken)));

        Assert.Empty(run.Files);
        Assert.Equal(
            "'Flower' cannot be a sample, because it needs C# 12 or later, but the project sets C# 11; remove <LangVersion> from the project file",
            Assert.Single(await run.AnalyzeAsync()).GetMessage(CultureInfo.InvariantCulture));
    }

    [Fact]
    public void Samples_of_names_that_differ_in_case_have_files_of_their_own()
    {
        GeneratorRun run = GeneratorHarness.Generate("""
            using Nnfs;

            [Sample]
            internal partial record Flower([Feature] float X);

            [Sample]
            internal partial record FLOWER([Feature] float X);
            """);

        Assert.Equal(["FLOWER.g.cs", "Flower-2.g.cs"], run.Files.Keys);
    }
}
