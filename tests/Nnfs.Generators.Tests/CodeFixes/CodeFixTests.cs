using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Testing;
using Nnfs.Generators.CodeFixes;

namespace Nnfs.Generators.Tests.CodeFixes;

public sealed class CodeFixTests
{
    [Fact]
    public Task MakePartial_networkAndTypesAroundIt_makesEachPartial() => CodeFixHarness.VerifyAsync<MakePartialCodeFixProvider>(
        """
        using Nnfs;

        // The outer one.
        public static class {|NNFS001:Outer|}
        {
            struct {|NNFS001:Middle|}
            {
                /// <summary>Inner.</summary>
                [Network(2)] // two features
                [Dense(3)]
                internal sealed class {|NNFS001:Inner|} // the net
                {
                }
            }
        }
        """,
        """
        using Nnfs;

        // The outer one.
        public static partial class Outer
        {
            partial struct Middle
            {
                /// <summary>Inner.</summary>
                [Network(2)] // two features
                [Dense(3)]
                internal sealed partial class Inner // the net
                {
                }
            }
        }
        """,
        "MakePartialCodeFixProvider");

    [Theory]
    [InlineData("SetInputs", "[Dense(64, 3)]", "[Dense(inputs: 64 /* why */, neurons: 2 + 1)]", "[Dense(neurons: 3, inputs: 64)]")]
    [InlineData("LeaveInputsOut", "[Dense(3)]", "[Dense(neurons: 2 + 1)]", "[Dense(neurons: 3)]")]
    public Task DenseInputs_threeLayersThatDisagree_areFixed(string key, string first, string second, string third) =>
        CodeFixHarness.VerifyAsync<DenseInputsCodeFixProvider>(
        """
        using Nnfs;

        [Network(2)]
        [Dense(64)]
        [Dense({|NNFS005:32|}, 3)] // too few
        [SoftmaxCrossEntropy]
        public partial class First;

        [Network(2)]
        [Dense(64), ReLU]
        [Dense(inputs: {|NNFS005:Second.Hidden|} /* why */, neurons: 2 + 1)]
        public partial class Second
        {
            private const int Hidden = 65;
        }

        [Network(64)]
        [Dense(neurons: 3, inputs: {|NNFS005:1|})]
        public partial class Third;
        """,
        $$"""
        using Nnfs;

        [Network(2)]
        [Dense(64)]
        {{first}} // too few
        [SoftmaxCrossEntropy]
        public partial class First;

        [Network(2)]
        [Dense(64), ReLU]
        {{second}}
        public partial class Second
        {
            private const int Hidden = 65;
        }

        [Network(64)]
        {{third}}
        public partial class Third;
        """,
        key);

    [Fact]
    public Task CrossEntropy_withoutSoftmax_getsOneBeforeIt() => CodeFixHarness.VerifyAsync<CrossEntropyCodeFixProvider>(
        """
        using Nnfs;

        [Network(2)]
        [Dense(3)]
        // The loss.
        [{|NNFS007:CategoricalCrossEntropy|}] // mean
        public partial class First;

        namespace Inner
        {
            [Network(2)]
            [Dense(3), {|NNFS007:CategoricalCrossEntropy|}]
            public partial class Second;
        }
        """,
        """
        using Nnfs;

        [Network(2)]
        [Dense(3)]
        // The loss.
        [Softmax]
        [CategoricalCrossEntropy] // mean
        public partial class First;

        namespace Inner
        {
            [Network(2)]
            [Dense(3), Softmax, CategoricalCrossEntropy]
            public partial class Second;
        }
        """,
        "InsertSoftmax");

    [Fact]
    public Task CrossEntropy_withoutSoftmax_becomesTheFusedLoss() => CodeFixHarness.VerifyAsync<CrossEntropyCodeFixProvider>(
        """
        using Loss = Nnfs.CategoricalCrossEntropyAttribute;

        [Nnfs.Network(2)]
        [Nnfs.Dense(3)]
        [{|NNFS007:Loss|}] // mean
        public partial class First;
        """,
        """
        using Loss = Nnfs.CategoricalCrossEntropyAttribute;

        [Nnfs.Network(2)]
        [Nnfs.Dense(3)]
        [Nnfs.SoftmaxCrossEntropy] // mean
        public partial class First;
        """,
        "UseSoftmaxCrossEntropy");

