using Microsoft.CodeAnalysis.Testing;
using Nnfs.Generators.CodeFixes;

namespace Nnfs.Generators.Tests.CodeFixes;

/// <summary>Fixes that add, remove or move a layer or loss, and what they must leave as it is: directives, comments, and the names of other layers.</summary>
public sealed class LayerFixTests
{
    [Fact]
    public Task Softmax_that_is_removed_keeps_a_directive_before_it() => CodeFixHarness.VerifyAsync<SoftmaxTwiceCodeFixProvider>(
        """
        using Nnfs;

        [Network(2)]
        #if true
        [Dense(3)]
        #endif
        [{|NNFS008:Softmax|}]
        #pragma warning disable CS1591 // on the loss
        [SoftmaxCrossEntropy]
        public partial class First;

        [Network(2)] [Dense(3)] [{|NNFS008:Softmax|}] [SoftmaxCrossEntropy] public partial class Second;

        [Network(2)]
        [Dense(3), {|NNFS008:Softmax|} /* why */, SoftmaxCrossEntropy]
        public partial class Third;

        [Network(2)]
        [Dense(3),
        #if true
        {|NNFS008:Softmax|},
        #endif
        SoftmaxCrossEntropy]
        public partial class Fourth;
        """,
        """
        using Nnfs;

        [Network(2)]
        #if true
        [Dense(3)]
        #endif
        #pragma warning disable CS1591 // on the loss
        [SoftmaxCrossEntropy]
        public partial class First;

        [Network(2)] [Dense(3)] [SoftmaxCrossEntropy] public partial class Second;

        [Network(2)]
        [Dense(3), SoftmaxCrossEntropy]
        public partial class Third;

        [Network(2)]
        [Dense(3),
        #if true

        #endif
        SoftmaxCrossEntropy]
        public partial class Fourth;
        """,
        "RemoveSoftmax");

    [Fact]
    public Task Inputs_that_are_left_out_keep_a_directive_among_the_arguments() => CodeFixHarness.VerifyAsync<DenseInputsCodeFixProvider>(
        """
        using Nnfs;

        [Network(2)]
        [Dense(
        #if true
            {|NNFS005:3|},
        #else
            2,
        #endif
            4)]
        public partial class Net;
        """,
        """
        using Nnfs;

        [Network(2)]
        [Dense(
        #if true
            
        #else
            2,
        #endif
            4)]
        public partial class Net;
        """,
        "LeaveInputsOut");

    [Fact]
    public Task Softmax_that_is_inserted_leaves_others_their_names() => CodeFixHarness.VerifyAsync<CrossEntropyCodeFixProvider>(
        """
        using Nnfs;

        [Network(2)]
        [Dense(3), {|NNFS007:CategoricalCrossEntropy|}, Output("a")]
        [Dense(3), Softmax]
        [Dense(3, From = "Softmax1"), {|NNFS007:CategoricalCrossEntropy|}, Output("b")]
        [Dense(3), Softmax(Name = "Last"), Softmax()]
        [Add("Softmax1", "Last", "Softmax3"), Output("c")]
        public partial class Net;
        """,
        """
        using Nnfs;

        [Network(2)]
        [Dense(3), Softmax(Name = "Softmax4"), CategoricalCrossEntropy, Output("a")]
        [Dense(3), Softmax(Name = "Softmax1")]
        [Dense(3, From = "Softmax1"), Softmax(Name = "Softmax5"), CategoricalCrossEntropy, Output("b")]
        [Dense(3), Softmax(Name = "Last"), Softmax(Name = "Softmax3")]
        [Add("Softmax1", "Last", "Softmax3"), Output("c")]
        public partial class Net;
        """,
        "InsertSoftmax");

    [Fact]
    public Task Softmax_that_is_removed_leaves_others_their_names() => CodeFixHarness.VerifyAsync<SoftmaxTwiceCodeFixProvider>(
        """
        using Nnfs;

        [Network(2)]
        [Dense(3), {|NNFS008:Softmax|}, SoftmaxCrossEntropy, Output("a")]
        [Dense(3), Softmax, Dense(3), Add("Dense3", "Softmax2"), Output("b")]
        public partial class Net;
        """,
        """
        using Nnfs;

        [Network(2)]
        [Dense(3), SoftmaxCrossEntropy, Output("a")]
        [Dense(3), Softmax(Name = "Softmax2"), Dense(3), Add("Dense3", "Softmax2"), Output("b")]
        public partial class Net;
        """,
        "RemoveSoftmax");

