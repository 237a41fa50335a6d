namespace Nnfs.Training.Groups;

/// <summary>Adds up what the shards of all processes have, while those of this process run side by side, a thread for each.</summary>
internal sealed class ShardExchange : IDisposable
{
    private readonly ITrainingGroup _group;
    private readonly double[][] _values;
    private readonly Barrier _barrier;
    private readonly CancellationTokenSource _failure = new();
    private double[] _rows = [];

    /// <summary>An exchange between shards.</summary>
    /// <param name="group">The processes.</param>
    /// <param name="shards">The number of shards of this process.</param>
    public ShardExchange(ITrainingGroup group, int shards)
    {
        _group = group;
        _values = new double[shards][];
        _barrier = new Barrier(shards, _ => AddUp());
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _barrier.Dispose();
        _failure.Dispose();
    }

    /// <summary>Replaces what a shard has by the sum of what all have, the same bits in each. All shards call it, with as many values.</summary>
    /// <param name="shard">The shard of this process, from 0.</param>
    /// <param name="values">Its values.</param>
    /// <exception cref="OperationCanceledException">Another shard has failed.</exception>
    public void Sum(int shard, Span<double> values)
    {
        if (_values.Length == 1)
        {
            _group.Sum(values);

            return;
        }

        if (_values[shard]?.Length != values.Length)
        {
            _values[shard] = new double[values.Length];
        }

        values.CopyTo(_values[shard]);
        _barrier.SignalAndWait(_failure.Token);

        // The next sum begins when all have read this one.
        _rows.AsSpan(0, values.Length).CopyTo(values);
    }

    /// <summary>Ends the waiting of the other shards.</summary>
    public void Fail() => _failure.Cancel();

    private void AddUp()
    {
        int length = _values[0].Length;

        if (_rows.Length < length * _values.Length)
        {
            _rows = new double[length * _values.Length];
        }

        for (int shard = 0; shard < _values.Length; shard++)
        {
            _values[shard].CopyTo(_rows, shard * length);
        }

        ShardSum.Add(_rows.AsSpan(0, length * _values.Length), _values.Length);
        _group.Sum(_rows.AsSpan(0, length));
    }
}
