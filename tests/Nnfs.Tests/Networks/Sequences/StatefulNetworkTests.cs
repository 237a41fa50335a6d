namespace Nnfs.Tests.Networks.Sequences;

/// <summary>States that go on from pass to pass, against a network that takes all steps at once.</summary>
public class StatefulNetworkTests
{
    private const int Samples = 14;
    private const int Parts = 3;

    private readonly Stateful _stateful = new(seed: 3);
    private readonly Whole _whole = new(seed: 3);
    private readonly float[] _x = Numbers.Gaussians(Samples * Whole.InputSize, seed: 1);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Passes_go_on_where_the_last_one_ended(int threads)
    {
        Whole.Workspace whole = _whole.CreateWorkspace(Samples, threads);
        Stateful.Workspace parts = _stateful.CreateWorkspace(Samples, threads);
        float[] targets = new float[Samples * Whole.OutputSize];
        _whole.Forward(_x, whole);
        float[] outputs = whole.Outputs.ToArray();

        // Only the outputs of the last part are off their targets, so that no gradient of the others counts.
        outputs.CopyTo(targets, 0);

        foreach (int value in Values(Parts - 1, Whole.OutputSize))
        {
            targets[value] = 0;
        }

        _whole.ForwardBackward(_x, targets, whole);

        for (int part = 0; part < Parts; part++)
        {
            float[] x = [.. Values(part, Whole.InputSize).Select(value => _x[value])];
            _stateful.ForwardBackward(x, [.. Values(part, Whole.OutputSize).Select(value => targets[value])], parts);

            Numbers.AssertSameBits([.. Values(part, Whole.OutputSize).Select(value => outputs[value])], parts.Outputs, $"part {part}");
        }

        // A mean over three times as many values.
        double[] gradients = [.. whole.Gradients.ToArray().Select(static value => Parts * (double)value)];
        Numbers.AssertClose(gradients, parts.Gradients, 1e-5 * gradients.Max(Math.Abs), "gradients");
    }

    [Fact]
    public void ResetState_begins_anew_and_predictions_always_do()
    {
        Stateful.Workspace pass = _stateful.CreateWorkspace(Samples);
        float[] x = [.. Values(0, Whole.InputSize).Select(value => _x[value])];
        float[] predicted = new float[Samples * Stateful.OutputSize];
        _stateful.Forward(x, pass);
        float[] first = pass.Outputs.ToArray();
        _stateful.Forward(x, pass);
        float[] second = pass.Outputs.ToArray();
        _stateful.Predict(x, predicted);

        Assert.NotEqual(first, second);
        Numbers.AssertSameBits(first, predicted, "prediction");

        pass.ResetState();
        _stateful.Forward(x, pass);
        Numbers.AssertSameBits(first, pass.Outputs, "after a reset");
    }

    [Fact]
    public void Networks_without_states_that_go_on_have_no_such_member()
    {
        Assert.NotNull(typeof(Stateful.Workspace).GetMethod(nameof(Stateful.Workspace.ResetState)));
        Assert.Null(typeof(Whole.Workspace).GetMethod(nameof(Stateful.Workspace.ResetState)));
    }

    /// <summary>The numbers of the values of a part of the steps, of all samples.</summary>
    /// <param name="part">The part.</param>
    /// <param name="size">The values of a whole sample.</param>
    private static IEnumerable<int> Values(int part, int size) =>
        Enumerable.Range(0, Samples * size).Where(value => value % size / (size / Parts) == part);
}
