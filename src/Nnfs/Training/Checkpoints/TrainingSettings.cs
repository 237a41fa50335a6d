using Nnfs.Files.Safetensors;

namespace Nnfs.Training.Checkpoints;

/// <summary>
/// What a checkpoint and the training that resumes it must agree on, each by its name and as text: all that decides what a batch does to
/// the parameters. When training ends, what it reports and what it runs on may differ: <see cref="TrainingOptions.Epochs"/>,
/// <see cref="EarlyStopping.Patience"/> and <see cref="EarlyStopping.MinImprovement"/>, <see cref="TrainingOptions.MaxTime"/>,
/// <see cref="TrainingOptions.Threads"/>, callbacks, and where checkpoints are written.
/// </summary>
internal sealed class TrainingSettings
{
    private const string Prefix = "options.";
    private const string None = "none";
    private const string LearningRateName = $"{nameof(TrainingOptions.Optimizer)}.{nameof(Optimizer.LearningRate)}";

    private readonly KeyValuePair<string, string>[] _settings;

    /// <summary>The settings of a training.</summary>
    /// <param name="options">Its options.</param>
    /// <param name="optimizer">Its optimizer, before the first step.</param>
    /// <param name="samples">The number of samples that are trained on.</param>
    /// <param name="validationSamples">The number of samples that are measured.</param>
    /// <param name="batchSize">The number of samples of a batch.</param>
    /// <param name="isSeeded">Whether anything is drawn from the seed: orders of the samples, what dropout drops, or what happens to images.</param>
    /// <param name="isWeighted">Whether the samples have weights of their own.</param>
    public TrainingSettings(
        TrainingOptions options, Optimizer optimizer, int samples, int validationSamples, int batchSize, bool isSeeded, bool isWeighted)
    {
        ImageAugmentation augmentation = options.Augmentation ?? new();
        float split = options.ValidationData is null ? options.ValidationSplit : 0f;

        _settings =
        [
            Setting("Samples", samples),
            Setting("ValidationSamples", validationSamples),
            Setting(nameof(options.BatchSize), batchSize),
            Setting(nameof(options.ClassWeights), options.ClassWeights?.ToString() ?? None),
            Setting(nameof(options.SampleWeights), isWeighted ? "given" : None),
            Setting(nameof(options.AccumulationSteps), options.AccumulationSteps),
            Setting(nameof(options.Shuffle), options.Shuffle),
            Setting(nameof(options.Seed), isSeeded ? options.Seed : None),
            Setting($"{nameof(options.Augmentation)}.{nameof(augmentation.ShiftPixels)}", augmentation.ShiftPixels),
            Setting($"{nameof(options.Augmentation)}.{nameof(augmentation.RotationDegrees)}", augmentation.RotationDegrees),
            Setting($"{nameof(options.Augmentation)}.{nameof(augmentation.FlipHorizontally)}", augmentation.FlipHorizontally),
            Setting($"{nameof(options.Augmentation)}.{nameof(augmentation.Noise)}", augmentation.Noise),
            Setting(nameof(options.Optimizer), optimizer.GetType().Name),
            .. optimizer.Hyperparameters.Select(static pair => Setting($"{nameof(options.Optimizer)}.{pair.Key}", pair.Value)),
            Setting(nameof(options.Schedule), options.Schedule),
            Setting(nameof(options.ClipNorm), options.ClipNorm is { } norm ? norm : None),
            Setting(nameof(options.AveragedWeights), options.AveragedWeights is { } averaged ? averaged.Decay : None),
            Setting($"{nameof(options.AveragedWeights)}.{nameof(AveragedWeights.WarmUp)}", options.AveragedWeights is { WarmUp: true }),
            Setting($"{nameof(options.Group)}.{nameof(options.Group.Shards)}", options.Group is { } group ? group.Shards : None),
            Setting(nameof(options.SharedStatistics), options.SharedStatistics ? "true" : None),
            Setting(nameof(options.ValidationSplit), split),
            Setting(nameof(options.StratifyValidation), split > 0f && options.StratifyValidation),
            Setting($"{nameof(options.EarlyStopping)}.{nameof(EarlyStopping.RestoreBest)}", options.EarlyStopping is { RestoreBest: true }),
            Setting($"{nameof(options.EarlyStopping)}.{nameof(EarlyStopping.WatchTrainingLoss)}", options.EarlyStopping is { WatchTrainingLoss: true }),
        ];
    }

    /// <summary>All settings.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> All => _settings;

    /// <summary>The settings as metadata of a checkpoint.</summary>
    public IEnumerable<KeyValuePair<string, string>> ToMetadata() =>
        _settings.Select(static setting => new KeyValuePair<string, string>(Prefix + setting.Key, setting.Value));

    /// <summary>Checks that a checkpoint has the same settings.</summary>
    /// <param name="header">The checkpoint's.</param>
    /// <param name="optionsName">The parameter that the options were passed as.</param>
    /// <exception cref="ArgumentException">It has not. The message has a line for each difference.</exception>
    public void Require(SafetensorsHeader header, string optionsName)
    {
        List<string> differences = [];

        foreach ((string name, string given) in _settings)
        {
            string? found = header.Metadata(Prefix + name);

            // A callback may have set the learning rate meanwhile: the optimizer may have that of the beginning, or that of the checkpoint.
            bool isCurrentRate = name == LearningRateName && header.Metadata(CheckpointPosition.BaseLearningRateName) == given;

            // A setting that an earlier version did not have was not made.
            bool isOfLaterVersion = found is null && given == None;

            if (found != given && !isCurrentRate && !isOfLaterVersion)
            {
                differences.Add($"{name}: {found ?? "nothing"} in the checkpoint, {given} given");
            }
        }

        if (differences.Count > 0)
        {
            // The exception adds the name of the parameter, which is then on a line of its own.
            throw new ArgumentException(
                $"The training of the checkpoint had other options, or other numbers of samples:\n{string.Join('\n', differences)}\n", optionsName);
        }
    }

    /// <summary>Numbers are the shortest that read back as the same, whatever the culture.</summary>
    private static KeyValuePair<string, string> Setting(string name, object value) => new(name, FormattableString.Invariant($"{value}"));
}
