using Nnfs.Generators.CodeFixes;

namespace Nnfs.Generators.Tests.CodeFixes;

/// <summary>Fixes of samples.</summary>
public sealed class SampleFixTests
{
    [Fact]
    public Task Sample_and_the_types_around_it_become_partial() => CodeFixHarness.VerifySampleAsync<MakePartialCodeFixProvider>(
        """
        using Nnfs;

        internal static class {|NNFS201:Outer|}
        {
            [Sample]
            internal sealed record {|NNFS201:First|}([Feature] float X);

            [Sample] // a struct
            internal readonly record struct {|NNFS201:Second|}([Feature] float X);
        }
        """,
        """
        using Nnfs;

        internal static partial class Outer
        {
            [Sample]
            internal sealed partial record First([Feature] float X);

            [Sample] // a struct
            internal readonly partial record struct Second([Feature] float X);
        }
        """,
        "MakePartialCodeFixProvider");

    [Fact]
    public Task Setting_that_a_feature_has_no_use_for_is_removed() => CodeFixHarness.VerifySampleAsync<SuperfluousArgumentCodeFixProvider>(
        """
        using Nnfs;

        [Sample]
        internal partial record Flower(
            [Feature(Embedding = {|NNFS208:8|})] int A,
            [Feature(Name = "b", Scaling = {|NNFS208:FeatureScaling.Log|} /* skewed */)] bool B,
            [Feature(Parts = {|NNFS208:DateParts.Year|}, Name = "c")] float C,
            [Feature({|NNFS207:4|})] float D);
        """,
        """
        using Nnfs;

        [Sample]
        internal partial record Flower(
            [Feature] int A,
            [Feature(Name = "b" /* skewed */)] bool B,
            [Feature(Name = "c")] float C,
            [Feature] float D);
        """,
        "RemoveArgument");

    [Fact]
    public Task Type_with_features_becomes_a_sample() => CodeFixHarness.VerifySampleAsync<MissingSampleCodeFixProvider>(
        """
        using Nnfs;

        /// <summary>A flower.</summary>
        internal partial record First([{|NNFS212:Feature|}] float X, [{|NNFS212:Label|}] bool Y);

        internal static partial class Outer
        {
            internal partial class Second
            {
                [{|NNFS212:Feature|}]
                public int X { get; set; }
            }
        }
        """,
        """
        using Nnfs;

        /// <summary>A flower.</summary>
        [Sample]
        internal partial record First([Feature] float X, [Label] bool Y);

        internal static partial class Outer
        {
            [Sample]
            internal partial class Second
            {
                [Feature]
                public int X { get; set; }
            }
        }
        """,
        "AddSample");
}
