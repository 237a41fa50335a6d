using Nnfs.Tests.Networks.Sequences;

namespace Nnfs.Tests.Training;

/// <summary>Training of networks whose batches carry states on.</summary>
public sealed class StatefulTrainingTests : IDisposable
{
    private const int Parts = 5;
    private const int BatchSize = 4;
    private const int Samples = Parts * BatchSize;
    private const int Epochs = 3;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("nnfs-stateful-");
    private readonly float[] _inputs = Numbers.Gaussians(Samples * Stateful.InputSize, seed: 1);
    private readonly float[] _targets = Numbers.Gaussians(Samples * Stateful.OutputSize, seed: 2);

    private string File => Path.Combine(_folder.FullName, "run.safetensors");

    private static TrainingOptions Options => new() { Epochs = Epochs, BatchSize = BatchSize, Shuffle = false };

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Batches_go_on_from_each_other_and_epochs_begin_with_0()
    {
        Stateful expected = new(seed: 3);
        Stateful.Workspace pass = expected.CreateWorkspace(BatchSize);
        Adam adam = new();

        for (int epoch = 0; epoch < Epochs; epoch++)
        {
            pass.ResetState();

            for (int part = 0; part < Parts; part++)
            {
                expected.ForwardBackward(PartOf(_inputs, part), PartOf(_targets, part), pass);
                adam.Step(expected, pass);
            }
        }

        // Measured samples leave no states to those that are trained on.
        Stateful network = new(seed: 3);
        network.Train(_inputs, _targets, Options with { ValidationData = new ValidationData(_inputs, _targets) });

        Numbers.AssertSameBits(expected.Parameters, network.Parameters, "parameters");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(Parts - 1)]
    [InlineData(Parts)]
    [InlineData((2 * Parts) + 2)]
    public void Resume_gives_the_bits_of_a_training_that_never_stopped(int batches)
    {
        Stateful expected = new(seed: 3);
        Stateful stopped = new(seed: 3);
        Stateful resumed = new(seed: 4);
        expected.Train(_inputs, _targets, Options);
        int left = batches;
        stopped.Train(_inputs, _targets, Options with { Checkpoint = new(File), ContinueAfterBatch = _ => --left > 0 });
        resumed.Resume(_inputs, _targets, Options with { Checkpoint = new(File) });

        Numbers.AssertSameBits(expected.Parameters, resumed.Parameters, "parameters");
    }

    [Fact]
    public void Evaluate_begins_each_sample_with_0()
    {
        Stateful network = new(seed: 3);
        Stateful.Workspace pass = network.CreateWorkspace(Samples);
        float[] inputs = [.. Enumerable.Repeat(_inputs, 20).SelectMany(static values => values)];
        float[] targets = [.. Enumerable.Repeat(_targets, 20).SelectMany(static values => values)];

        // More samples than are computed at once: those of the second batch would go on from the first.
        Assert.Equal(network.Forward(_inputs, _targets, pass), network.Evaluate(inputs, targets).Loss, 1e-6f);
    }

    [Fact]
    public void Shuffling_is_refused()
    {
        Stateful network = new(seed: 3);
        float[] before = network.Parameters.ToArray();

        ArgumentException exception = Assert.Throws<ArgumentException>("options", () => network.Train(_inputs, _targets, Options with { Shuffle = true }));

        Assert.StartsWith("Expected Shuffle to be false, because each batch of", exception.Message, StringComparison.Ordinal);
        Numbers.AssertSameBits(before, network.Parameters, "parameters");
    }

    private static ReadOnlySpan<float> PartOf(float[] values, int part) => values.AsSpan(part * (values.Length / Parts), values.Length / Parts);
}