    [Fact]
    public Task Sigmoid_before_a_loss_of_classes_is_replaced() => CodeFixHarness.VerifyAsync<CrossEntropyCodeFixProvider>(
        """
        using Nnfs;

        [Network(2)]
        [Dense(3)]
        [Sigmoid] // probabilities
        [{|NNFS007:CategoricalCrossEntropy|}]
        public partial class First;

        [Network(2), Dense(3), Sigmoid, {|NNFS007:CategoricalCrossEntropy(Weight = 2f)|}]
        public partial class Second;
        """,
        """
        using Nnfs;

        [Network(2)]
        [Dense(3)]
        // probabilities
        [SoftmaxCrossEntropy]
        public partial class First;

        [Network(2), Dense(3), SoftmaxCrossEntropy(Weight = 2f)]
        public partial class Second;
        """,
        "UseSoftmaxCrossEntropy");

    [Fact]
    public Task Softmax_before_a_loss_of_binaries_is_replaced() => CodeFixHarness.VerifyAsync<CrossEntropyCodeFixProvider>(
        """
        using Nnfs;

        [Network(2)]
        [Dense(3)]
        [Softmax]
        [{|NNFS007:BinaryCrossEntropy|}]
        public partial class First;

        [Network(2), Dense(3), Sigmoid, Dense(3), Softmax, {|NNFS007:BinaryCrossEntropy|}]
        public partial class Second;
        """,
        """
        using Nnfs;

        [Network(2)]
        [Dense(3)]
        [Sigmoid]
        [BinaryCrossEntropy]
        public partial class First;

        [Network(2), Dense(3), Sigmoid, Dense(3), Sigmoid, BinaryCrossEntropy]
        public partial class Second;
        """,
        "InsertSigmoid");

    [Fact]
    public Task Layer_that_limits_logits_is_removed() => CodeFixHarness.VerifyAsync<SoftmaxTwiceCodeFixProvider>(
        """
        using Nnfs;

        [Network(2)]
        [Dense(3)]
        [{|NNFS023:Sigmoid|}]
        [SoftmaxCrossEntropy]
        public partial class First;

        [Network(2), Dense(3), {|NNFS023:Sigmoid|}, SoftmaxCrossEntropy]
        public partial class Second;
        """,
        """
        using Nnfs;

        [Network(2)]
        [Dense(3)]
        [SoftmaxCrossEntropy]
        public partial class First;

        [Network(2), Dense(3), SoftmaxCrossEntropy]
        public partial class Second;
        """,
        "RemoveSigmoid");

    [Fact]
    public Task Loss_of_one_class_becomes_the_binary_one() => CodeFixHarness.VerifyAsync<SingleClassCodeFixProvider>(
        """
        using Nnfs;

        [Network(2)]
        [Dense(1)]
        [{|NNFS022:SoftmaxCrossEntropy|}] // yes or no
        public partial class First;

        [Network(2), Dense(1), {|NNFS022:SoftmaxCrossEntropy(Weight = 2f)|}]
        public partial class Second;
        """,
        """
        using Nnfs;

        [Network(2)]
        [Dense(1)]
        [SigmoidBinaryCrossEntropy] // yes or no
        public partial class First;

        [Network(2), Dense(1), SigmoidBinaryCrossEntropy(Weight = 2f)]
        public partial class Second;
        """,
        "UseBinary");

    [Fact]
    public Task Loss_that_layers_follow_is_moved_to_the_end() => CodeFixHarness.VerifyAsync<LossOrderCodeFixProvider>(
        """
        using Nnfs;

        [Network(2)]
        [Dense(3)]
        [{|NNFS006:MeanSquaredError(Weight = 2f)|}] // the loss
        [Dense(1)] // the last
        public partial class First;

        [Network(2), Dense(3), {|NNFS006:MeanSquaredError|}, ReLU]
        public partial class Second;
        """,
        """
        using Nnfs;

        [Network(2)]
        [Dense(3)]
        // the loss
        [Dense(1)] // the last
        [MeanSquaredError(Weight = 2f)]
        public partial class First;

        [Network(2), Dense(3), ReLU, MeanSquaredError]
        public partial class Second;
        """,
        "MoveLoss");

    [Fact]
    public Task Loss_beside_another_is_removed() => CodeFixHarness.VerifyAsync<LossOrderCodeFixProvider>(
        """
        using Nnfs;

        [Network(2)]
        [Dense(1)]
        [MeanSquaredError]
        [{|NNFS006:MeanAbsoluteError|}]
        public partial class Net;
        """,
        """
        using Nnfs;

        [Network(2)]
        [Dense(1)]
        [MeanSquaredError]
        public partial class Net;
        """,
        "RemoveLoss");

    [Fact]
    public Task Softmax_that_a_layer_names_is_not_removed()
    {
        const string Source = """
            using Nnfs;

            [Network(2)]
            [Dense(3), {|NNFS008:Softmax|}, SoftmaxCrossEntropy, Output("a")]
            [Dense(3), Add("Dense2", "Softmax1"), Output("b")]
            public partial class Net;
            """;

        return CodeFixHarness.VerifyAsync<SoftmaxTwiceCodeFixProvider>(
            Source, Source, "RemoveSoftmax", static test => test.FixedState.MarkupHandling = MarkupMode.Allow);
    }
}
