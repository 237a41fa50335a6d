using Microsoft.CodeAnalysis.Testing;
using Nnfs.Generators.CodeFixes;

namespace Nnfs.Generators.Tests.CodeFixes;

/// <summary>Fixes of classes and of what their attributes state: modifiers, sizes and settings.</summary>
public sealed class DeclarationFixTests
{
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
    public Task Whole_number_with_a_sign_loses_it() => CodeFixHarness.VerifyAsync<SettingCodeFixProvider>(
        """
        using Nnfs;

        [Network(4, 4, 1)]
        [MaxPool2D(2, Stride = {|NNFS019:-2|})]
        public partial class Net;
        """,
        """
        using Nnfs;

        [Network(4, 4, 1)]
        [MaxPool2D(2, Stride = 2)]
        public partial class Net;
        """,
        "UsePlainSetting");

    [Theory]
    [InlineData("MaxPool2D({|NNFS026:5|} /* wide */)", "MaxPool2D(5, Padding = Nnfs.Padding.Same /* wide */)")]
    [InlineData("MaxPool2D({|NNFS026:7|}, Padding = Nnfs.Padding.Valid, Stride = 1)", "MaxPool2D(7, Padding = Nnfs.Padding.Same, Stride = 1)")]
    [InlineData("MaxPool2D(2, Padding = {|NNFS028:Nnfs.Padding.Causal|})", "MaxPool2D(2, Padding = Nnfs.Padding.Same)")]
    public Task Window_that_does_not_fit_gets_zeros_around_the_image(string before, string after) => CodeFixHarness.VerifyAsync<PaddingCodeFixProvider>(
        $$"""
        [Nnfs.Network(4, 4, 1)]
        [Nnfs.{{before}}]
        public partial class Net;
        """,
        $$"""
        [Nnfs.Network(4, 4, 1)]
        [Nnfs.{{after}}]
        public partial class Net;
        """,
        "SetPaddingSame");

    [Theory]
    [InlineData(5, 4)]
    [InlineData(11, 12)]
    [InlineData(700, 12)]
    public Task Heads_that_do_not_divide_the_features_become_the_nearest_that_do(int before, int after) =>
        CodeFixHarness.VerifyAsync<SettingCodeFixProvider>(
            $$"""
            using Nnfs;

            [Network(4, 12)]
            [SelfAttention({|NNFS032:{{before}}|}, Causal = true)]
            public partial class Net;
            """,
            $$"""
            using Nnfs;

            [Network(4, 12)]
            [SelfAttention({{after}}, Causal = true)]
            public partial class Net;
            """,
            "UsePlainSetting");

    [Theory]
    [InlineData("RemoveStateful", "[GRU(8, Bidirectional = true, ReturnSequences = true)]")]
    [InlineData("RemoveBidirectional", "[GRU(8, Stateful = true, ReturnSequences = true)]")]
    public Task Layer_that_is_bidirectional_and_stateful_becomes_one_of_them(string key, string after) =>
        CodeFixHarness.VerifyAsync<BidirectionalStateCodeFixProvider>(
            """
            using Nnfs;

            [Network(4, 12)]
            [GRU(8, Bidirectional = true, Stateful = {|NNFS029:true|}, ReturnSequences = true)]
            public partial class Net;
            """,
            $$"""
            using Nnfs;

            [Network(4, 12)]
            {{after}}
            public partial class Net;
            """,
            key);

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
