namespace Nnfs.Tests.Networks;

/// <summary>The pass that does both: what the two passes give, except for the gradients of the inputs.</summary>
public class ForwardBackwardTests
{
    public static TheoryData<string> Names => Subject.NamesWithLoss;

    [Theory]
    [MemberData(nameof(Names))]
    public void ForwardBackward_gives_the_bits_of_Forward_and_Backward_and_leaves_the_gradients_of_the_inputs(string name)
    {
        Subject network = Subject.Create(name);

        // The last is several parts of a batch, which go forward, through the loss and back one after the other.
        foreach (int samples in (int[])[1, 3, 4, 15, 16, 17, 63, 64, 65, 129, 1100])
        {
            float[] inputs = network.Inputs(samples, seed: samples);
            int[] labels = Numbers.Labels(samples, network.OutputSize, seed: samples);
            float[] targets = Numbers.OneHot(labels, network.OutputSize);

            object apart = network.CreateWorkspace(1101);
            object together = network.CreateWorkspace(1101);
            float loss = network.ForwardLabels!(inputs, labels, apart);
            network.BackwardLabels!(inputs, labels, apart);
            AssertSame(loss, network.ForwardBackwardLabels!(inputs, labels, Marked(together)), apart, together);

            loss = network.ForwardTargets!(inputs, targets, apart);
            network.BackwardTargets(inputs, targets, apart);
            AssertSame(loss, network.ForwardBackwardTargets!(inputs, targets, Marked(together)), apart, together);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Backward_after_ForwardBackward_gives_the_bits_of_a_forward_pass_before_it(string name)
    {
        Subject network = Subject.Create(name);
        float[] inputs = network.Inputs(17, seed: 1);
        int[] labels = Numbers.Labels(17, network.OutputSize, seed: 2);
        object apart = network.CreateWorkspace(20);
        object together = network.CreateWorkspace(20);

        network.ForwardLabels!(inputs, labels, apart);
        network.BackwardLabels!(inputs, labels, apart);
        network.ForwardBackwardLabels!(inputs, labels, together);
        network.BackwardLabels!(inputs, labels, together);

        foreach (string block in (string[])["_gradients", "_inputGradients", "_outputs"])
        {
            Numbers.AssertSameBits(Subject.Blocks(apart)[block].Span, Subject.Blocks(together)[block].Span, block);
        }
    }

    [Fact]
    public void ForwardBackward_of_a_network_that_is_only_a_loss_leaves_the_gradients_of_the_inputs()
    {
        FusedLossNetwork network = new();
        FusedLossNetwork.Workspace pass = network.CreateWorkspace(2);
        float[] logits = Numbers.Gaussians(2 * FusedLossNetwork.InputSize, seed: 1);
        float loss = network.Forward(logits, [1, 3], pass);

        Numbers.AssertSameBits([loss], [network.ForwardBackward(logits, [1, 3], (FusedLossNetwork.Workspace)Marked(pass))], "loss");
        Assert.False(pass.InputGradients.ContainsAnyExcept(FramedBlock.Canary), "The gradients of the inputs were written.");
    }

    private static object Marked(object workspace)
    {
        Subject.Blocks(workspace)["_inputGradients"].Span.Fill(FramedBlock.Canary);

        return workspace;
    }

    private static void AssertSame(float expectedLoss, float loss, object apart, object together)
    {
        Numbers.AssertSameBits([expectedLoss], [loss], "loss");
        Assert.True(float.IsFinite(loss));
        Numbers.AssertSameBits(Subject.Blocks(apart)["_gradients"].Span, Subject.Blocks(together)["_gradients"].Span, "gradients");
        Numbers.AssertSameBits(Subject.Blocks(apart)["_outputs"].Span, Subject.Blocks(together)["_outputs"].Span, "outputs");
        Assert.False(Subject.Blocks(together)["_inputGradients"].Span.ContainsAnyExcept(FramedBlock.Canary), "The gradients of the inputs were written.");
        Assert.True(Subject.Blocks(together)["_gradients"].Span.ContainsAnyExcept(0f), "Gradients of nothing but zeros show nothing.");
    }
}
