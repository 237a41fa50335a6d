using System.Diagnostics.Metrics;

namespace Nnfs.Tests.Training;

public class TrainingAllocationTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Train_after_the_first_epoch_allocates_nothing(bool stratify)
    {
        AssertAllocatesNothing<SmallNetwork, SmallNetwork.Workspace>(stratify);
        AssertAllocatesNothing<MixedNetwork, MixedNetwork.Workspace>(stratify);
    }

    [Fact]
    public void Train_that_is_metered_allocates_nothing_after_the_first_batch()
    {
        using MeterListener listener = new()
        {
            InstrumentPublished = static (instrument, listener) =>
            {
                if (instrument.Meter.Name == "Nnfs")
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<double>(static (_, _, _, _) => { });
        listener.Start();

        Problem problem = new(100);

        Allocations.AssertNone(() =>
        {
            long afterFirst = 0;
            long afterLast = 0;
            new SmallNetwork().Train(problem.Features, Numbers.OneHot(problem.Labels, 3), new TrainingOptions
            {
                Epochs = 1,
                BatchSize = 2,
                Shuffle = false,
                ContinueAfterBatch = report =>
                {
                    afterLast = GC.GetAllocatedBytesForCurrentThread();
                    afterFirst = report.Batch == 1 ? afterLast : afterFirst;

                    return true;
                },
            });

            return afterLast - afterFirst;
        });
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Train_in_a_group_allocates_nothing_after_the_first_epoch(bool stratify)
    {
        AssertAllocatesNothing<SmallNetwork, SmallNetwork.Workspace>(stratify, shards: 4);
        AssertAllocatesNothing<MixedNetwork, MixedNetwork.Workspace>(stratify, shards: 4);
    }

    /// <summary>Several shards of one process take threads for each batch; one takes none.</summary>
    [Fact]
    public void Train_with_shared_statistics_of_one_shard_a_process_allocates_nothing_after_the_first_epoch() =>
        AssertAllocatesNothing<MixedNetwork, MixedNetwork.Workspace>(stratify: true, shards: 1, sharesStatistics: true);

    private static void AssertAllocatesNothing<TNetwork, TWorkspace>(bool stratify, int shards = 0, bool sharesStatistics = false)
        where TNetwork : class, IClassifier<TNetwork, TWorkspace>
        where TWorkspace : class, IWorkspace
    {
        Problem problem = new(100);

        TrainingOptions options = new() { Group = shards == 0 ? null : new LocalGroup(shards), SharedStatistics = sharesStatistics };

        Allocations.AssertNone(() => AllocatedAfterFirstEpoch<TNetwork, TWorkspace>(problem, stratify, options));
    }

    private static long AllocatedAfterFirstEpoch<TNetwork, TWorkspace>(Problem problem, bool stratify, TrainingOptions options)
        where TNetwork : class, IClassifier<TNetwork, TWorkspace>
        where TWorkspace : class, IWorkspace
    {
        long afterFirst = 0;
        long afterLast = 0;
        int epochs = 0;

        TNetwork.Create(new NumpyRandom(1)).Train(problem.Features, problem.Labels, options with
        {
            Epochs = 50,
            BatchSize = 8,
            AccumulationSteps = 3,
            ClipNorm = 1f,
            ValidationSplit = 0.2f,
            StratifyValidation = stratify,
            ClassWeights = stratify ? ClassWeights.Balanced : null,
            EarlyStopping = new() { Patience = 100 },
            Schedule = LearningRateSchedule.Cosine().WithWarmUp(10),
            ContinueAfterBatch = static _ => true,
            ContinueAfterEpoch = report =>
            {
                epochs++;
                afterLast = GC.GetAllocatedBytesForCurrentThread();
                afterFirst = report.Epoch == 1 ? afterLast : afterFirst;

                return true;
            },
        });

        Assert.Equal(50, epochs);

        return afterLast - afterFirst;
    }
}
