using System.Runtime.CompilerServices;
using Nnfs.Data;
using Nnfs.Samples;
using Nnfs.Training;
using Nnfs.Training.Images;
using Nnfs.Training.Groups;

namespace Nnfs;

/// <summary>Training of any generated network with a loss.</summary>
/// <remarks>
/// <para>
/// Each epoch takes all samples once, in batches; each batch runs forward and backward, and the optimizer steps along the gradient of the
/// batch's mean loss. The order of the samples is drawn from the seed and the number of the epoch alone: Fisher and Yates' shuffle with
/// SplitMix64; what dropout drops in a batch, from the seed and the numbers of epoch and batch alone; what an augmentation does to an image, from the seed, the
/// epoch and the place of the image in the data. Same options, same data and same parameters give
/// the same bits on the same kind of machine.
/// </para>
/// <para>
/// The meter <c>Nnfs</c> reports <c>nnfs.training.loss</c>, <c>nnfs.training.samples</c> and <c>nnfs.training.step.duration</c> for each batch.
/// </para>
/// </remarks>
public static class NetworkTraining
{
    /// <summary>Trains a network on samples with a class each.</summary>
    /// <typeparam name="TNetwork">The network.</typeparam>
    /// <typeparam name="TWorkspace">Its workspace.</typeparam>
    /// <param name="network">The network, whose parameters are changed. No other thread may use it meanwhile.</param>
    /// <param name="features">[samples × <see cref="INetwork{TSelf}.InputSize"/>], row-major: at least one sample.</param>
    /// <param name="labels">
    /// The class of each sample, from 0 to <see cref="INetwork{TSelf}.OutputSize"/> − 1; for a binary cross-entropy 0 or 1 for each output of each sample.
    /// </param>
    /// <param name="options">How it is trained; the defaults where it is null.</param>
    /// <param name="cancellationToken">Ends training before the next batch, with <see cref="StopReason.Cancelled"/> and without an exception.</param>
    /// <returns>How it went, and why it ended.</returns>
    /// <exception cref="ArgumentException">A length is wrong, or the options do not fit the network and its data. Nothing is changed.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A label is out of range. Nothing is changed.</exception>
    /// <exception cref="TrainingDivergedException">A loss, a gradient or a parameter became infinite or not a number.</exception>
    /// <exception cref="IOException">A checkpoint cannot be written.</exception>
    public static TrainingHistory Train<TNetwork, TWorkspace>(
        this IClassifier<TNetwork, TWorkspace> network,
        ReadOnlySpan<float> features,
        ReadOnlySpan<int> labels,
        TrainingOptions? options = null,
        CancellationToken cancellationToken = default)
        where TNetwork : class, ITrainableNetwork<TNetwork, TWorkspace>
        where TWorkspace : class, IWorkspace
    {
        return WithLabels(network, features, nameof(features), labels, options ?? new TrainingOptions(), resume: false, cancellationToken);
    }

    /// <summary>Trains a network on samples with targets.</summary>
    /// <typeparam name="TNetwork">The network.</typeparam>
    /// <typeparam name="TWorkspace">Its workspace.</typeparam>
    /// <param name="network">The network, whose parameters are changed. No other thread may use it meanwhile.</param>
    /// <param name="features">[samples × <see cref="INetwork{TSelf}.InputSize"/>], row-major: at least one sample.</param>
    /// <param name="targets">
    /// [samples × <see cref="INetwork{TSelf}.OutputSize"/>], row-major. What counts as right depends on the loss, see <see cref="EpochReport"/>.
    /// </param>
    /// <param name="options">How it is trained; the defaults where it is null.</param>
    /// <param name="cancellationToken">Ends training before the next batch, with <see cref="StopReason.Cancelled"/> and without an exception.</param>
    /// <returns>How it went, and why it ended.</returns>
    /// <exception cref="ArgumentException">A length is wrong, or the options do not fit the network and its data. Nothing is changed.</exception>
    /// <exception cref="TrainingDivergedException">A loss, a gradient or a parameter became infinite or not a number.</exception>
    /// <exception cref="IOException">A checkpoint cannot be written.</exception>
    public static TrainingHistory Train<TNetwork, TWorkspace>(
        this ITrainableNetwork<TNetwork, TWorkspace> network,
        ReadOnlySpan<float> features,
        ReadOnlySpan<float> targets,
        TrainingOptions? options = null,
        CancellationToken cancellationToken = default)
        where TNetwork : class, ITrainableNetwork<TNetwork, TWorkspace>
        where TWorkspace : class, IWorkspace
    {
        return WithTargets(network, features, nameof(features), targets, options ?? new TrainingOptions(), resume: false, cancellationToken);
    }

