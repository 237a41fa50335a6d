using System.Runtime.InteropServices;
using System.Text;
using Nnfs.Data;
using Nnfs.RandomNumbers;

namespace Nnfs.Training.Groups;

/// <summary>The part of this process in a training of a group: which samples its shards have, what they give, and what all processes agree on.</summary>
/// <typeparam name="TNetwork">The network.</typeparam>
internal sealed class GroupRun<TNetwork>
    where TNetwork : class, INetwork<TNetwork>
{
    private readonly ITrainingGroup _group;
    private readonly RunningAverages<TNetwork> _averages = new();
    private readonly EpochOrder[] _orders;
    private readonly int[][] _pieces;
    private readonly ShardGradients _gradients;
    private readonly long _seed;
    private int _epoch;
    private bool _mayStop;

    /// <summary>Prepares the training; all processes do it together.</summary>
    /// <param name="options">The options of the training, with a group.</param>
    /// <param name="network">The network; all processes begin with the parameters that the first one has.</param>
    /// <param name="order">The samples that are trained on, of those that this process was given.</param>
    /// <exception cref="ArgumentException">There are fewer samples than shards.</exception>
    public GroupRun(TrainingOptions options, TNetwork network, int[] order)
    {
        _group = options.Group!;
        _seed = options.Seed;
        Own = _group.Shards / _group.Size;
        First = _group.Rank * Own;
        _pieces = [.. Enumerable.Range(0, Own).Select(shard => PartOf(order.Length, options.OwnSamples, shard)).Select(part => order[part.Start..part.End])];
        Plan = new ShardPlan(LengthsOfAll(), options.BatchSize);
        _orders = [.. _pieces.Select((piece, shard) =>
            new EpochOrder(piece, piece.Length, options.Shuffle, _group.Shards == 1 ? options.Seed : (long)SplitMix64.ForStream((ulong)options.Seed, (ulong)(First + shard)).Next()))];
        _gradients = new ShardGradients(Own, network.Parameters.Length);
        Totals = new ShardTotals(Own, _averages.Count);
        _group.Broadcast(MemoryMarshal.AsBytes(network.Parameters));
    }

    /// <summary>The number of shards of this process.</summary>
    public int Own { get; }

    /// <summary>The first of them.</summary>
    public int First { get; }

    /// <summary>Whether this process writes files and shows progress.</summary>
    public bool IsFirst => _group.Rank == 0;

    /// <summary>How samples are divided.</summary>
    public ShardPlan Plan { get; }

    /// <summary>What the shards of a batch gave.</summary>
    public ShardTotals Totals { get; }

    /// <summary>Where the part of a shard of this process begins and ends, of samples that all processes have, or only this one.</summary>
    public (int Start, int End) PartOf(int count, bool ownSamples, int shard)
    {
        int parts = ownSamples ? Own : _group.Shards;
        int part = ownSamples ? shard : First + shard;

        return (ShardPlan.Start(count, parts, part), ShardPlan.Start(count, parts, part + 1));
    }

    /// <summary>The samples of a shard of this process in a batch.</summary>
    /// <param name="epoch">The epoch, from 1.</param>
    /// <param name="batch">The batch, from 1.</param>
    /// <param name="shard">The shard of this process, from 0.</param>
    public ReadOnlySpan<int> SamplesOf(int epoch, int batch, int shard)
    {
        if (_epoch != epoch)
        {
            foreach (EpochOrder order in _orders)
            {
                order.Of(epoch);
            }

            _epoch = epoch;
        }

        return _orders[shard].Last[Plan.Of(batch - 1, First + shard)];
    }

    /// <summary>What the masks of dropout of a shard are drawn from.</summary>
    public ulong DropoutSeed(int epoch, int batch, int shard)
    {
        ulong seed = SplitMix64.DropoutSeed(_seed, epoch, batch);

        return _group.Shards == 1 ? seed : SplitMix64.ForStream(seed, (ulong)(First + shard)).Next();
    }

    /// <summary>Begins a batch.</summary>
    public void BeginBatch(ReadOnlySpan<float> parameters)
    {
        Totals.Clear();
        _averages.Keep(parameters);
    }

    /// <summary>Takes what a shard gave. The running averages go back to those from before the batch, for the next shard.</summary>
    /// <param name="shard">The shard of this process, from 0: one after the other.</param>
    /// <param name="weight">How many samples it counts as.</param>
    /// <param name="parameters">The parameters, with the running averages of its pass.</param>
    /// <param name="gradients">The gradients of its mean loss, each times its weight; changed.</param>
    public void Add(int shard, double weight, Span<float> parameters, Span<float> gradients)
    {
        _averages.AddTo(Totals.AveragesOf(shard), weight, parameters);
        _averages.Restore(parameters);
        _gradients.Add(shard, gradients);
    }

    /// <summary>Adds up what all shards gave. The running averages become the mean of theirs.</summary>
    /// <param name="parameters">The parameters.</param>
    /// <param name="gradients">The sum of the gradients of this process; it becomes that of all.</param>
    /// <param name="accuracy">How many samples what is counted is as much as.</param>
    /// <returns>The totals.</returns>
    public ShardTotals Sum(Span<float> parameters, Span<float> gradients, Accuracy accuracy)
    {
        Totals.Sum(_group);
        _group.Sum(gradients);

        if (_averages.Count > 0 && Totals.Counted > 0)
        {
            _averages.Set(Totals.Averages, accuracy.Weight(Totals.Counted), parameters);
        }

        return Totals;
    }

    /// <summary>What the processes have together: the sum of some numbers of each shard.</summary>
    /// <param name="rows">[shards of this process × numbers], row-major; changed. The first row becomes the sum.</param>
    public void Sum(Span<double> rows)
    {
        ShardSum.Add(rows, Own);
        _group.Sum(rows[..(rows.Length / Own)]);
    }

    /// <summary>The sum of a number that each process has.</summary>
    public int SumOf(int number)
    {
        double[] sum = [number];
        _group.Sum(sum);

        return (int)sum[0];
    }

    /// <summary>
    /// How far an output of a regression may be off to be right, as <see cref="Accuracy.Precision"/> says of all targets; 0 where it is no regression.
    /// </summary>
    /// <param name="samples">The samples of this process.</param>
    /// <param name="accuracy">What counts as right.</param>
    public double PrecisionOf<TTarget, TTargets>(Samples<TTarget> samples, Accuracy accuracy)
        where TTarget : unmanaged
        where TTargets : ITargets<TTarget>
    {
        if (accuracy.Kind != AccuracyKind.Regression)
        {
            return 0;
        }

        ReadOnlySpan<float> targets = MemoryMarshal.Cast<TTarget, float>(samples.Targets);
        NotFinite.Refuse(targets, accuracy.RowSize, "target", nameof(targets));
        double[] sums = [targets.Length, 0];

        foreach (float target in targets)
        {
            sums[1] += target;
        }

        _group.Sum(sums);
        double mean = sums[1] / sums[0];
        double[] squares = [0];

        foreach (float target in targets)
        {
            squares[0] += (target - mean) * (target - mean);
        }

        _group.Sum(squares);

        return Accuracy.PrecisionOf(Math.Sqrt(squares[0] / sums[0]));
    }

    /// <summary>Begins to train: all processes learn whether any of them may end before the last epoch.</summary>
    /// <param name="mayStop">Whether this one may.</param>
    public void BeginTraining(bool mayStop) => _mayStop = SumOf(mayStop ? 1 : 0) > 0;

    /// <summary>Why training ends, for all processes: what the first of them says for which it does; <see langword="null"/> where it goes on everywhere.</summary>
    /// <param name="here">Why it would end here.</param>
    public StopReason? Agree(StopReason? here)
    {
        if (!_mayStop)
        {
            return null;
        }

        double[] reasons = new double[Enum.GetValues<StopReason>().Length];

        if (here is { } reason)
        {
            reasons[(int)reason] = 1;
        }

        _group.Sum(reasons);
        int first = Array.FindIndex(reasons, static count => count > 0);

        return first < 0 ? null : (StopReason)first;
    }

    /// <summary>Checks that all processes train with the same settings.</summary>
    /// <param name="settings">Those of this process, each by its name.</param>
    /// <param name="optionsName">The parameter that they were passed as.</param>
    /// <exception cref="ArgumentException">They do not. The message has a line for each setting that is not that of the first process.</exception>
    public void RequireSame(IReadOnlyList<KeyValuePair<string, string>> settings, string optionsName)
    {
        byte[] own = Encoding.UTF8.GetBytes(string.Join('\n', settings.Select(static setting => $"{setting.Key}: {setting.Value}")));
        int[] length = [own.Length];
        _group.Broadcast(MemoryMarshal.AsBytes(length.AsSpan()));
        byte[] first = IsFirst ? own : new byte[length[0]];
        _group.Broadcast(first);

        if (SumOf(own.AsSpan().SequenceEqual(first) ? 0 : 1) == 0)
        {
            return;
        }

        string[] ofFirst = Encoding.UTF8.GetString(first).Split('\n');
        string[] here = Encoding.UTF8.GetString(own).Split('\n');
        string differences = string.Join('\n', here.Except(ofFirst).Select(line => $"{line} in process {_group.Rank}"));

        throw new ArgumentException(
            $"The processes of the group train with different options, or different numbers of samples.\n{differences}\n", optionsName);
    }

    /// <summary>The number of samples of each shard of all processes.</summary>
    private int[] LengthsOfAll()
    {
        double[] lengths = new double[_group.Shards];

        for (int shard = 0; shard < Own; shard++)
        {
            lengths[First + shard] = _pieces[shard].Length;
        }

        _group.Sum(lengths);

        return Array.TrueForAll(lengths, static length => length > 0)
            ? [.. lengths.Select(static length => (int)length)]
            : throw new ArgumentException(
                $"Expected at least one sample for each of the {_group.Shards} shards of the group, but they have {string.Join(", ", lengths)}.", "options");
    }
}
