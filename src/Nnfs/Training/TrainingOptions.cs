using Nnfs.Optimizers;
using Nnfs.Training;

namespace Nnfs;

/// <summary>How a network is trained. Every value is checked when it is set; options never change, and <c>with</c> makes changed copies.</summary>
public sealed record TrainingOptions
{
    /// <summary>How often training goes through all samples, at least 1. The default is 100.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is less than 1.</exception>
    public int Epochs
    {
        get;
        init => field = OptionRange.AtLeast(value, 1, nameof(Epochs));
    } = 100;

    /// <summary>
    /// The number of samples of a batch, or 0 for all samples in one. The default is 32. The last batch of an epoch is smaller where
    /// the samples do not divide evenly. In a <see cref="Group"/>, it is that of all processes, and all batches of an epoch have the same size, to one sample.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative.</exception>
    public int BatchSize
    {
        get;
        init => field = OptionRange.AtLeast(value, 0, nameof(BatchSize));
    } = 32;

    /// <summary>
    /// How many batches one step of the optimizer takes the gradients of, at least 1; the default is 1. The step follows the mean
    /// gradient over all their samples, as one batch of that size would. At the end of an epoch the step takes the batches that are left.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is less than 1.</exception>
    public int AccumulationSteps
    {
        get;
        init => field = OptionRange.AtLeast(value, 1, nameof(AccumulationSteps));
    } = 1;

    /// <summary>
    /// Whether each epoch takes the samples in an order of its own, drawn from <see cref="Seed"/> and the epoch alone. The default is true; it must be false
    /// for a network whose batches go on from the states that the one before left.
    /// </summary>
    public bool Shuffle { get; init; } = true;

    /// <summary>
    /// The seed of the orders of the samples, of what dropout drops in each batch, and of what <see cref="Augmentation"/> does to images. The default is 0.
    /// </summary>
    public long Seed { get; init; }

    /// <summary>
    /// How the images that a network is trained on are changed in each epoch; <see langword="null"/>, the default, leaves them as they are. The network must
    /// take images: samples of height × width × channels.
    /// </summary>
    public ImageAugmentation? Augmentation { get; init; }

    /// <summary>
    /// What changes the parameters; <see langword="null"/>, the default, is an <see cref="Adam"/>. It is a recipe: each training makes a new optimizer with the
    /// same settings, which has learned nothing yet, so that several trainings may have the same options, even at the same time. Its
    /// <see cref="Optimizer.LearningRate"/> is followed while training runs; its steps and what it remembers are, when a training has ended, those of that
    /// training.
    /// </summary>
    public Optimizer? Optimizer { get; init; }

    /// <summary>
    /// What the optimizer's <see cref="Optimizer.LearningRate"/>, as it is at each step, is multiplied by; its <see cref="Optimizer.Decay"/> applies as well.
    /// The default leaves it as it is.
    /// </summary>
    /// <exception cref="ArgumentNullException">The value is null.</exception>
    public LearningRateSchedule Schedule
    {
        get;
        init => field = value ?? throw new ArgumentNullException(nameof(Schedule));
    } = LearningRateSchedule.Constant;

    /// <summary>
    /// The greatest Euclidean norm <c>√Σ g²</c> that the gradient over all parameters may have, finite and greater than 0: a longer one is
    /// scaled down to it. <see langword="null"/>, the default, leaves gradients as they are.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is zero, negative, infinite or not a number.</exception>
    public float? ClipNorm
    {
        get;
        init => field = value is { } norm ? Hyperparameter.Positive(norm, nameof(ClipNorm)) : null;
    }

    /// <summary>
    /// How much the samples of each class count in the loss that is trained with; <see langword="null"/>, the default, means all alike. Samples must have a
    /// class each, or each of their positions one. <see cref="ClassWeights.Balanced"/> is for classes of very different size.
    /// </summary>
    public ClassWeights? ClassWeights { get; init; }