    /// <summary>Trains a network on a data set.</summary>
    /// <typeparam name="TNetwork">The network.</typeparam>
    /// <typeparam name="TWorkspace">Its workspace.</typeparam>
    /// <param name="network">The network, whose parameters are changed. No other thread may use it meanwhile.</param>
    /// <param name="dataset">
    /// The samples, at least one, with as many features as the network takes and no more classes than it has outputs, or two for a single binary output.
    /// </param>
    /// <param name="options">How it is trained; the defaults where it is null.</param>
    /// <param name="cancellationToken">Ends training before the next batch, with <see cref="StopReason.Cancelled"/> and without an exception.</param>
    /// <returns>How it went, and why it ended.</returns>
    /// <exception cref="ArgumentException">A length is wrong, or the options do not fit the network and its data. Nothing is changed.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A label is out of range. Nothing is changed.</exception>
    /// <exception cref="TrainingDivergedException">A loss, a gradient or a parameter became infinite or not a number.</exception>
    /// <exception cref="IOException">A checkpoint cannot be written.</exception>
    public static TrainingHistory Train<TNetwork, TWorkspace>(
        this IClassifier<TNetwork, TWorkspace> network,
        Dataset dataset,
        TrainingOptions? options = null,
        CancellationToken cancellationToken = default)
        where TNetwork : class, ITrainableNetwork<TNetwork, TWorkspace>
        where TWorkspace : class, IWorkspace
    {
        ArgumentNullException.ThrowIfNull(dataset);
        DatasetGuard.Suits<TNetwork>(dataset, nameof(dataset));

        return WithLabels(
            network, dataset.Features, nameof(dataset), dataset.Labels, options ?? new TrainingOptions(), resume: false, cancellationToken, dataset.Weights);
    }

    /// <summary>Trains a network on a data set with targets.</summary>
    /// <typeparam name="TNetwork">The network.</typeparam>
    /// <typeparam name="TWorkspace">Its workspace.</typeparam>
    /// <param name="network">The network, whose parameters are changed. No other thread may use it meanwhile.</param>
    /// <param name="dataset">The samples, at least one, with as many features as the network takes and as many targets as it has outputs.</param>
    /// <param name="options">How it is trained; the defaults where it is null.</param>
    /// <param name="cancellationToken">Ends training before the next batch, with <see cref="StopReason.Cancelled"/> and without an exception.</param>
    /// <returns>How it went, and why it ended.</returns>
    /// <exception cref="ArgumentException">A length is wrong, or the options do not fit the network and its data. Nothing is changed.</exception>
    /// <exception cref="TrainingDivergedException">A loss, a gradient or a parameter became infinite or not a number.</exception>
    /// <exception cref="IOException">A checkpoint cannot be written.</exception>
    public static TrainingHistory Train<TNetwork, TWorkspace>(
        this ITrainableNetwork<TNetwork, TWorkspace> network,
        RegressionDataset dataset,
        TrainingOptions? options = null,
        CancellationToken cancellationToken = default)
        where TNetwork : class, ITrainableNetwork<TNetwork, TWorkspace>
        where TWorkspace : class, IWorkspace
    {
        ArgumentNullException.ThrowIfNull(dataset);
        DatasetGuard.Suits<TNetwork>(dataset, nameof(dataset));

        return WithTargets(
            network, dataset.Features, nameof(dataset), dataset.Targets, options ?? new TrainingOptions(), resume: false, cancellationToken, dataset.Weights);
    }

