using Microsoft.CodeAnalysis.Testing;
using Nnfs.Generators.CodeFixes;

namespace Nnfs.Generators.Tests.CodeFixes;

/// <summary>Fixes of what is plain, and what they must leave as it is: directives, comments, and the names of other layers.</summary>
public sealed class PlainCureTests
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
    public Task Network_of_inputs_is_added_without_parentheses() => CodeFixHarness.VerifyAsync<MissingNetworkCodeFixProvider>(
        """
        using Nnfs;

        [{|NNFS012:Input("state", 2)|}]
        [Dense(3)]
        public partial class Net;
        """,
        """
        using Nnfs;

        [Network]
        [Input("state", 2)]
        [Dense(3)]
        public partial class Net;
        """,
        "AddNetwork");

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
    public Task Static_class_loses_the_word() => CodeFixHarness.VerifyAsync<UnsupportedClassCodeFixProvider>(
        """
        using Nnfs;

        [Network(2), Dense(3)]
        public /* why */ static partial class {|NNFS009:First|};

        [Network(2), Dense(3)]
        static partial class {|NNFS009:Second|};

        static partial class Second;
        """,
        """
        using Nnfs;

        [Network(2), Dense(3)]
        public /* why */ partial class First;

        [Network(2), Dense(3)]
        partial class Second;

        partial class Second;
        """,
        "Removestatic");

    [Fact]
    public Task Abstract_class_loses_the_word() => CodeFixHarness.VerifyAsync<UnsupportedClassCodeFixProvider>(
        """
        using Nnfs;

        [Network(2), Dense(3)]
        public abstract partial class {|NNFS009:Net|};
        """,
        """
        using Nnfs;

        [Network(2), Dense(3)]
        public partial class Net;
        """,
        "Removeabstract");

    [Fact]
    public Task Record_becomes_a_class() => CodeFixHarness.VerifyAsync<UnsupportedClassCodeFixProvider>(
        """
        using Nnfs;

        [Network(2), Dense(3)]
        public sealed partial record {|NNFS009:First|};

        [Network(2), Dense(3)]
        public sealed partial record class {|NNFS009:Second|};
        """,
        """
        using Nnfs;

        [Network(2), Dense(3)]
        public sealed partial class First;

        [Network(2), Dense(3)]
        public sealed partial class Second;
        """,
        "MakeClass");

    [Fact]
    public Task Layers_of_two_declarations_are_put_on_one() => CodeFixHarness.VerifyAsync<SeveralDeclarationsCodeFixProvider>(
        """
        using Nnfs;

        /// <summary>A network.</summary>
        [Network(2)]
        [Dense(4)] // hidden
        public partial class Net;

        [ReLU]
        [Dense(3), SoftmaxCrossEntropy]
        public partial class {|NNFS010:Net|}
        {
        }
        """,
        """
        using Nnfs;

        /// <summary>A network.</summary>
        [Network(2)]
        [Dense(4)] // hidden
        [ReLU]
        [Dense(3), SoftmaxCrossEntropy]
        public partial class Net;

        public partial class Net
        {
        }
        """,
        "MoveLayers");

    [Fact]
    public Task Dense_layer_gets_the_size_that_it_is_joined_with() => CodeFixHarness.VerifyAsync<JoinedSizesCodeFixProvider>(
        """
        using Nnfs;

        [Network(2)]
        [Dense(64, Name = "wide")]
        [Dense(neurons: 32 /* narrow */), ReLU]
        [Add("wide", {|NNFS017:"ReLU1"|})]
        public partial class Net;
        """,
        """
        using Nnfs;

        [Network(2)]
        [Dense(64, Name = "wide")]
        [Dense(neurons: 64 /* narrow */), ReLU]
        [Add("wide", "ReLU1")]
        public partial class Net;
        """,
        "SetNeurons");

    [Fact]
    public Task Setting_in_per_cent_becomes_a_fraction_and_one_with_a_sign_loses_it() => CodeFixHarness.VerifyAsync<SettingCodeFixProvider>(
        """
        using Nnfs;

        [Network(2)]
        [Dense(8, WeightL2 = {|NNFS019:-0.01f|})]
        [Dropout({|NNFS019:50|})]
        [Dropout(rate: {|NNFS019:20f|} /* per cent */)]
        public partial class Net;
        """,
        """
        using Nnfs;

        [Network(2)]
        [Dense(8, WeightL2 = 0.01f)]
        [Dropout(0.5f)]
        [Dropout(rate: 0.2f /* per cent */)]
        public partial class Net;
        """,
        "UsePlainSetting");

    [Fact]
    public Task Length_of_an_array_or_workspace_becomes_the_one_that_fits() => CodeFixHarness.VerifyCallAsync<LengthCodeFixProvider>(
        """
        #pragma warning disable CS1591
        using Nnfs;

        public static class Use
        {
            public static void Call(Net net)
            {
                float[] y = new float[9];
                var pass = net.CreateWorkspace(3 /* samples */);
                net.Predict(new float[8], {|NNFS101:y|});
                net.Forward(new float[8], {|NNFS101:pass|});
                net.Classify({|NNFS101:stackalloc float[3]|});
            }
        }

        [Network(2), Dense(3), SoftmaxCrossEntropy]
        public partial class Net;
        """,
        """
        #pragma warning disable CS1591
        using Nnfs;

        public static class Use
        {
            public static void Call(Net net)
            {
                float[] y = new float[12];
                var pass = net.CreateWorkspace(4 /* samples */);
                net.Predict(new float[8], y);
                net.Forward(new float[8], pass);
                net.Classify(stackalloc float[2]);
            }
        }

        [Network(2), Dense(3), SoftmaxCrossEntropy]
        public partial class Net;
        """,
        "ChangeLength");

    [Fact]
    public Task Labels_from_1_are_counted_from_0() => CodeFixHarness.VerifyCallAsync<LabelCodeFixProvider>(
        """
        #pragma warning disable CS1591
        using Nnfs;

        public static class Use
        {
            public static void Call(Net net, Net.Workspace pass)
            {
                int[] labels = [1, 2, {|NNFS102:3|}, {|NNFS102:3|}];
                net.Forward(new float[8], labels, pass);
            }
        }

        [Network(2), Dense(3), SoftmaxCrossEntropy]
        public partial class Net;
        """,
        """
        #pragma warning disable CS1591
        using Nnfs;

        public static class Use
        {
            public static void Call(Net net, Net.Workspace pass)
            {
                int[] labels = [0, 1, 2, 2];
                net.Forward(new float[8], labels, pass);
            }
        }

        [Network(2), Dense(3), SoftmaxCrossEntropy]
        public partial class Net;
        """,
        "CountFromZero");

    [Fact]
    public Task Arguments_of_a_step_are_swapped() => CodeFixHarness.VerifyCallAsync<StepCodeFixProvider>(
        """
        #pragma warning disable CS1591
        using Nnfs;

        public static class Use
        {
            public static void Call(Net net, Net.Workspace pass) => new Adam().Step({|NNFS105:pass.Gradients|} /* first */, net.Parameters);
        }

        [Network(2), Dense(3), SoftmaxCrossEntropy]
        public partial class Net;
        """,
        """
        #pragma warning disable CS1591
        using Nnfs;

        public static class Use
        {
            public static void Call(Net net, Net.Workspace pass) => new Adam().Step(net.Parameters /* first */, pass.Gradients);
        }

        [Network(2), Dense(3), SoftmaxCrossEntropy]
        public partial class Net;
        """,
        "SwapArguments");

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

    [Fact]
    public Task Setting_that_is_a_constant_has_no_fix()
    {
        const string Source = """
            using Nnfs;

            [Network(2), Dense(8), Dropout({|NNFS019:Net.Rate|}), Huber({|NNFS019:0f|})]
            public partial class Net
            {
                private const float Rate = 50;
            }
            """;

        return CodeFixHarness.VerifyAsync<SettingCodeFixProvider>(
            Source, Source, "UsePlainSetting", static test => test.FixedState.MarkupHandling = MarkupMode.Allow);
    }

    [Fact]
    public Task Generic_class_has_no_fix()
    {
        const string Source = """
            using Nnfs;

            [Network(2), Dense(8)]
            public partial class {|NNFS009:Net|}<T>;
            """;

        return CodeFixHarness.VerifyAsync<UnsupportedClassCodeFixProvider>(
            Source, Source, "MakeClass", static test => test.FixedState.MarkupHandling = MarkupMode.Allow);
    }
}
