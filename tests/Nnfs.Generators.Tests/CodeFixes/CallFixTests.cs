using Nnfs.Generators.CodeFixes;

namespace Nnfs.Generators.Tests.CodeFixes;

/// <summary>Fixes of calls: lengths, labels and arguments in each other's place.</summary>
public sealed class CallFixTests
{
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
}
