using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.ExceptionServices;
using Nnfs.Kernels.MatrixProducts;

namespace Nnfs;

/// <summary>
/// The threads of a workspace: the one that calls, and helpers from the thread pool. They share the items of a pass: samples,
/// rows of a gradient or neurons, each of which one thread computes alone: so the bits are the same for any number of threads. A pass allocates nothing.
/// </summary>
/// <typeparam name="TNetwork">The network.</typeparam>
/// <typeparam name="TWorkspace">Its workspace.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class Team<TNetwork, TWorkspace>
    where TNetwork : class
    where TWorkspace : class
{
    /// <summary>Less work than this, in floating-point operations, is done before a helper has woken up.</summary>
    private const long LeastWork = 4_000_000;

    private readonly Helper[] _helpers;
    private TNetwork? _network;
    private TWorkspace? _workspace;
    private ChunkAction<TNetwork, TWorkspace>? _action;
    private nint _inputs;
    private int _inputsLength;
    private int _count;
    private int _part;
    private int _tile;
    private int _next;
    private Exception? _exception;

    /// <summary>A team of threads.</summary>
    /// <param name="threads">Their number with the one that calls, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="threads"/> is less than 1.</exception>
    public Team(int threads)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        _helpers = new Helper[threads - 1];

        for (int i = 0; i < _helpers.Length; i++)
        {
            _helpers[i] = new Helper(this);
        }
    }

    /// <summary>The number of threads with the one that calls.</summary>
    public int Threads => _helpers.Length + 1;

    /// <summary>
    /// Runs an action for the items 0 … <paramref name="count"/> − 1, rows of a matrix product, in parts on all threads, and returns when all are done.
    /// </summary>
    /// <param name="network">The network.</param>
    /// <param name="workspace">The workspace of the pass.</param>
    /// <param name="inputs">All inputs of the pass.</param>
    /// <param name="count">The number of items.</param>
    /// <param name="flops">The floating-point operations of an item; a pass of little work stays on the calling thread.</param>
    /// <param name="action">What is done for a part; a lambda that captures nothing.</param>
    public void Run(TNetwork network, TWorkspace workspace, ReadOnlySpan<float> inputs, int count, long flops, ChunkAction<TNetwork, TWorkspace> action) =>
        Run(network, workspace, inputs, count, GemmTiles.Rows, flops, action);

    /// <summary>Runs an action for the items 0 … <paramref name="count"/> − 1, in parts on all threads, and returns when all are done.</summary>
    /// <param name="network">The network.</param>
    /// <param name="workspace">The workspace of the pass.</param>
    /// <param name="inputs">All inputs of the pass.</param>
    /// <param name="count">The number of items.</param>
    /// <param name="unit">How many items belong together: a part is a multiple of them, except for the last.</param>
    /// <param name="flops">The floating-point operations of an item; a pass of little work stays on the calling thread.</param>
    /// <param name="action">What is done for a part; a lambda that captures nothing.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="unit"/> is less than 1.</exception>
    public void Run(
        TNetwork network, TWorkspace workspace, ReadOnlySpan<float> inputs, int count, int unit, long flops, ChunkAction<TNetwork, TWorkspace> action)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(unit, 1);
        Share(network, workspace, inputs, count, unit, tile: count, flops, action);
    }

    /// <summary>
    /// Runs an action for the items 0 … <paramref name="count"/> − 1, tile by tile, so that what a tile works on stays in the cache. Returns when all are done.
    /// </summary>
    /// <param name="network">The network.</param>
    /// <param name="workspace">The workspace of the pass.</param>
    /// <param name="inputs">All inputs of the pass.</param>
    /// <param name="count">The number of items.</param>
    /// <param name="tile">The most items that the action takes at once; the last tile may have fewer.</param>
    /// <param name="flops">The floating-point operations of an item; a pass of little work stays on the calling thread.</param>
    /// <param name="action">What is done for a tile; a lambda that captures nothing.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="tile"/> is less than 1.</exception>
    public void RunTiles(
        TNetwork network, TWorkspace workspace, ReadOnlySpan<float> inputs, int count, int tile, long flops, ChunkAction<TNetwork, TWorkspace> action)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(tile, 1);
        Share(network, workspace, inputs, count, unit: tile, tile, flops, action);
    }

    /// <summary>Runs an action for items, in parts of whole units on all threads, each part in tiles.</summary>
    private unsafe void Share(
        TNetwork network,
        TWorkspace workspace,
        ReadOnlySpan<float> inputs,
        int count,
        int unit,
        int tile,
        long flops,
        ChunkAction<TNetwork, TWorkspace> action)
    {
        ArgumentNullException.ThrowIfNull(action);

        if (_helpers.Length == 0 || count <= unit || count * flops < LeastWork)
        {
            Do(network, workspace, inputs, 0, count, tile, action);

            return;
        }

        // A part for each thread: every part reads all the weights. A helper that is late leaves its part to the others.
        long units = (count + ((long)Threads * unit) - 1) / ((long)Threads * unit);

        // The inputs stay where they are until every thread has done its part.
        fixed (float* first = inputs)
        {
            _network = network;
            _workspace = workspace;
            _action = action;
            _inputs = (nint)first;
            _inputsLength = inputs.Length;
            _count = count;
            _part = (int)Math.Min(count, units * unit);
            _tile = tile;
            _next = 0;

            foreach (Helper helper in _helpers)
            {
                helper.Call();
            }

            Work();

            foreach (Helper helper in _helpers)
            {
                helper.Dismiss();
            }
        }

        _network = null;
        _workspace = null;
        Exception? exception = _exception;
        _exception = null;

        if (exception is not null)
        {
            ExceptionDispatchInfo.Throw(exception);
        }
    }

    /// <summary>Runs an action for a part, tile by tile.</summary>
    private static void Do(
        TNetwork network, TWorkspace workspace, ReadOnlySpan<float> inputs, int start, int count, int tile, ChunkAction<TNetwork, TWorkspace> action)
    {
        for (; count > tile; start += tile, count -= tile)
        {
            action(network, workspace, inputs, start, tile);
        }

        action(network, workspace, inputs, start, count);
    }

    /// <summary>Takes parts until none is left.</summary>
    private unsafe void Work()
    {
        try
        {
            ReadOnlySpan<float> inputs = new((void*)_inputs, _inputsLength);

            while (true)
            {
                int start = Interlocked.Add(ref _next, _part) - _part;

                if (start >= _count || start < 0)
                {
                    return;
                }

                Do(_network!, _workspace!, inputs, start, Math.Min(_part, _count - start), _tile, _action!);
            }
        }
        catch (Exception exception)
        {
            // It is thrown again on the thread that called.
            Interlocked.CompareExchange(ref _exception, exception, null);
        }
    }

    /// <summary>A helper's turn in the thread pool's queue.</summary>
    /// <remarks>
    /// Its state, and who changes it:
    /// <code>
    /// Idle ── Call (owner) ──→ Called ── TryWork (helper) ──→ Working ── TryWork (helper) ──→ Idle
    ///   ↑                        │
    ///   └──── Dismiss (owner) ───┘     a helper that comes late finds nothing to do; of one that works, Dismiss awaits the end
    /// </code>
    /// </remarks>
    private sealed class Helper(Team<TNetwork, TWorkspace> team) : IThreadPoolWorkItem
    {
        private const int Idle = 0;
        private const int Called = 1;
        private const int Working = 2;

        /// <summary>How long a helper watches for the next pass.</summary>
        private static readonly TimeSpan s_patience = TimeSpan.FromMicroseconds(200);

        private int _state;

        /// <summary>Whether the helper is in the queue or watches, and so will look at its state once more.</summary>
        private int _isComing;

        /// <summary>Calls the helper: it watches, or is still in the queue of the thread pool, or is put there.</summary>
        public void Call()
        {
            Volatile.Write(ref _state, Called);

            if (Interlocked.Exchange(ref _isComing, 1) == 0)
            {
                ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
            }
        }

        /// <summary>Waits until the helper has done its part, or tells it to do nothing if its turn has not come yet.</summary>
        public void Dismiss()
        {
            if (Interlocked.CompareExchange(ref _state, Idle, Called) == Called)
            {
                return;
            }

            SpinWait spin = default;

            while (Volatile.Read(ref _state) == Working)
            {
                spin.SpinOnce(sleep1Threshold: -1);
            }
        }

        /// <summary>
        /// Does its part, and then watches a while for the next pass: waking up takes longer than the work between two passes of a training
        /// step. A turn that comes after it was told to do nothing finds nothing to do.
        /// </summary>
        public void Execute()
        {
            do
            {
                if (TryWork())
                {
                    Watch();
                }

                Interlocked.Exchange(ref _isComing, 0);
            }
            while (TryWork());
        }

        private void Watch()
        {
            long lastWork = Stopwatch.GetTimestamp();

            while (Stopwatch.GetElapsedTime(lastWork) < s_patience)
            {
                if (TryWork())
                {
                    lastWork = Stopwatch.GetTimestamp();
                }

                Thread.SpinWait(10);
            }
        }

        private bool TryWork()
        {
            if (Volatile.Read(ref _state) != Called || Interlocked.CompareExchange(ref _state, Working, Called) != Called)
            {
                return false;
            }

            team.Work();
            Volatile.Write(ref _state, Idle);

            return true;
        }
    }
}