    /// <summary>Trains a network on samples of indices, such as the words of a sentence, with a class each, or one for each of their positions.</summary>
    /// <param name="network">The network, whose parameters are changed. No other thread may use it meanwhile.</param>
    /// <param name="indices">
    /// [samples × <see cref="INetwork{TSelf}.InputSize"/>], row-major: at least one sample. Each is within the vocabulary, and below 2²⁴. They are copied.
    /// </param>
    /// <param name="labels">
    /// The class of each sample or position, from 0 to the last size of <see cref="INetwork{TSelf}.OutputShape"/> − 1, or −1 for a position that does not
    /// count; for a binary cross-entropy 0 or 1 for each output of each sample.
    /// </param>
    /// <param name="options">How it is trained; the defaults where it is null.</param>
    /// <param name="cancellationToken">Ends training before the next batch, with <see cref="StopReason.Cancelled"/> and without an exception.</param>
    /// <inheritdoc
    ///     cref="Train{TNetwork, TWorkspace}(IClassifier{TNetwork, TWorkspace}, ReadOnlySpan{float}, ReadOnlySpan{int}, TrainingOptions, CancellationToken)"
    ///     path="/typeparam | /returns | /exception"/>
    [OverloadResolutionPriority(-1)]
    public static TrainingHistory Train<TNetwork, TWorkspace>(
        this IClassifier<TNetwork, TWorkspace> network,
        ReadOnlySpan<int> indices,
        ReadOnlySpan<int> labels,
        TrainingOptions? options = null,
        CancellationToken cancellationToken = default)
        where TNetwork : class, ITrainableNetwork<TNetwork, TWorkspace>
        where TWorkspace : class, IWorkspace
    {
        float[] features = IndexFeatures.Of(indices, nameof(indices));

        return WithLabels(network, features, nameof(indices), labels, options ?? new TrainingOptions(), resume: false, cancellationToken);
    }

    /// <summary>Trains a network on samples of indices, such as the words of a sentence, with targets.</summary>
    /// <param name="network">The network, whose parameters are changed. No other thread may use it meanwhile.</param>
    /// <param name="indices">
    /// [samples × <see cref="INetwork{TSelf}.InputSize"/>], row-major: at least one sample. Each is within the vocabulary, and below 2²⁴. They are copied.
    /// </param>
    /// <param name="targets">[samples × <see cref="INetwork{TSelf}.OutputSize"/>], row-major.</param>
    /// <param name="options">How it is trained; the defaults where it is null.</param>
    /// <param name="cancellationToken">Ends training before the next batch, with <see cref="StopReason.Cancelled"/> and without an exception.</param>
    /// <inheritdoc
    ///     cref="Train{TNetwork, TWorkspace}(ITrainableNetwork{TNetwork, TWorkspace}, RegressionDataset, TrainingOptions, CancellationToken)"
    ///     path="/typeparam | /returns | /exception"/>
    [OverloadResolutionPriority(-1)]
    public static TrainingHistory Train<TNetwork, TWorkspace>(
        this ITrainableNetwork<TNetwork, TWorkspace> network,
        ReadOnlySpan<int> indices,
        ReadOnlySpan<float> targets,
        TrainingOptions? options = null,
        CancellationToken cancellationToken = default)
        where TNetwork : class, ITrainableNetwork<TNetwork, TWorkspace>
        where TWorkspace : class, IWorkspace
    {
        float[] features = IndexFeatures.Of(indices, nameof(indices));

        return WithTargets(network, features, nameof(indices), targets, options ?? new TrainingOptions(), resume: false, cancellationToken);
    }

