using System.ComponentModel;

namespace Nnfs;

/// <summary>The threads of a workspace, which share the items of a pass: samples, rows of a gradient or neurons.</summary>
/// <typeparam name="TNetwork">The network.</typeparam>
/// <typeparam name="TWorkspace">Its workspace.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed unsafe class Team<TNetwork, TWorkspace> : ThreadTeam
    where TNetwork : class
    where TWorkspace : class
{
    /// <summary>Rows of a matrix product go in pairs: the sums of two hide each other's latency, so that the time grows with the rows from there on.</summary>
    private const int ProductRows = 2;

    private TNetwork? _network;
    private TWorkspace? _workspace;
    private ChunkAction<TNetwork, TWorkspace>? _action;
    private nint _inputs;
    private int _inputsLength;
    private int _tile;

    /// <summary>A team of threads.</summary>
    /// <param name="threads">Their number with the one that calls, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="threads"/> is less than 1.</exception>
    public Team(int threads)
        : base(threads)
    {
    }

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
        Run(network, workspace, inputs, count, ProductRows, flops, action);

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
    private void Share(
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

        if (!IsWorthSharing(count, unit, count * flops))
        {
            Do(network, workspace, inputs, 0, count, tile, action);

            return;
        }

        // The inputs stay where they are until every thread has done its part.
        fixed (float* first = inputs)
        {
            _network = network;
            _workspace = workspace;
            _action = action;
            _inputs = (nint)first;
            _inputsLength = inputs.Length;
            _tile = tile;

            try
            {
                Share(count, unit, count * flops, &DoPart, operands: null);
            }
            finally
            {
                _network = null;
                _workspace = null;
            }
        }
    }

    private static void DoPart(ThreadTeam? team, void* operands, int start, int count)
    {
        Team<TNetwork, TWorkspace> pass = (Team<TNetwork, TWorkspace>)team!;

        Do(pass._network!, pass._workspace!, new ReadOnlySpan<float>((void*)pass._inputs, pass._inputsLength), start, count, pass._tile, pass._action!);
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
}
