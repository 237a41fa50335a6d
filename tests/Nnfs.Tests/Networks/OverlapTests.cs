using Nnfs.Tests.Training;

namespace Nnfs.Tests.Networks;

/// <summary>What reads and writes memory that overlaps: it is refused, with both names, before anything is written.</summary>
public class OverlapTests
{
    [Theory]
    [InlineData(1, 0)]
    [InlineData(4, 0)]
    [InlineData(16, 0)]
    [InlineData(16, 1)]
    [InlineData(33, 0)]
    [InlineData(4, 7)]
    public void Predict_into_its_inputs_throws_before_it_writes(int samples, int shift)
    {
        IdentitySizedNetwork network = new(seed: 7);
        float[] memory = Numbers.Gaussians((samples * 4) + 8, seed: 1);
        float[] before = [.. memory];

        ArgumentException exception = Assert.Throws<ArgumentException>(
            "outputs", () => network.Predict(memory.AsSpan(0, samples * 4), memory.AsSpan(shift, samples * 4)));

        Assert.Contains("inputs", exception.Message, StringComparison.Ordinal);
        Assert.Contains("overlap", exception.Message, StringComparison.Ordinal);
        Assert.Equal(before, memory);
    }

    [Fact]
    public void Predict_beside_its_inputs_is_no_overlap()
    {
        IdentitySizedNetwork network = new(seed: 7);
        float[] memory = Numbers.Gaussians(128, seed: 1);
        float[] expected = new float[64];
        network.Predict(memory.AsSpan(0, 64), expected);
        network.Predict(memory.AsSpan(0, 64), memory.AsSpan(64));

        Assert.Equal(expected, memory[64..]);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(40)]
    public void Passes_of_the_workspaces_own_outputs_throw_before_they_write(int samples)
    {
        // Small networks would compare with the outputs of the pass before, large ones with themselves.
        IdentitySizedNetwork network = new(seed: 7);
        IdentitySizedNetwork.Workspace pass = network.CreateWorkspace(samples);
        float[] inputs = Numbers.Gaussians(samples * 4, seed: 1);
        network.Forward(inputs, pass);
        float[] before = pass.Outputs.ToArray();

        foreach ((string name, Action run) in ((string, Action)[])
        [
            ("targets", () => network.Forward(inputs, pass.Outputs, pass)),
            ("targets", () => network.Backward(inputs, pass.Outputs, pass)),
            ("targets", () => network.ForwardBackward(inputs, pass.Outputs, pass)),
            ("inputs", () => network.Forward(pass.Outputs, pass)),
            ("inputs", () => network.Forward(pass.Outputs, inputs, pass)),
            ("inputs", () => network.Backward(pass.Outputs, inputs, pass)),
        ])
        {
            ArgumentException exception = Assert.Throws<ArgumentException>(name, run);

            Assert.Contains("workspace.Outputs", exception.Message, StringComparison.Ordinal);
            Assert.Equal(before, pass.Outputs);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(40)]
    public void Passes_of_an_output_of_several_throw_before_they_write(int samples)
    {
        RecurrentNetwork network = new(seed: 7);
        RecurrentNetwork.Workspace pass = network.CreateWorkspace(samples);
        float[] state = Numbers.Gaussians(samples * 3, seed: 1);
        float[] seen = Numbers.Gaussians(samples * 2, seed: 2);
        float[] actions = Numbers.Gaussians(samples * 2, seed: 3);
        network.Forward(state, seen, pass);
        float[] before = [.. pass.Next, .. pass.Action];

        foreach ((string name, string output, Action run) in ((string, string, Action)[])
        [
            ("state", "workspace.Next", () => network.Forward(pass.Next, seen, pass)),
            ("state", "workspace.Next", () => network.Forward(pass.Next, seen, actions, pass)),
            ("state", "workspace.Next", () => network.Backward(pass.Next, seen, actions, pass)),
            ("seen", "workspace.Action", () => network.Forward(state, pass.Action, pass)),
            ("actionTargets", "workspace.Action", () => network.Forward(state, seen, pass.Action, pass)),
        ])
        {
            ArgumentException exception = Assert.Throws<ArgumentException>(name, run);

            Assert.Contains($"'{output}'", exception.Message, StringComparison.Ordinal);
            Assert.Equal(before, (float[])[.. pass.Next, .. pass.Action]);
        }
    }

    [Theory]
    [InlineData(0, 10)]
    [InlineData(5, 10)]
    [InlineData(19, 10)]
    public void Step_with_gradients_that_overlap_the_parameters_throws_before_it_writes(int shift, int first)
    {
        Sgd optimizer = new();
        float[] memory = Numbers.Gaussians(60, seed: 1);
        float[] before = [.. memory];

        ArgumentException exception = Assert.Throws<ArgumentException>(
            "gradients", () => optimizer.Step(memory.AsSpan(first, 20), memory.AsSpan(first + shift, 20)));

        Assert.Contains("parameters", exception.Message, StringComparison.Ordinal);
        Assert.Equal(before, memory);
        Assert.Equal(0, optimizer.Steps);
    }
}