    /// <summary>
    /// Continues a training on samples with a class each from its checkpoint, and ends with the bits that it would have ended with if it had never stopped.
    /// </summary>
    /// <remarks>
    /// Data and options must be those of the training that wrote the checkpoint, with an optimizer of the same hyperparameters. These may be others:
    /// <see cref="TrainingOptions.Epochs"/>, <see cref="TrainingOptions.MaxTime"/>, <see cref="TrainingOptions.Threads"/>, the patience and the
    /// minimal improvement of <see cref="TrainingOptions.EarlyStopping"/>, <see cref="TrainingOptions.Checkpoint"/> and all callbacks.
    /// </remarks>
    /// <typeparam name="TNetwork">The network.</typeparam>
    /// <typeparam name="TWorkspace">Its workspace.</typeparam>
    /// <param name="network">The network, whose parameters are changed. No other thread may use it meanwhile.</param>
    /// <param name="features">[samples × <see cref="INetwork{TSelf}.InputSize"/>], row-major: at least one sample.</param>
    /// <param name="labels">
    /// The class of each sample, from 0 to <see cref="INetwork{TSelf}.OutputSize"/> − 1; for a binary cross-entropy 0 or 1 for each output of each sample.
    /// </param>
    /// <param name="options">How it is trained; <see cref="TrainingOptions.Checkpoint"/> names the file, which must exist.</param>
    /// <param name="cancellationToken">Ends training before the next batch, with <see cref="StopReason.Cancelled"/> and without an exception.</param>
    /// <returns>How it went, from the first epoch on, and why it ended.</returns>
    /// <exception cref="ArgumentException">
    /// A length is wrong, or the options do not fit the network and its data, or they are not those of the checkpoint: then the message has a
    /// line for each difference. Nothing is changed.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException">A label is out of range. Nothing is changed.</exception>
    /// <exception cref="TrainingDivergedException">A loss, a gradient or a parameter became infinite or not a number.</exception>
    /// <exception cref="SafetensorsException">The file is not a checkpoint, or is one of another network. Nothing is changed.</exception>
    /// <exception cref="IOException">A checkpoint cannot be read or written.</exception>
    public static TrainingHistory Resume<TNetwork, TWorkspace>(
        this IClassifier<TNetwork, TWorkspace> network,
        ReadOnlySpan<float> features,
        ReadOnlySpan<int> labels,
        TrainingOptions options,
        CancellationToken cancellationToken = default)
        where TNetwork : class, ITrainableNetwork<TNetwork, TWorkspace>
        where TWorkspace : class, IWorkspace
    {
        ArgumentNullException.ThrowIfNull(options);

        return WithLabels(network, features, nameof(features), labels, options, resume: true, cancellationToken);
    }

    /// <summary>
    /// Continues a training on samples with targets from its checkpoint, and ends with the bits that it would have ended with if it had never stopped.
    /// </summary>
    /// <remarks>
    /// Data and options must be those of the training that wrote the checkpoint, with an optimizer of the same hyperparameters. These may be others:
    /// <see cref="TrainingOptions.Epochs"/>, <see cref="TrainingOptions.MaxTime"/>, <see cref="TrainingOptions.Threads"/>, the patience and the
    /// minimal improvement of <see cref="TrainingOptions.EarlyStopping"/>, <see cref="TrainingOptions.Checkpoint"/> and all callbacks.
    /// </remarks>
    /// <typeparam name="TNetwork">The network.</typeparam>
    /// <typeparam name="TWorkspace">Its workspace.</typeparam>
    /// <param name="network">The network, whose parameters are changed. No other thread may use it meanwhile.</param>
    /// <param name="features">[samples × <see cref="INetwork{TSelf}.InputSize"/>], row-major: at least one sample.</param>
    /// <param name="targets">
    /// [samples × <see cref="INetwork{TSelf}.OutputSize"/>], row-major. What counts as right depends on the loss, see <see cref="EpochReport"/>.
    /// </param>
    /// <param name="options">How it is trained; <see cref="TrainingOptions.Checkpoint"/> names the file, which must exist.</param>
    /// <param name="cancellationToken">Ends training before the next batch, with <see cref="StopReason.Cancelled"/> and without an exception.</param>
    /// <returns>How it went, from the first epoch on, and why it ended.</returns>
    /// <exception cref="ArgumentException">
    /// A length is wrong, or the options do not fit the network and its data, or they are not those of the checkpoint: then the message has a
    /// line for each difference. Nothing is changed.
    /// </exception>
    /// <exception cref="TrainingDivergedException">A loss, a gradient or a parameter became infinite or not a number.</exception>
    /// <exception cref="SafetensorsException">The file is not a checkpoint, or is one of another network. Nothing is changed.</exception>
    /// <exception cref="IOException">A checkpoint cannot be read or written.</exception>
    public static TrainingHistory Resume<TNetwork, TWorkspace>(
        this ITrainableNetwork<TNetwork, TWorkspace> network,
        ReadOnlySpan<float> features,
        ReadOnlySpan<float> targets,
        TrainingOptions options,
        CancellationToken cancellationToken = default)
        where TNetwork : class, ITrainableNetwork<TNetwork, TWorkspace>
        where TWorkspace : class, IWorkspace
    {
        ArgumentNullException.ThrowIfNull(options);

        return WithTargets(network, features, nameof(features), targets, options, resume: true, cancellationToken);
    }

