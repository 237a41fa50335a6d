namespace Nnfs.Training.Groups;

/// <summary>What is counted and measured of a batch beside its gradients, in float64: a row for each shard of this process.</summary>
/// <param name="shards">The number of shards of this process.</param>
/// <param name="averages">The number of running averages that passes change.</param>
/// <param name="outputs">How many numbers are measured of the outputs of a network with several.</param>
internal sealed class ShardTotals(int shards, int averages, int outputs)
{
    private const int LossPlace = 0;
    private const int DataLossPlace = 1;
    private const int RegularizationLossPlace = 2;
    private const int RightPlace = 3;
    private const int CountedPlace = 4;
    private const int AveragesPlace = 5;

    private readonly int _width = AveragesPlace + averages + outputs;
    private readonly double[] _rows = new double[shards * (AveragesPlace + averages + outputs)];

    /// <summary>The sum of the losses, each times its weight.</summary>
    public double LossSum => _rows[LossPlace];

    /// <summary>The same without what regularisation adds.</summary>
    public double DataLossSum => _rows[DataLossPlace];

    /// <summary>The same of what regularisation adds.</summary>
    public double RegularizationLossSum => _rows[RegularizationLossPlace];

    /// <summary>How much was right.</summary>
    public int Right => (int)_rows[RightPlace];

    /// <summary>How much was counted.</summary>
    public int Counted => (int)_rows[CountedPlace];

    /// <summary>The sums of the running averages, each times its weight.</summary>
    public Span<double> Averages => _rows.AsSpan(AveragesPlace, averages);

    /// <summary>What was measured of the outputs of a network with several.</summary>
    public ReadOnlySpan<double> Outputs => _rows.AsSpan(AveragesPlace + averages, outputs);

    /// <summary>Begins a batch.</summary>
    public void Clear() => Array.Clear(_rows);

    /// <summary>Puts down what a shard gave.</summary>
    /// <param name="shard">The shard of this process, from 0.</param>
    /// <param name="weight">How many samples it counts as.</param>
    /// <param name="loss">Its loss.</param>
    /// <param name="dataLoss">Its loss without regularisation.</param>
    /// <param name="regularizationLoss">What regularisation adds.</param>
    /// <param name="right">How much of it was right.</param>
    /// <param name="counted">How much of it was counted.</param>
    public void Set(int shard, double weight, double loss, double dataLoss, double regularizationLoss, int right, int counted)
    {
        Span<double> row = _rows.AsSpan(shard * _width, _width);
        row[LossPlace] = loss * weight;
        row[DataLossPlace] = dataLoss * weight;
        row[RegularizationLossPlace] = regularizationLoss * weight;
        row[RightPlace] = right;
        row[CountedPlace] = counted;
    }

    /// <summary>Where the running averages of a shard are put down, each times its weight.</summary>
    public Span<double> AveragesOf(int shard) => _rows.AsSpan((shard * _width) + AveragesPlace, averages);

    /// <summary>Where it is put down what was measured of the outputs of a network with several.</summary>
    public Span<double> OutputsOf(int shard) => _rows.AsSpan((shard * _width) + AveragesPlace + averages, outputs);

    /// <summary>Adds up the shards of all processes.</summary>
    public void Sum(ITrainingGroup group)
    {
        ShardSum.Add<double>(_rows, shards);
        group.Sum(_rows.AsSpan(0, _width));
    }
}
