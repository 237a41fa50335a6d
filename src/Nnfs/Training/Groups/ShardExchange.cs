namespace Nnfs.Training.Groups;

/// <summary>Adds up what the shards of all processes have, while those of this process run side by side, a thread for each.</summary>
/// <param name="group">The processes.</param>
/// <param name="shards">The number of shards of this process.</param>
internal sealed class ShardExchange(ITrainingGroup group, int shards)
{
    private readonly object _gate = new();
    private readonly double[][] _values = new double[shards][];
    private double[] _rows = [];
    private int _arrived;
    private int _round;
    private bool _hasFailed;

    /// <summary>Replaces what a shard has with the sum of what all have, the same bits in each. All shards call it, with the same number of values.</summary>
    /// <param name="shard">The shard of this process, from 0.</param>
    /// <param name="values">Its values.</param>
    /// <exception cref="OperationCanceledException">Another shard has failed.</exception>
    public void Sum(int shard, Span<double> values)
    {
        if (shards == 1)
        {
            group.Sum(values);

            return;
        }

        if (_values[shard]?.Length != values.Length)
        {
            _values[shard] = new double[values.Length];
        }

        values.CopyTo(_values[shard]);

        lock (_gate)
        {
            if (++_arrived == shards)
            {
                AddUp();
                _arrived = 0;
                _round++;
                Monitor.PulseAll(_gate);
            }
            else
            {
                Wait();
            }
        }

        // The next sum begins when all have read this one.
        _rows.AsSpan(0, values.Length).CopyTo(values);
    }

    /// <summary>Ends the waiting of the other shards.</summary>
    public void Fail()
    {
        lock (_gate)
        {
            _hasFailed = true;
            Monitor.PulseAll(_gate);
        }
    }

    private void Wait()
    {
        for (int round = _round; round == _round;)
        {
            if (_hasFailed)
            {
                throw new OperationCanceledException("Another shard has failed.");
            }

            Monitor.Wait(_gate);
        }
    }

    private void AddUp()
    {
        int length = _values[0].Length;

        if (_rows.Length < length * shards)
        {
            _rows = new double[length * shards];
        }

        for (int shard = 0; shard < shards; shard++)
        {
            _values[shard].CopyTo(_rows, shard * length);
        }

        ShardSum.Add(_rows.AsSpan(0, length * shards), shards);
        group.Sum(_rows.AsSpan(0, length));
    }
}
