using Microsoft.CodeAnalysis.CodeFixes;
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
    public Task DenseInputs_threeLayersThatDisagree_areFixed(string key, string first, string second, string third) => CodeFixHarness.VerifyAsync<DenseInputsCodeFixProvider>(
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

        [{|NNFS003:Network()|}, ReLU, Dense(3)]
        public partial class First;
        """,
        "AddNetwork");

    [Fact]
    public void FixAll_everyProvider_isOffered()
    {
        CodeFixProvider[] providers = [.. typeof(MakePartialCodeFixProvider).Assembly.GetTypes()
            .Where(static type => !type.IsAbstract && type.IsSubclassOf(typeof(CodeFixProvider)))
            .Select(static type => (CodeFixProvider)Activator.CreateInstance(type)!)];

        Assert.Equal(5, providers.Length);
        Assert.All(providers, static provider => Assert.NotNull(provider.GetFixAllProvider()));
    }
}
