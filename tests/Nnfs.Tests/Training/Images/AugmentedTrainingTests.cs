using Nnfs.Training;
using Nnfs.Training.Images;

namespace Nnfs.Tests.Training.Images;

/// <summary>Trainings whose images are changed.</summary>
public sealed class AugmentedTrainingTests : IDisposable
{
    private const int Count = 50;

    private static readonly ImageAugmentation s_all = new() { ShiftPixels = 2, RotationDegrees = 15f, FlipHorizontally = true, Noise = 0.1f };

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("nnfs-augmented-");
    private readonly float[] _features = Numbers.Gaussians(Count * ImageNetwork.InputSize, seed: 1);
    private readonly int[] _labels = Numbers.Labels(Count, 3, seed: 2);

    private string File => Path.Combine(_folder.FullName, "run.safetensors");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Train_is_a_plain_loop_over_changed_images(bool shuffle)
    {
        TrainingOptions options = new() { Epochs = 3, BatchSize = 1, Seed = 4, Shuffle = shuffle, Augmentation = s_all, Optimizer = new Sgd(0.1f) };
        PlainImageNetwork expected = new(seed: 7);
        PlainImageNetwork network = new(seed: 7);
        PlainImageNetwork.Workspace pass = expected.CreateWorkspace(1);
        ImageAugmenter augmenter = ImageAugmenter.Of<PlainImageNetwork>(options, nameof(options))!;
        Sgd optimizer = new(0.1f);
        float[] image = new float[ImageNetwork.InputSize];

        for (int epoch = 1; epoch <= 3; epoch++)
        {
            int[] order = shuffle
                ? new EpochOrder(null, Count, shuffle, seed: 4).Of(epoch).ToArray()
                : [.. Enumerable.Range(0, Count)];

            foreach (int sample in order)
            {
                augmenter.Apply(_features.AsSpan(sample * image.Length, image.Length), image, epoch, sample);
                expected.ForwardBackward(image, _labels.AsSpan(sample, 1), pass);
                optimizer.Step(expected.Parameters, pass.Gradients);
            }
        }

        network.Train(_features, _labels, options);

        Numbers.AssertSameBits(expected.Parameters, network.Parameters, "parameters");
    }

    [Fact]
    public void Train_with_settings_that_change_nothing_trains_as_without()
    {
        TrainingOptions options = new() { Epochs = 3 };
        ImageNetwork expected = new(seed: 7);
        ImageNetwork network = new(seed: 7);
        expected.Train(_features, _labels, options);
        network.Train(_features, _labels, options with { Augmentation = new() });

        Numbers.AssertSameBits(expected.Parameters, network.Parameters, "parameters");

        network = new ImageNetwork(seed: 7);
        network.Train(_features, _labels, options with { Augmentation = s_all });
        Assert.False(expected.Parameters.SequenceEqual(network.Parameters));
    }

    [Fact]
    public void Train_on_several_threads_gives_the_same_bits()
    {
        // So large that the pass is shared.
        float[] features = Numbers.Gaussians(400 * LargeImageNetwork.InputSize, seed: 1);
        int[] labels = Numbers.Labels(400, 2, seed: 2);
        TrainingOptions options = new() { Epochs = 2, BatchSize = 200, Augmentation = s_all };
        LargeImageNetwork expected = new(seed: 7);
        LargeImageNetwork network = new(seed: 7);
        expected.Train(features, labels, options);
        network.Train(features, labels, options with { Threads = 3 });

        Numbers.AssertSameBits(expected.Parameters, network.Parameters, "parameters");
    }

    [Fact]
    public void Validation_sees_the_images_as_they_are()
    {
        ImageNetwork network = new(seed: 7);
        TrainingOptions options = new() { Epochs = 1, Augmentation = s_all };
        ValidationData validation = new(_features.AsMemory(0, 10 * ImageNetwork.InputSize), _labels.AsMemory(0, 10));
        TrainingHistory history = network.Train(_features, _labels, options with { ValidationData = validation });
        Assert.Equal(network.Evaluate(validation.Features, validation.Labels).Loss, history.Epochs[0].ValidationLoss!.Value, 1e-6f);

        network = new(seed: 7);
        history = network.Train(_features, _labels, options with { ValidationSplit = 0.2f });
        Evaluation evaluation = network.Evaluate(_features.AsSpan(40 * ImageNetwork.InputSize), _labels.AsSpan(40));
        Assert.Equal(evaluation.Loss, history.Epochs[0].ValidationLoss!.Value, 1e-6f);
    }

    [Fact]
    public void Resume_after_every_batch_gives_the_bits_of_a_training_that_never_stopped()
    {
        TrainingOptions options = new() { Epochs = 3, BatchSize = 8, Seed = 3, ValidationSplit = 0.2f, Augmentation = s_all };
        ImageNetwork expected = new(seed: 7);
        expected.Train(_features, _labels, options);
        ImageNetwork network = new(seed: 7);
        options = options with { Checkpoint = new(File), ContinueAfterBatch = static _ => false };
        TrainingHistory history = network.Train(_features, _labels, options);

        while (history.Epochs.Count < 3)
        {
            network = new ImageNetwork(seed: 8);
            history = network.Resume(_features, _labels, options);
        }

        Numbers.AssertSameBits(expected.Parameters, network.Parameters, "parameters");
    }