    /// <summary>
    /// Continues a training on a data set from its checkpoint, and ends with the bits that it would have ended with if it had never stopped.
    /// </summary>
    /// <remarks>
    /// Data and options must be those of the training that wrote the checkpoint, with an optimizer of the same hyperparameters. These may be others:
    /// <see cref="TrainingOptions.Epochs"/>, <see cref="TrainingOptions.MaxTime"/>, <see cref="TrainingOptions.Threads"/>, the patience and the
    /// minimal improvement of <see cref="TrainingOptions.EarlyStopping"/>, <see cref="TrainingOptions.Checkpoint"/> and all callbacks.
    /// </remarks>
    /// <typeparam name="TNetwork">The network.</typeparam>
    /// <typeparam name="TWorkspace">Its workspace.</typeparam>
    /// <param name="network">The network, whose parameters are changed. No other thread may use it meanwhile.</param>
    /// <param name="dataset">
    /// The samples, at least one, with as many features as the network takes and no more classes than it has outputs, or two for a single binary output.
    /// </param>
    /// <param name="options">How it is trained; <see cref="TrainingOptions.Checkpoint"/> names the file, which must exist.</param>
    /// <param name="cancellationToken">Ends training before the next batch, with <see cref="StopReason.Cancelled"/> and without an exception.</param>
    /// <returns>How it went, from the first epoch on, and why it ended.</returns>
    /// <exception cref="ArgumentException">
    /// A length is wrong, or the options do not fit the network and its data, or they are not those of the checkpoint: then the message has a
    /// line for each difference. Nothing is changed.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException">A label is out of range. Nothing is changed.</exception>
    /// <exception cref="TrainingDivergedException">A loss, a gradient or a parameter became infinite or not a number.</exception>
    /// <exception cref="SafetensorsException">The file is not a checkpoint, or is one of another network. Nothing is changed.</exception>
    /// <exception cref="IOException">A checkpoint cannot be read or written.</exception>
    public static TrainingHistory Resume<TNetwork, TWorkspace>(
        this IClassifier<TNetwork, TWorkspace> network,
        Dataset dataset,
        TrainingOptions options,
        CancellationToken cancellationToken = default)
        where TNetwork : class, ITrainableNetwork<TNetwork, TWorkspace>
        where TWorkspace : class, IWorkspace
    {
        ArgumentNullException.ThrowIfNull(dataset);
        DatasetGuard.Suits<TNetwork>(dataset, nameof(dataset));

        ArgumentNullException.ThrowIfNull(options);

        return WithLabels(network, dataset.Features, nameof(dataset), dataset.Labels, options, resume: true, cancellationToken, dataset.Weights);
    }