    /// <summary>
    /// How much each sample counts in the loss that is trained with, and in that of <see cref="ValidationSplit"/>: a weight for each sample in the order in
    /// which they are given, finite and at least 0. Empty, the default, means all alike. A data set may have weights of its own instead, see
    /// <see cref="Dataset.WithWeights"/>. The loss is the mean over the samples of their losses times their weights; it is not divided by the sum of the
    /// weights.
    /// </summary>
    public ReadOnlyMemory<float> SampleWeights { get; init; }

    /// <summary>
    /// How the parameters of all steps are averaged; <see langword="null"/>, the default, means that they are not. The averages are validated, it is their best
    /// epoch that is kept, and the network has them when training has ended, except by an exception. Until then, in callbacks too, it has the parameters that
    /// are trained.
    /// </summary>
    public AveragedWeights? AveragedWeights { get; init; }

    /// <summary>
    /// The share of the samples that is not trained on but measured after each epoch, at least 0 and less than 1; the default is 0. It is
    /// the last ones, in the order in which they are given: see <see cref="StratifyValidation"/>. <see cref="ValidationData"/> goes before it.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative, 1 or more, or not a number.</exception>
    public float ValidationSplit
    {
        get;
        init => field = Hyperparameter.Share(value, nameof(ValidationSplit));
    }

    /// <summary>
    /// Whether <see cref="ValidationSplit"/> takes that share of each class, its last samples, rather than of the whole. The default is false. Samples of a
    /// regression have no class, nor have those with several binary labels: there it is refused.
    /// </summary>
    public bool StratifyValidation { get; init; }

    /// <summary>Samples to measure after each epoch. With them, <see cref="ValidationSplit"/> takes none of the training data.</summary>
    public ValidationData? ValidationData { get; init; }

    /// <summary>When training that no longer improves ends before its last epoch; <see langword="null"/>, the default, means never.</summary>
    public EarlyStopping? EarlyStopping { get; init; }

    /// <summary>How long training may take, greater than zero: it ends after the first batch that passes this. The default is no limit.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is zero or negative.</exception>
    public TimeSpan? MaxTime
    {
        get;
        init => field = value is { } time && time <= TimeSpan.Zero
            ? throw new ArgumentOutOfRangeException(nameof(MaxTime), time, $"MaxTime must be greater than zero, but is {time:c}.")
            : value;
    }

    /// <summary>
    /// How many threads a batch is computed on, at least 1; the default is 1. Any number of them gives the same bits; a pass of little work runs on one.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is less than 1.</exception>
    public int Threads
    {
        get;
        init => field = OptionRange.AtLeast(value, 1, nameof(Threads));
    } = 1;

    /// <summary>
    /// The processes that train the network together, each with a part of every batch; <see langword="null"/>, the default, is this one alone. All give the
    /// same options, and their callbacks do the same.
    /// </summary>
    public ITrainingGroup? Group { get; init; }

    /// <summary>
    /// Whether each process of <see cref="Group"/> is given samples of its own, which no other has. The default is false: all are given all samples, and take
    /// their parts of them.
    /// </summary>
    public bool OwnSamples { get; init; }

    /// <summary>
    /// Whether batch normalisations take mean and variance of the whole batch, over all shards of <see cref="Group"/>. The default is false: each shard takes
    /// those of its own samples.
    /// </summary>
    public bool SharedStatistics { get; init; }

    /// <summary>Where and how often training is saved, so that it can be resumed; <see langword="null"/>, the default, means never.</summary>
    public CheckpointOptions? Checkpoint { get; init; }

    /// <summary>
    /// Is told of each epoch when it has ended. <see cref="ProgressLines"/> writes lines of text and <see cref="ProgressBar"/> draws a bar, within long epochs
    /// too; <see cref="TensorBoardWriter"/> writes files, and <see cref="Nnfs.Progress.Combine"/> makes one of several.
    /// </summary>
    public IProgress<EpochReport>? Progress { get; init; }

    /// <summary>Is called after each epoch, on the training thread; training ends when it returns false. Nothing is allocated to call it.</summary>
    public Func<EpochReport, bool>? ContinueAfterEpoch { get; init; }

    /// <summary>Is called after each batch, on the training thread; training ends when it returns false. Nothing is allocated to call it.</summary>
    public Func<BatchReport, bool>? ContinueAfterBatch { get; init; }
}
