namespace Nnfs.Distributed.Worker;

/// <summary>Trainings of small networks that differ in what they use.</summary>
/// <param name="group">The processes that train.</param>
/// <param name="isOwn">Whether each has samples of its own.</param>
internal sealed class Scenarios(ITrainingGroup group, bool isOwn)
{
    /// <summary>Neither the shards nor the batches divide it.</summary>
    private const int Samples = 211;

    /// <summary>The number of validation samples: not divided either.</summary>
    private const int Measured = 53;

    private TrainingOptions Options => new()
    {
        Group = group,
        OwnSamples = isOwn,
        Epochs = 4,
        BatchSize = 24,
        Optimizer = new Adam(0.01f),
    };

    private Share Training => new(group, isOwn, Samples);

    private bool IsLast => group.Rank == group.Size - 1;

    /// <summary>A line for each training: its name and what came of it.</summary>
    public IEnumerable<string> Run()
    {
        yield return $"mixed {Mixed(Options with { ClipNorm = 1f, EarlyStopping = new() { Patience = 2 } })}";
        yield return $"plateau {Mixed(Options with { Schedule = LearningRateSchedule.ReduceOnPlateau(0.5, 1), Optimizer = new Adam(0.5f), Epochs = 8 })}";
        yield return $"early {Mixed(Options with { Optimizer = new Adam(0.3f), EarlyStopping = new() { Patience = 1 }, Epochs = 60 })}";
        yield return $"averaged {Mixed(Options with { AveragedWeights = new(0.9f), AccumulationSteps = 2, Schedule = LearningRateSchedule.Cosine(0.1) })}";
        yield return $"weighted {Mixed(Options with { ClassWeights = ClassWeights.Balanced, SampleWeights = Training.Weights() })}";
        yield return $"statistics {Mixed(Options with { SharedStatistics = true, SampleWeights = Training.Weights() })}";
        yield return $"whole {Mixed(Options with { BatchSize = 0, Shuffle = false })}";
        yield return $"tiny {Mixed(Options with { BatchSize = 4 })}";
        yield return $"diverged {Diverged()}";
        yield return $"cancelled {Cancelled()}";
        yield return $"stopped {Mixed(Options with { ContinueAfterEpoch = report => !(IsLast && report.Epoch == 2) })}";
        yield return $"curve {Curve()}";
        yield return $"image {Image(Options)}";
        yield return $"augmented {Image(Options with { Augmentation = new() { ShiftPixels = 1, FlipHorizontally = true, Noise = 0.1f } })}";
        yield return $"statistics of images {Image(Options with { SharedStatistics = true })}";
        yield return $"token {Token()}";
        yield return $"sequence {Sequence()}";
        yield return $"named {Named()}";
        yield return $"record {Record()}";

        if (!isOwn)
        {
            yield return $"split {Mixed(Options with { ValidationSplit = 0.3f, StratifyValidation = true, ValidationData = null })}";
            yield return $"folds {Folds()}";
        }
    }

    private string Mixed(TrainingOptions options)
    {
        MixedNet network = new(seed: group.Rank);
        Share share = Training;
        Share measured = new(group, isOwn, Measured);
        float[] features = share.Numbers(MixedNet.InputSize);
        ValidationData validation = new(measured.Numbers(MixedNet.InputSize), measured.Labels(classes: 3));
        TrainingHistory history = network.Train(
            features, share.Labels(classes: 3), options.ValidationSplit > 0 ? options : options with { ValidationData = validation });

        return TrainingResult.Of(network, history);
    }

    private string Diverged()
    {
        CurveNet network = new(seed: 1);
        Share share = Training;
        float[] features = share.Numbers(CurveNet.InputSize);
        float[] targets = share.Numbers(CurveNet.OutputSize);

        try
        {
            return TrainingResult.Of(network, network.Train(features, targets, Options with { Optimizer = new Sgd(1e38f) }));
        }
        catch (TrainingDivergedException exception)
        {
            return $"{TrainingResult.Hash<float>(network.Parameters)} {exception.Message.ReplaceLineEndings(" ")}";
        }
    }