    /// <summary>
    /// Continues a training on a data set with targets from its checkpoint, and ends with the bits that it would have ended with if it had never stopped.
    /// </summary>
    /// <remarks>
    /// Data and options must be those of the training that wrote the checkpoint, with an optimizer of the same hyperparameters. These may be others:
    /// <see cref="TrainingOptions.Epochs"/>, <see cref="TrainingOptions.MaxTime"/>, <see cref="TrainingOptions.Threads"/>, the patience and the
    /// minimal improvement of <see cref="TrainingOptions.EarlyStopping"/>, <see cref="TrainingOptions.Checkpoint"/> and all callbacks.
    /// </remarks>
    /// <typeparam name="TNetwork">The network.</typeparam>
    /// <typeparam name="TWorkspace">Its workspace.</typeparam>
    /// <param name="network">The network, whose parameters are changed. No other thread may use it meanwhile.</param>
    /// <param name="dataset">The samples, at least one, with as many features as the network takes and as many targets as it has outputs.</param>
    /// <param name="options">How it is trained; <see cref="TrainingOptions.Checkpoint"/> names the file, which must exist.</param>
    /// <param name="cancellationToken">Ends training before the next batch, with <see cref="StopReason.Cancelled"/> and without an exception.</param>
    /// <returns>How it went, from the first epoch on, and why it ended.</returns>
    /// <exception cref="ArgumentException">
    /// A length is wrong, or the options do not fit the network and its data, or they are not those of the checkpoint: then the message has a
    /// line for each difference. Nothing is changed.
    /// </exception>
    /// <exception cref="TrainingDivergedException">A loss, a gradient or a parameter became infinite or not a number.</exception>
    /// <exception cref="SafetensorsException">The file is not a checkpoint, or is one of another network. Nothing is changed.</exception>
    /// <exception cref="IOException">A checkpoint cannot be read or written.</exception>
    public static TrainingHistory Resume<TNetwork, TWorkspace>(
        this ITrainableNetwork<TNetwork, TWorkspace> network,
        RegressionDataset dataset,
        TrainingOptions options,
        CancellationToken cancellationToken = default)
        where TNetwork : class, ITrainableNetwork<TNetwork, TWorkspace>
        where TWorkspace : class, IWorkspace
    {
        ArgumentNullException.ThrowIfNull(dataset);
        DatasetGuard.Suits<TNetwork>(dataset, nameof(dataset));

        ArgumentNullException.ThrowIfNull(options);

        return WithTargets(network, dataset.Features, nameof(dataset), dataset.Targets, options, resume: true, cancellationToken, dataset.Weights);
    }

    /// <summary>Continues a training on samples of indices with a class each, or one for each of their positions, from its checkpoint.</summary>
    /// <param name="network">The network, whose parameters are changed. No other thread may use it meanwhile.</param>
    /// <param name="indices">
    /// [samples × <see cref="INetwork{TSelf}.InputSize"/>], row-major: at least one sample. Each is within the vocabulary, and below 2²⁴. They are copied.
    /// </param>
    /// <param name="labels">
    /// The class of each sample or position, from 0 to the last size of <see cref="INetwork{TSelf}.OutputShape"/> − 1, or −1 for a position that does not
    /// count; for a binary cross-entropy 0 or 1 for each output of each sample.
    /// </param>
    /// <param name="options">How it is trained; <see cref="TrainingOptions.Checkpoint"/> names the file, which must exist.</param>
    /// <param name="cancellationToken">Ends training before the next batch, with <see cref="StopReason.Cancelled"/> and without an exception.</param>
    /// <inheritdoc
    ///     cref="Resume{TNetwork, TWorkspace}(IClassifier{TNetwork, TWorkspace}, ReadOnlySpan{float}, ReadOnlySpan{int}, TrainingOptions, CancellationToken)"
    ///     path="/typeparam | /returns | /exception"/>
    [OverloadResolutionPriority(-1)]
    public static TrainingHistory Resume<TNetwork, TWorkspace>(
        this IClassifier<TNetwork, TWorkspace> network,
        ReadOnlySpan<int> indices,
        ReadOnlySpan<int> labels,
        TrainingOptions options,
        CancellationToken cancellationToken = default)
        where TNetwork : class, ITrainableNetwork<TNetwork, TWorkspace>
        where TWorkspace : class, IWorkspace
    {
        ArgumentNullException.ThrowIfNull(options);

        float[] features = IndexFeatures.Of(indices, nameof(indices));

        return WithLabels(network, features, nameof(indices), labels, options, resume: true, cancellationToken);
    }