    [Fact]
    public Task CrossEntropy_ofBinariesWithoutSigmoid_getsOneBeforeIt() => CodeFixHarness.VerifyAsync<CrossEntropyCodeFixProvider>(
        """
        using Nnfs;

        [Network(2)]
        [Dense(1, Name = "Logit")]
        [{|NNFS007:BinaryCrossEntropy(Weight = 2f)|}] // mean
        public partial class First;

        [Network(2)]
        [Dense(1), {|NNFS007:BinaryCrossEntropy|}, Output("a")]
        [Dense(2), {|NNFS007:BinaryCrossEntropy|}, Output("b")]
        public partial class Second;
        """,
        """
        using Nnfs;

        [Network(2)]
        [Dense(1, Name = "Logit")]
        [Sigmoid]
        [BinaryCrossEntropy(Weight = 2f)] // mean
        public partial class First;

        [Network(2)]
        [Dense(1), Sigmoid, BinaryCrossEntropy, Output("a")]
        [Dense(2), Sigmoid, BinaryCrossEntropy, Output("b")]
        public partial class Second;
        """,
        "InsertSigmoid");

    [Theory]
    [InlineData("BinaryCrossEntropy", "SigmoidBinaryCrossEntropy")]
    [InlineData("CategoricalCrossEntropy", "SoftmaxCrossEntropy")]
    public Task CrossEntropy_thatBecomesTheFusedLoss_keepsItsArguments(string loss, string fused) => CodeFixHarness.VerifyAsync<CrossEntropyCodeFixProvider>(
        $$"""
        using Nnfs;

        [Network(2)]
        [Dense(3)]
        [{|NNFS007:{{loss}}( Weight = Half /* of it */ )|}] // mean
        [Output("a")]
        [Dense(4), {|NNFS007:Nnfs.{{loss}}Attribute(Weight = 3f)|}, Output("b")]
        public partial class Net
        {
            private const float Half = 0.5f;
        }
        """,
        $$"""
        using Nnfs;

        [Network(2)]
        [Dense(3)]
        [{{fused}}( Weight = Half /* of it */ )] // mean
        [Output("a")]
        [Dense(4), {{fused}}(Weight = 3f), Output("b")]
        public partial class Net
        {
            private const float Half = 0.5f;
        }
        """,
        "Use" + fused);

    [Fact]
    public Task SigmoidTwice_sigmoidBeforeFusedLoss_isRemoved() => CodeFixHarness.VerifyAsync<SoftmaxTwiceCodeFixProvider>(
        """
        using Nnfs;

        [Network(2)]
        [Dense(3)]
        [{|NNFS008:Sigmoid(Name = "P")|}]
        [SigmoidBinaryCrossEntropy(Weight = 2f)]
        public partial class First;

        [Network(2)]
        [Dense(3), {|NNFS008:Sigmoid|}, SigmoidBinaryCrossEntropy]
        public partial class Second;
        """,
        """
        using Nnfs;

        [Network(2)]
        [Dense(3)]
        [SigmoidBinaryCrossEntropy(Weight = 2f)]
        public partial class First;

        [Network(2)]
        [Dense(3), SigmoidBinaryCrossEntropy]
        public partial class Second;
        """,
        "RemoveSigmoid");

    [Fact]
    public Task SourceName_thatDoesNotExist_becomesTheNearest() => CodeFixHarness.VerifyAsync<SourceNameCodeFixProvider>(
        """
        using Nnfs;

        [Network(2)]
        [Dense(3, Name = "trunk")]
        [Dense(3, From = {|NNFS014:"trunc"|} /* why */)]
        [Add({|NNFS014:"Trunk"|}, {|NNFS014:"Dens2"|})] // the skip
        [Multiply(new[] { "trunk", {|NNFS014:Net.Source|} })]
        [Concat(sources: [{|NNFS014:nameof(Net.Add)|}, "Multiply1"])]
        public partial class Net
        {
            private const string Source = "add1";

            private static int Add() => 1;
        }

        [Network, Input("class", 2), Dense(3, From = {|NNFS014:"clas"|})]
        public partial class Second;
        """,
        """
        using Nnfs;

        [Network(2)]
        [Dense(3, Name = "trunk")]
        [Dense(3, From = "trunk" /* why */)]
        [Add("trunk", "Dense2")] // the skip
        [Multiply(new[] { "trunk", "Add1" })]
        [Concat(sources: ["Add1", "Multiply1"])]
        public partial class Net
        {
            private const string Source = "add1";

            private static int Add() => 1;
        }

        [Network, Input("class", 2), Dense(3, From = "class")]
        public partial class Second;
        """,
        "ReadNearest");