    /// <summary>Only the last process is cancelled, within an epoch.</summary>
    private string Cancelled()
    {
        using CancellationTokenSource source = new();
        MixedNet network = new(seed: 1);
        Share share = Training;
        float[] features = share.Numbers(MixedNet.InputSize);
        TrainingHistory history = network.Train(
            features,
            share.Labels(classes: 3),
            Options with
            {
                ContinueAfterBatch = report =>
                {
                    if (IsLast && report is { Epoch: 2, Batch: 3 })
                    {
                        source.Cancel();
                    }

                    return true;
                },
            },
            source.Token);

        return TrainingResult.Of(network, history);
    }

    private string Curve()
    {
        CurveNet network = new(seed: group.Rank);
        Share share = Training;
        Share measured = new(group, isOwn, Measured);
        float[] features = share.Numbers(CurveNet.InputSize);
        ValidationData validation = new(measured.Numbers(CurveNet.InputSize), measured.Numbers(CurveNet.OutputSize));

        return TrainingResult.Of(network, network.Train(features, share.Numbers(CurveNet.OutputSize), Options with { ValidationData = validation }));
    }

    private string Image(TrainingOptions options)
    {
        ImageNet network = new(seed: group.Rank);
        Share share = Training;
        float[] features = share.Numbers(ImageNet.InputSize);

        return TrainingResult.Of(network, network.Train(features, share.Labels(classes: 3), options));
    }

    private string Token()
    {
        TokenNet network = new(seed: group.Rank);
        Share share = Training;
        int[] words = share.Labels(classes: 11, width: 5);

        return TrainingResult.Of(network, network.Train(words, share.LabelsWithGaps(classes: 3, width: 5), Options));
    }

    private string Sequence()
    {
        SequenceNet network = new(seed: group.Rank);
        Share share = Training;
        float[] features = share.Numbers(SequenceNet.InputSize);

        return TrainingResult.Of(network, network.Train(features, share.Labels(classes: 2, width: 2), Options));
    }

    private string Named()
    {
        NamedNet network = new(seed: group.Rank);
        NamedDataset training = NamedData(Training);
        ValidationData validation = new(NamedData(new Share(group, isOwn, Measured)));

        return TrainingResult.Of(network, network.Train(training, Options with { ValidationData = validation }));
    }

    private static NamedDataset NamedData(Share share) =>
        NamedNet.CreateDataset(share.Labels(classes: 5, width: 2), share.Numbers(3), share.Labels(classes: 3), share.Numbers(2), share.Labels(2, width: 2));

    private string Record()
    {
        HouseNet network = new(seed: group.Rank);
        House[] houses = Houses(Training);

        // What each process would measure of its own samples would not be alike.
        network.Scaling = isOwn ? SampleScaling.Of(Houses(new Share(group, isOwn: false, Samples))) : null;

        return TrainingResult.Of(network, network.Train(houses, Options));
    }

    public static House[] Houses(Share share)
    {
        float[] numbers = share.Numbers(4);

        return [.. Enumerable.Range(0, numbers.Length / 4).Select(i => new House(
            numbers[i * 4], Math.Exp(numbers[(i * 4) + 1]), numbers[i * 4] > 1 ? null : (int)(numbers[(i * 4) + 2] * 50), numbers[(i * 4) + 3]))];
    }

    private string Folds()
    {
        Share share = Training;
        Dataset dataset = new(share.Numbers(MixedNet.InputSize), share.Labels(classes: 3), MixedNet.InputSize, classCount: 3);
        TrainingRuns<Evaluation> runs = new MixedNet(seed: 1).CrossValidate(dataset, folds: 3, Options with { Epochs = 2 });

        return FormattableString.Invariant($"{runs.Loss.Mean:R} {runs.Loss.StandardDeviation:R} {runs.Accuracy.Mean:R}");
    }
}