    [Fact]
    public void Resume_with_another_augmentation_lists_the_differences()
    {
        TrainingOptions options = new() { Epochs = 2, Shuffle = false, Seed = 1, Checkpoint = new(File), Augmentation = s_all };
        LargeImageNetwork network = new(seed: 7);
        float[] features = Numbers.Gaussians(10 * LargeImageNetwork.InputSize, seed: 1);
        int[] labels = Numbers.Labels(10, 2, seed: 2);
        network.Train(features, labels, options);
        ArgumentException exception = Assert.Throws<ArgumentException>(
            nameof(options), () => new LargeImageNetwork().Resume(features, labels, options with { Augmentation = null }));

        Assert.Equal(
            [
                "The training of the checkpoint had other options, or other numbers of samples:",
                "Seed: 1 in the checkpoint, none given",
                "Augmentation.ShiftPixels: 2 in the checkpoint, 0 given",
                "Augmentation.RotationDegrees: 15 in the checkpoint, 0 given",
                "Augmentation.FlipHorizontally: True in the checkpoint, False given",
                "Augmentation.Noise: 0.1 in the checkpoint, 0 given",
                " (Parameter 'options')",
            ],
            exception.Message.Split('\n'));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Train_allocates_nothing_after_the_first_batch(bool shuffle)
    {
        Allocations.AssertNone(() =>
        {
            long afterFirst = 0;
            long afterLast = 0;
            new ImageNetwork(seed: 7).Train(_features, _labels, new TrainingOptions
            {
                Epochs = 2,
                BatchSize = 10,
                Shuffle = shuffle,
                Augmentation = s_all,
                ContinueAfterBatch = report =>
                {
                    afterLast = GC.GetAllocatedBytesForCurrentThread();
                    afterFirst = report is { Epoch: 1, Batch: 1 } ? afterLast : afterFirst;

                    return true;
                },
            });

            return afterLast - afterFirst;
        });
    }

    [Fact]
    public void Train_of_a_network_without_images_throws()
    {
        TrainingOptions options = new() { Augmentation = new() };
        string vector = Assert.Throws<ArgumentException>(
            nameof(options), () => new SmallNetwork().Train(new float[4], new int[1], options)).Message;
        string sequence = Assert.Throws<ArgumentException>(
            nameof(options), () => new SequenceNetwork().Train(new float[30], new int[1], options)).Message;

        Assert.StartsWith(
            "Expected a network of images to augment, height × width × channels, but a sample of 'Nnfs.Tests.Training.SmallNetwork' is 4: " +
            "Augmentation must be null.",
            vector,
            StringComparison.Ordinal);
        Assert.Contains("a sample of 'Nnfs.Tests.Training.Images.SequenceNetwork' is 6 × 5:", sequence, StringComparison.Ordinal);
    }

    [Fact]
    public void Train_with_shifts_out_of_sight_throws()
    {
        ImageNetwork network = new(seed: 7);
        TrainingOptions options = new() { Augmentation = new() { ShiftPixels = 5 } };
        string message = Assert.Throws<ArgumentException>(nameof(options), () => network.Train(_features, _labels, options)).Message;

        Assert.StartsWith(
            "Expected ShiftPixels to be less than height and width of an image, but it is 5, and an image of " +
            "'Nnfs.Tests.Training.Images.ImageNetwork' is 6 × 5.",
            message,
            StringComparison.Ordinal);
        Numbers.AssertSameBits(new ImageNetwork(seed: 7).Parameters, network.Parameters, "parameters");
        network.Train(_features, _labels, new TrainingOptions { Epochs = 1, Augmentation = new() { ShiftPixels = 4 } });
    }

    [Fact]
    public void Settings_out_of_range_throw_when_made()
    {
        AssertRefused("ShiftPixels must be at least 0, but is -1.", static () => new ImageAugmentation { ShiftPixels = -1 });
        AssertRefused("RotationDegrees must be at least 0 and at most 180, but is -1.", static () => new ImageAugmentation { RotationDegrees = -1f });
        AssertRefused("RotationDegrees must be at least 0 and at most 180, but is 180.5.", static () => new ImageAugmentation { RotationDegrees = 180.5f });
        AssertRefused("RotationDegrees must be at least 0 and at most 180, but is NaN.", static () => new ImageAugmentation { RotationDegrees = float.NaN });
        AssertRefused("Noise must be finite and at least 0, but is -0.5.", static () => new ImageAugmentation { Noise = -0.5f });
        AssertRefused("Noise must be finite and at least 0, but is NaN.", static () => new ImageAugmentation { Noise = float.NaN });

        ImageAugmentation least = new() { ShiftPixels = 0, RotationDegrees = 0f, Noise = 0f };
        Assert.Equal(new ImageAugmentation(), least);
        Assert.Equal(180f, new ImageAugmentation { RotationDegrees = 180f }.RotationDegrees);

        static void AssertRefused(string message, Func<object> make) =>
            Assert.StartsWith(message, Assert.Throws<ArgumentOutOfRangeException>(message.Split(' ')[0], make).Message, StringComparison.Ordinal);
    }
}