    /// <summary>Continues a training on samples of indices with targets from its checkpoint.</summary>
    /// <param name="network">The network, whose parameters are changed. No other thread may use it meanwhile.</param>
    /// <param name="indices">
    /// [samples × <see cref="INetwork{TSelf}.InputSize"/>], row-major: at least one sample. Each is within the vocabulary, and below 2²⁴. They are copied.
    /// </param>
    /// <param name="targets">[samples × <see cref="INetwork{TSelf}.OutputSize"/>], row-major.</param>
    /// <param name="options">How it is trained; <see cref="TrainingOptions.Checkpoint"/> names the file, which must exist.</param>
    /// <param name="cancellationToken">Ends training before the next batch, with <see cref="StopReason.Cancelled"/> and without an exception.</param>
    /// <inheritdoc
    ///     cref="Resume{TNetwork, TWorkspace}(ITrainableNetwork{TNetwork, TWorkspace}, RegressionDataset, TrainingOptions, CancellationToken)"
    ///     path="/typeparam | /returns | /exception"/>
    [OverloadResolutionPriority(-1)]
    public static TrainingHistory Resume<TNetwork, TWorkspace>(
        this ITrainableNetwork<TNetwork, TWorkspace> network,
        ReadOnlySpan<int> indices,
        ReadOnlySpan<float> targets,
        TrainingOptions options,
        CancellationToken cancellationToken = default)
        where TNetwork : class, ITrainableNetwork<TNetwork, TWorkspace>
        where TWorkspace : class, IWorkspace
    {
        ArgumentNullException.ThrowIfNull(options);

        float[] features = IndexFeatures.Of(indices, nameof(indices));

        return WithTargets(network, features, nameof(indices), targets, options, resume: true, cancellationToken);
    }

    internal static TrainingHistory WithLabels<TNetwork, TWorkspace>(
        IClassifier<TNetwork, TWorkspace> network,
        ReadOnlySpan<float> features,
        string featuresName,
        ReadOnlySpan<int> labels,
        TrainingOptions options,
        bool resume,
        CancellationToken cancellationToken,
        ReadOnlySpan<float> weights = default,
        SampleScaling? scaling = null)
        where TNetwork : class, ITrainableNetwork<TNetwork, TWorkspace>
        where TWorkspace : class, IWorkspace
    {
        ValidationData? validation = options.ValidationData;

        return Run<TNetwork, TWorkspace, int, LabelTargets>(
            network,
            features,
            labels,
            validation is null ? [] : validation.Features,
            validation is null ? [] : validation.Labels,
            weights,
            validation is null ? [] : validation.Weights,
            options,
            featuresName,
            nameof(labels),
            resume,
            cancellationToken,
            scaling);
    }

    internal static TrainingHistory WithTargets<TNetwork, TWorkspace>(
        ITrainableNetwork<TNetwork, TWorkspace> network,
        ReadOnlySpan<float> features,
        string featuresName,
        ReadOnlySpan<float> targets,
        TrainingOptions options,
        bool resume,
        CancellationToken cancellationToken,
        ReadOnlySpan<float> weights = default,
        SampleScaling? scaling = null)
        where TNetwork : class, ITrainableNetwork<TNetwork, TWorkspace>
        where TWorkspace : class, IWorkspace
    {
        ValidationData? validation = options.ValidationData;

        return Run<TNetwork, TWorkspace, float, FloatTargets>(
            network,
            features,
            targets,
            validation is null ? [] : validation.Features,
            validation is null ? [] : validation.Targets,
            weights,
            validation is null ? [] : validation.Weights,
            options,
            featuresName,
            nameof(targets),
            resume,
            cancellationToken,
            scaling);
    }

