namespace Nnfs.Training;

/// <summary>How far a training has come between two batches, except for what parameters and optimizer hold.</summary>
internal sealed class TrainingState
{
    /// <summary>The epoch that is under way, from 1; one more than the last when all are done.</summary>
    public int Epoch { get; set; } = 1;

    /// <summary>The batches of the epoch that are done.</summary>
    public int Batches { get; set; }

    /// <summary>The sum over the samples of these batches of their losses.</summary>
    public double LossSum { get; set; }

    /// <summary>The same of their losses without what regularisation added.</summary>
    public double DataLossSum { get; set; }

    /// <summary>The same of what regularisation added to them.</summary>
    public double RegularizationLossSum { get; set; }

    /// <summary>How many of these samples, or of their outputs, were right.</summary>
    public int Right { get; set; }

    /// <summary>The same of each output, of a network with several inputs or outputs; <see langword="null"/> for any other network.</summary>
    public OutputSums? Outputs { get; set; }

    /// <summary>How much of these samples was counted: all of their outputs or rows but those that labels leave out.</summary>
    public int Counted { get; set; }

    /// <summary>The epochs that are done.</summary>
    public List<EpochReport> Reports { get; } = [];

    /// <summary>Adds a batch that is done.</summary>
    /// <param name="report">How it went.</param>
    /// <param name="right">How many of its samples, or of their outputs, were right.</param>
    /// <param name="counted">How much of it was counted.</param>
    /// <param name="weight">How many samples that is as much as: fewer than it has, where labels leave some of their positions out.</param>
    public void Add(BatchReport report, int right, int counted, double weight)
    {
        Batches++;
        LossSum += report.Loss * weight;
        DataLossSum += report.DataLoss * weight;
        RegularizationLossSum += report.RegularizationLoss * weight;
        Right += right;
        Counted += counted;
    }

    /// <summary>Ends the epoch that is under way.</summary>
    public void EndEpoch(EpochReport report)
    {
        Reports.Add(report);
        Epoch++;
        Batches = 0;
        LossSum = 0;
        DataLossSum = 0;
        RegularizationLossSum = 0;
        Right = 0;
        Outputs?.Clear();
        Counted = 0;
    }
}
