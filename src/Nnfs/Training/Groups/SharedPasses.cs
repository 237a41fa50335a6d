using System.Runtime.ExceptionServices;
using Nnfs.Kernels;

namespace Nnfs.Training.Groups;

/// <summary>
/// The passes of the shards of this process where batch normalisations take the statistics of the whole batch: side by side, each on a thread and in a
/// workspace of its own, because each waits in the middle for what all have summed up.
/// </summary>
internal sealed class SharedPasses<TNetwork, TWorkspace, TTarget>
    where TNetwork : class, ITrainableNetwork<TNetwork, TWorkspace>
    where TWorkspace : class, IWorkspace
    where TTarget : unmanaged
{
    private readonly TNetwork _network;
    private readonly ShardExchange _exchange;
    private readonly TWorkspace[] _workspaces;
    private readonly RunningShard[] _shards;
    private readonly BatchBuffer<TTarget>[] _buffers;
    private readonly (int Inputs, int Targets, ulong DropoutSeed)[] _given;
    private readonly float[] _losses;
    private readonly float[][] _weights;

    /// <summary>Passes of shards.</summary>
    /// <param name="network">The network.</param>
    /// <param name="workspace">The workspace of the training, in which the last shard runs.</param>
    /// <param name="group">The processes.</param>
    /// <param name="shards">The number of shards of this process.</param>
    public SharedPasses(TNetwork network, TWorkspace workspace, ITrainingGroup group, int shards)
    {
        _network = network;
        _exchange = new ShardExchange(group, shards);
        _workspaces = [.. Enumerable.Range(1, shards - 1).Select(_ => network.CreateWorkspace(workspace.BatchSize)), workspace];
        _shards = [.. Enumerable.Range(0, shards).Select(shard => new RunningShard(_exchange, shard))];
        _buffers = [.. Enumerable.Range(0, shards).Select(static _ => new BatchBuffer<TTarget>())];
        _given = new (int, int, ulong)[shards];
        _losses = new float[shards];
        _weights = [.. Enumerable.Repeat<float[]>([], shards)];
    }

    /// <summary>The workspace of a shard.</summary>
    public TWorkspace WorkspaceOf(int shard) => _workspaces[shard];

    /// <summary>Where the samples of a shard are gathered.</summary>
    public BatchBuffer<TTarget> BufferOf(int shard) => _buffers[shard];

    /// <summary>The loss of a shard, and its targets.</summary>
    public float LossOf(int shard, out ReadOnlySpan<TTarget> targets)
    {
        targets = _buffers[shard].Targets(_given[shard].Targets);

        return _losses[shard];
    }

    /// <summary>Gives a shard its samples, which have been gathered in its buffer.</summary>
    /// <param name="shard">The shard of this process, from 0.</param>
    /// <param name="inputs">The number of their inputs.</param>
    /// <param name="targets">The number of their targets.</param>
    /// <param name="weights">Their weights; copied.</param>
    /// <param name="share">Their share of the batch.</param>
    /// <param name="dropoutSeed">What the masks of dropout are drawn from.</param>
    public void Give(int shard, int inputs, int targets, ReadOnlyMemory<float> weights, double share, ulong dropoutSeed)
    {
        _given[shard] = (inputs, targets, dropoutSeed);
        _shards[shard].Share = share;

        if (!weights.IsEmpty)
        {
            if (_weights[shard].Length < weights.Length)
            {
                _weights[shard] = new float[weights.Length];
            }

            weights.CopyTo(_weights[shard]);
            _workspaces[shard].SampleWeights = _weights[shard].AsMemory(0, weights.Length);
        }
    }

    /// <summary>Runs forward and backward pass of all shards. Several take new threads, which are gone when it returns.</summary>
    public void Run()
    {
        if (_shards.Length == 1)
        {
            if (Run(0) is { } failure)
            {
                ExceptionDispatchInfo.Throw(failure);
            }

            return;
        }

        RunSideBySide();
    }

    private void RunSideBySide()
    {
        Exception?[] failures = new Exception?[_shards.Length];
        Thread[] threads = [.. Enumerable.Range(1, _shards.Length - 1).Select(shard => new Thread(() => failures[shard] = Run(shard)))];
        Array.ForEach(threads, static thread => thread.Start());
        failures[0] = Run(0);
        Array.ForEach(threads, static thread => thread.Join());

        // Where one has failed, the others have only waited in vain.
        Exception? cause = Array.Find(failures, static failure => failure is not (null or OperationCanceledException)) ?? Array.Find(
            failures, static failure => failure is not null);

        if (cause is not null)
        {
            ExceptionDispatchInfo.Throw(cause);
        }
    }

    private Exception? Run(int shard)
    {
        SharedBatch.Current = _shards[shard];

        try
        {
            (int inputs, int targets, ulong seed) = _given[shard];
            Passes<TNetwork, TWorkspace, TTarget> passes = new(_network, _workspaces[shard]);
            _losses[shard] = passes.Train(_buffers[shard].Features(inputs), _buffers[shard].Targets(targets), seed);

            return null;
        }
        catch (Exception exception)
        {
            _exchange.Fail();

            return exception;
        }
        finally
        {
            SharedBatch.Current = null;
        }
    }
}