    private static TrainingHistory Run<TNetwork, TWorkspace, TTarget, TTargets>(
        ITrainableNetwork<TNetwork, TWorkspace> network,
        ReadOnlySpan<float> features,
        ReadOnlySpan<TTarget> targets,
        ReadOnlySpan<float> validationFeatures,
        ReadOnlySpan<TTarget> validationTargets,
        ReadOnlySpan<float> weights,
        ReadOnlySpan<float> validationWeights,
        TrainingOptions options,
        string featuresName,
        string targetsName,
        bool resume,
        CancellationToken cancellationToken,
        SampleScaling? scaling = null)
        where TNetwork : class, ITrainableNetwork<TNetwork, TWorkspace>
        where TWorkspace : class, IWorkspace
        where TTarget : unmanaged
        where TTargets : ITargets<TTarget>
    {
        ArgumentNullException.ThrowIfNull(network);

        ImageAugmenter? augmenter;
        Samples<TTarget> training;
        Samples<TTarget> validation;
        int[]? order;

        try
        {
            options.ValidationData?.Check<TNetwork>(hasTargets: typeof(TTarget) == typeof(float), nameof(options));

            if (options is { OwnSamples: true, Group: null })
            {
                throw new ArgumentException(
                    $"Expected {nameof(options.OwnSamples)} to be false, because there is no {nameof(options.Group)} with other processes that have other " +
                    "samples.",
                    nameof(options));
            }

            if (TNetwork.ParameterCount == 0)
            {
                throw new ArgumentException($"Expected a network with parameters to train, but '{TNetwork.Name}' has no parameters.", nameof(network));
            }

            if (resume && options.Checkpoint is null)
            {
                throw new ArgumentException("Expected a checkpoint to resume from, but the options name none.", nameof(options));
            }

            augmenter = ImageAugmenter.Of<TNetwork>(options, nameof(options));

            // The first checkpoint may be hours away.
            foreach (string? path in (ReadOnlySpan<string?>)[options.Checkpoint?.Path, options.Checkpoint?.BestPath])
            {
                if (path is not null && !Directory.Exists(Path.GetDirectoryName(Path.GetFullPath(path))))
                {
                    throw new DirectoryNotFoundException($"Expected the folder of the checkpoint '{path}' to exist, but it does not.");
                }
            }

            if (!weights.IsEmpty && !options.SampleWeights.IsEmpty)
            {
                throw new ArgumentException(
                    $"Expected the weights of samples in one place, but the data set has some and {nameof(options.SampleWeights)} has others.",
                    nameof(options));
            }

            training = Samples<TTarget>.Of<TNetwork, TTargets>(
                features, targets, featuresName, targetsName, weights.IsEmpty ? options.SampleWeights.Span : weights, nameof(options));
            validation = Samples<TTarget>.Of<TNetwork, TTargets>(
                validationFeatures, validationTargets, nameof(options), nameof(options), validationWeights, nameof(options));
            order = null;

            if (training.Count == 0)
            {
                throw new ArgumentException("Expected at least one sample, but there are none.", featuresName);
            }

            if (HoldOutSplit.Of<TNetwork, TTarget, TTargets>(training, options) is { } split)
            {
                order = split.Training;
                validation = split.Validation is null ? training.Slice(split.TrainingCount, split.ValidationCount) : training.In(split.Validation);
                training = split.Training is null ? training.Slice(0, split.TrainingCount) : training;
            }
        }
        catch
        {
            GroupStart.Refuse(options.Group);

            throw;
        }

        GroupStart.RequireAll(options.Group);
        Trainer<TNetwork, TWorkspace, TTarget, TTargets> trainer;

        try
        {
            trainer = new((TNetwork)network, training, order, validation, augmenter, options);
        }
        catch (Exception exception) when (exception is not (ArgumentException or InvalidOperationException))
        {
            // What does not suit is refused in all processes; of anything else the others may not know.
            options.Group?.Leave();

            throw;
        }

        if (scaling is not null)
        {
            NetworkScaling.Set(network, scaling);
        }

        return trainer.Run(resume, cancellationToken);
    }
}