    [Fact]
    public Task SourceName_withoutOneNearby_hasNoFix()
    {
        const string Source = """
            using Nnfs;

            [Network(2), Dense(3), Dense(3, From = {|NNFS014:"elsewhere"|})]
            public partial class Net;
            """;

        return CodeFixHarness.VerifyAsync<SourceNameCodeFixProvider>(
            Source, Source, "ReadNearest", static test => test.FixedState.MarkupHandling = MarkupMode.Allow);
    }

    [Fact]
    public Task SoftmaxTwice_softmaxBeforeFusedLoss_isRemoved() => CodeFixHarness.VerifyAsync<SoftmaxTwiceCodeFixProvider>(
        """
        using Nnfs;

        [Network(2)]
        [Dense(3)]
        [{|NNFS008:Softmax|}]
        [SoftmaxCrossEntropy]
        public partial class First;

        [Network(2)]
        [Dense(3), {|NNFS008:Softmax|}, SoftmaxCrossEntropy]
        public partial class Second;

        namespace Inner
        {
            [Network(2)]
            [Dense(3)]
            // Probabilities.
            [{|NNFS008:Softmax|}]
            [SoftmaxCrossEntropy]
            public partial class Third;

            [Network(2)]
            [Dense(3)]
            [{|NNFS008:Softmax|}] // probabilities
            [SoftmaxCrossEntropy]
            public partial class Fourth;
        }
        """,
        """
        using Nnfs;

        [Network(2)]
        [Dense(3)]
        [SoftmaxCrossEntropy]
        public partial class First;

        [Network(2)]
        [Dense(3), SoftmaxCrossEntropy]
        public partial class Second;

        namespace Inner
        {
            [Network(2)]
            [Dense(3)]
            // Probabilities.
            [SoftmaxCrossEntropy]
            public partial class Third;

            [Network(2)]
            [Dense(3)]
            // probabilities
            [SoftmaxCrossEntropy]
            public partial class Fourth;
        }
        """,
        "RemoveSoftmax");

    [Fact]
    public Task MissingNetwork_layersThatStateInputs_getsTheirNumber() => CodeFixHarness.VerifyAsync<MissingNetworkCodeFixProvider>(
        """
        using Nnfs;

        namespace Demo
        {
            /// <summary>A network.</summary>
            [{|NNFS012:Dense(4, 3)|}]
            [ReLU]
            public partial class First;
        }
        """,
        """
        using Nnfs;

        namespace Demo
        {
            /// <summary>A network.</summary>
            [Network(4)]
            [Dense(4, 3)]
            [ReLU]
            public partial class First;
        }
        """,
        "AddNetwork");

    [Fact]
    public Task MissingNetwork_layersWithoutInputs_getsAShapeToFillIn() => CodeFixHarness.VerifyAsync<MissingNetworkCodeFixProvider>(
        """
        using Nnfs;

        [{|NNFS012:ReLU|}, Dense(3)]
        public partial class First;
        """,
        """
        using Nnfs;

        [{|NNFS003:Network|}, ReLU, Dense(3)]
        public partial class First;
        """,
        "AddNetwork");

    [Fact]
    public void FixAll_everyProvider_isOffered()
    {
        CodeFixProvider[] providers = [.. typeof(MakePartialCodeFixProvider).Assembly.GetTypes()
            .Where(static type => !type.IsAbstract && type.IsSubclassOf(typeof(CodeFixProvider)))
            .Select(static type => (CodeFixProvider)Activator.CreateInstance(type)!)];

        Assert.Equal(19, providers.Length);
        Assert.All(providers, static provider => Assert.NotNull(provider.GetFixAllProvider()));
    }
}
