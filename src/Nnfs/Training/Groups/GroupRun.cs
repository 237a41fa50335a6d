using System.Globalization;
using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using Nnfs.Data;
using Nnfs.RandomNumbers;

namespace Nnfs.Training.Groups;

/// <summary>The part of this process in a training of a group: which samples its shards have, what they give, and what all processes agree on.</summary>
/// <typeparam name="TNetwork">The network.</typeparam>
internal sealed class GroupRun<TNetwork>
    where TNetwork : class, INetwork<TNetwork>
{
    /// <summary>The most parameters that are sent at once: the number of their bytes must be an integer.</summary>
    private const int LargestBlock = 1 << 28;

    private readonly ITrainingGroup _group;
    private readonly RunningAverages<TNetwork> _averages = new();
    private readonly int _rank;
    private readonly int _size;
    private readonly int _shards;
    private readonly EpochOrder[] _orders;
    private readonly ShardGradients _gradients;
    private readonly bool _ownSamples;
    private readonly bool _sharesStatistics;
    private readonly long _seed;
    private readonly double[] _reasons = new double[Enum.GetValues<StopReason>().Length];
    private readonly ulong[] _state = new ulong[2];
    private readonly double[] _apart;
    private int _epoch;
    private bool _mayStop;

    /// <summary>Prepares the training; all processes do it together.</summary>
    /// <param name="options">The options of the training, with a group.</param>
    /// <param name="network">The network.</param>
    /// <param name="order">The samples that are trained on, of those that this process was given.</param>
    /// <exception cref="ArgumentException">
    /// There are fewer samples or smaller batches than shards, more samples than can be counted, or the processes have different networks, groups or epochs.
    /// </exception>
    public GroupRun(TrainingOptions options, TNetwork network, int[] order)
    {
        _group = options.Group!;
        (_rank, _size, _shards) = (_group.Rank, _group.Size, _group.Shards);
        _apart = new double[_size];
        _seed = options.Seed;
        _ownSamples = options.OwnSamples;
        _sharesStatistics = options.SharedStatistics;
        RequireSame(FirstSettings(options, network, order.Length), nameof(options));

        if (options.BatchSize > 0 && options.BatchSize < _shards)
        {
            throw new ArgumentException(
                $"Expected {nameof(options.BatchSize)}, the number of samples of a batch of all processes, to be at least the {_shards} shards of the group, " +
                $"but it is {options.BatchSize}.",
                nameof(options));
        }

        Own = _shards / _size;
        First = _rank * Own;
        int[][] pieces = [.. Enumerable.Range(0, Own).Select(shard => PartOf(order.Length, _ownSamples, shard)).Select(part => order[part.Start..part.End])];
        Plan = new ShardPlan(LengthsOfAll(pieces, nameof(options)), options.BatchSize);
        _orders = [.. pieces.Select((piece, shard) => new EpochOrder(piece, piece.Length, options.Shuffle, SeedOfShard(options.Seed, shard)))];
        _gradients = new ShardGradients(Own, network.Parameters.Length);
        Totals = new ShardTotals(Own, _averages.Count, outputs: 0);
    }

    /// <summary>The number of shards of this process.</summary>
    public int Own { get; }

    /// <summary>The first of them.</summary>
    public int First { get; }

    /// <summary>Whether this process writes files and shows progress.</summary>
    public bool IsFirst => _rank == 0;

    /// <summary>How samples are divided.</summary>
    public ShardPlan Plan { get; }

    /// <summary>What the shards of a batch gave.</summary>
    public ShardTotals Totals { get; private set; }

    /// <summary>Where the part of a shard of this process begins and ends, of samples that all processes have, or only this one.</summary>
    public (int Start, int End) PartOf(int count, bool ownSamples, int shard)
    {
        int parts = ownSamples ? Own : _shards;
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
    public ulong DropoutSeed(int epoch, int batch, int shard) => (ulong)SeedOfShard((long)SplitMix64.DropoutSeed(_seed, epoch, batch), shard);

    /// <summary>
    /// Refuses labels that leave out positions of a network with several inputs or outputs: the loss of each output is the mean over what its labels count, and
    /// each shard would count another part of each.
    /// </summary>
    /// <param name="outputs">The meters of the outputs; <see langword="null"/> for a network with one input and one output.</param>
    /// <param name="targets">The rows of labels and targets that this process was given.</param>
    /// <param name="targetsName">The parameter that they were passed as.</param>
    /// <exception cref="ArgumentException">Some process has such labels; all throw it.</exception>
    public void RefuseLeftOut<TTarget>(OutputMeters? outputs, ReadOnlySpan<TTarget> targets, string targetsName)
        where TTarget : unmanaged
    {
        if (outputs is null || _shards == 1)
        {
            return;
        }

        double[] leftOut = [outputs.CountLeftOut(targets)];
        _group.Sum(leftOut);

        if (leftOut[0] > 0)
        {
            throw new ArgumentException(
                $"Expected labels that leave out no position, because '{TNetwork.Name}' has several inputs or outputs, and each of the {_shards} shards of " +
                $"the group would count another part of what they are of, but they leave out {Text(leftOut[0])}.",
                targetsName);
        }
    }

    /// <summary>Begins with the parameters that the first process has.</summary>
    /// <param name="parameters">The parameters; changed.</param>
    /// <param name="outputs">How many numbers are measured of the outputs of a network with several.</param>
    public void Begin(Span<float> parameters, int outputs)
    {
        Totals = new ShardTotals(Own, _averages.Count, outputs);

        for (Span<float> rest = parameters; !rest.IsEmpty;)
        {
            Span<float> block = rest[..Math.Min(rest.Length, LargestBlock)];
            _group.Broadcast(MemoryMarshal.AsBytes(block));
            rest = rest[block.Length..];
        }
    }

    /// <summary>Begins a batch.</summary>
    public void BeginBatch(ReadOnlySpan<float> parameters)
    {
        Totals.Clear();
        _averages.Keep(parameters);
    }

    /// <summary>
    /// Takes what a shard gave. The running averages go back to those from before the batch, for the next shard; with the statistics of the whole batch they
    /// are those of all.
    /// </summary>
    /// <param name="shard">The shard of this process, from 0: one after the other.</param>
    /// <param name="weight">How many samples it counts as.</param>
    /// <param name="parameters">The parameters, with the running averages of its pass.</param>
    /// <param name="gradients">The gradients of its mean loss, each times its weight; changed.</param>
    public void Add(int shard, double weight, Span<float> parameters, Span<float> gradients)
    {
        if (!_sharesStatistics)
        {
            _averages.AddTo(Totals.AveragesOf(shard), weight, parameters);
            _averages.Restore(parameters);
        }

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

        if (!_sharesStatistics && _averages.Count > 0 && Totals.Counted > 0)
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

    /// <summary>Adds up what each process has counted of its own samples. Where all have all samples, each has counted them all.</summary>
    /// <param name="counts">What this process has counted; it becomes what all have.</param>
    public void SumOfShares(Span<int> counts)
    {
        if (_ownSamples)
        {
            double[] sums = new double[counts.Length];
            TensorPrimitives.ConvertTruncating<int, double>(counts, sums);
            _group.Sum(sums);
            TensorPrimitives.ConvertTruncating<double, int>(sums, counts);
        }
    }

    /// <summary>The sum of a number of the processes before this one.</summary>
    public int SumBefore(int number)
    {
        double[] numbers = new double[_size];
        numbers[_rank] = number;
        _group.Sum(numbers);

        return (int)numbers.Take(_rank).Sum();
    }

    /// <summary>How far an output of a regression may be off to be right, as <see cref="Accuracy.Precision"/> says of the targets of all processes.</summary>
    /// <param name="targets">The targets that this process was given.</param>
    /// <param name="rowSize">The number of targets of a sample.</param>
    /// <exception cref="ArgumentException">A target is infinite or not a number.</exception>
    public double PrecisionOf(ReadOnlySpan<float> targets, int rowSize)
    {
        if (_shards == 1)
        {
            return Accuracy.Precision(targets, rowSize);
        }

        try
        {
            NotFinite.Refuse(targets, rowSize, "target", nameof(targets));
        }
        catch
        {
            GroupStart.Refuse(_group);

            throw;
        }

        GroupStart.RequireAll(_group);
        double[] sums = new double[Own * 2];
        double[] squares = new double[Own];

        for (int shard = 0; shard < Own; shard++)
        {
            foreach (float target in TargetsOf(targets, rowSize, shard))
            {
                sums[shard * 2]++;
                sums[(shard * 2) + 1] += target;
            }
        }

        Sum(sums);
        double mean = sums[1] / sums[0];

        for (int shard = 0; shard < Own; shard++)
        {
            foreach (float target in TargetsOf(targets, rowSize, shard))
            {
                squares[shard] += (target - mean) * (target - mean);
            }
        }

        Sum(squares);

        return Accuracy.PrecisionOf(Math.Sqrt(squares[0] / sums[0]));
    }

    /// <summary>Waits until all processes have come here.</summary>
    public void Meet() => SumOf(0);

    /// <summary>Begins to train: all processes learn whether any of them may end before the last epoch.</summary>
    /// <param name="mayStop">Whether this one may.</param>
    public void BeginTraining(bool mayStop) => _mayStop = SumOf(mayStop ? 1 : 0) > 0;

    /// <summary>Why training ends, for all processes: the first reason that any of them has; <see langword="null"/> where it goes on everywhere.</summary>
    /// <param name="here">Why it would end here.</param>
    public StopReason? Agree(StopReason? here)
    {
        if (!_mayStop)
        {
            return null;
        }

        Array.Clear(_reasons);

        if (here is { } reason)
        {
            _reasons[(int)reason] = 1;
        }

        _group.Sum(_reasons);
        int first = Array.FindIndex(_reasons, static count => count > 0);

        return first < 0 ? null : (StopReason)first;
    }

    /// <summary>Checks that all processes have come to the same parameters at the end of an epoch.</summary>
    /// <param name="epoch">The epoch, from 1.</param>
    /// <param name="parameters">The parameters of this process.</param>
    /// <param name="learningRate">The learning rate that its schedule multiplies.</param>
    /// <exception cref="InvalidOperationException">They have not; all processes throw it.</exception>
    public void RequireTogether(int epoch, ReadOnlySpan<float> parameters, float learningRate)
    {
        if (_size == 1)
        {
            return;
        }

        (ulong hash, ulong rate) = (HashOf(parameters), BitConverter.SingleToUInt32Bits(learningRate));
        (_state[0], _state[1]) = (hash, rate);
        _group.Broadcast(MemoryMarshal.AsBytes(_state.AsSpan()));
        Array.Clear(_apart);
        _apart[_rank] = _state[0] == hash && _state[1] == rate ? 0 : 1;
        _group.Sum(_apart);

        if (Array.Exists(_apart, static count => count > 0))
        {
            string ranks = string.Join(", ", Enumerable.Range(0, _size).Where(rank => _apart[rank] > 0));

            throw new InvalidOperationException(
                $"After epoch {epoch}, the parameters or learning rates of these processes are not those of the first one: {ranks}. What callbacks change, " +
                "they must change in all processes alike, and all processors must have vectors of the same size.");
        }
    }

    /// <summary>Checks that all processes train with the same settings, as <see cref="GroupSettings.RequireSame"/> does.</summary>
    public void RequireSame(IEnumerable<KeyValuePair<string, string>> settings, string optionsName) =>
        GroupSettings.RequireSame(_group, settings, optionsName);

    /// <summary>What must be alike before anything is divided, and what ends a training alike everywhere.</summary>
    private IEnumerable<KeyValuePair<string, string>> FirstSettings(TrainingOptions options, TNetwork network, int samples) =>
    [
        new("Network", $"{TNetwork.Name}, {network.Parameters.Length} numbers"),
        new($"{nameof(options.Group)}.{nameof(_group.Size)}", Text(_size)),
        new($"{nameof(options.Group)}.{nameof(_group.Shards)}", Text(_shards)),
        new(nameof(options.OwnSamples), _ownSamples.ToString()),
        new("Samples", _ownSamples ? "own" : Text(samples)),
        new(nameof(options.Epochs), Text(options.Epochs)),
        new(nameof(options.BatchSize), Text(options.BatchSize)),
        new(nameof(options.SharedStatistics), _sharesStatistics.ToString()),
        new(nameof(options.Threads), _sharesStatistics ? Text(options.Threads) : "any"),
        new($"{nameof(options.EarlyStopping)}.{nameof(EarlyStopping.Patience)}", Text(options.EarlyStopping?.Patience ?? 0)),
        new($"{nameof(options.EarlyStopping)}.{nameof(EarlyStopping.MinImprovement)}", Text(options.EarlyStopping?.MinImprovement ?? 0)),
    ];

    private static string Text(IFormattable number) => number.ToString(null, CultureInfo.InvariantCulture);

    /// <summary>What is drawn for a shard; a group of one shard draws what a training without a group does.</summary>
    private long SeedOfShard(long seed, int shard) => _shards == 1 ? seed : (long)SplitMix64.ForStream((ulong)seed, (ulong)(First + shard)).Next();

    private ReadOnlySpan<float> TargetsOf(ReadOnlySpan<float> targets, int rowSize, int shard)
    {
        (int start, int end) = PartOf(targets.Length / rowSize, _ownSamples, shard);

        return targets[(start * rowSize)..(end * rowSize)];
    }

    /// <summary>The number of samples of each shard of all processes.</summary>
    private int[] LengthsOfAll(int[][] pieces, string optionsName)
    {
        double[] lengths = new double[_shards];

        for (int shard = 0; shard < Own; shard++)
        {
            lengths[First + shard] = pieces[shard].Length;
        }

        _group.Sum(lengths);

        if (Array.Exists(lengths, static length => length == 0))
        {
            throw new ArgumentException(
                $"Expected at least one sample for each of the {_shards} shards of the group, but they have {string.Join(", ", lengths)}.", optionsName);
        }

        return lengths.Sum() <= int.MaxValue
            ? [.. lengths.Select(static length => (int)length)]
            : throw new ArgumentException(
                $"Expected at most {int.MaxValue} samples of all processes, but there are {Text(lengths.Sum())}.", optionsName);
    }

    private static ulong HashOf(ReadOnlySpan<float> parameters)
    {
        ulong hash = (ulong)parameters.Length;

        foreach (ulong pair in MemoryMarshal.Cast<float, ulong>(parameters))
        {
            hash = BitOperations.RotateLeft(hash ^ pair, 29) * 0x9E3779B97F4A7C15;
        }

        return parameters.Length % 2 == 0 ? hash : hash ^ BitConverter.SingleToUInt32Bits(parameters[^1]);
    }
}
