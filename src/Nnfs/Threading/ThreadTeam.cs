using System.ComponentModel;
using System.Runtime.ExceptionServices;
using Nnfs.Threading;

namespace Nnfs;

/// <summary>
/// The threads of a workspace: the one that calls, and helpers from the thread pool. They share items, each of which one thread computes alone: so the bits
/// are the same for any number of threads. Sharing allocates nothing.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract unsafe class ThreadTeam
{
    /// <summary>Less work than this, in floating-point operations, is done before a helper has woken up.</summary>
    private const long LeastWork = 4_000_000;

    /// <summary>Less work than this is not worth sharing with helpers that are awake.</summary>
    private const long LeastWorkOfAwake = LeastWork / 10;

    /// <summary>The threads of all teams that have a helper at work or watching.</summary>
    private static int s_threads;

    private readonly TeamHelper[] _helpers;
    private int _present;
    private delegate*<ThreadTeam?, void*, int, int, void> _action;
    private void* _operands;
    private int _count;
    private int _part;
    private int _next;
    private Exception? _exception;

    /// <summary>A team of threads.</summary>
    /// <param name="threads">Their number with the one that calls, at least 1.</param>
    private protected ThreadTeam(int threads)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);

        // In WebAssembly there is one thread: a helper's turn in the queue would come when all is done.
        _helpers = OperatingSystem.IsBrowser() ? [] : new TeamHelper[threads - 1];

        for (int i = 0; i < _helpers.Length; i++)
        {
            _helpers[i] = new TeamHelper(this);
        }
    }

    /// <summary>The number of threads with the one that calls; in a browser always 1.</summary>
    public int Threads => _helpers.Length + 1;

    /// <summary>Whether the machine has a processor for each thread of all teams, of those that call too. Other work is not known of.</summary>
    internal static bool HaveProcessors => Volatile.Read(ref s_threads) <= Environment.ProcessorCount;

    /// <summary>Wakes the helpers for a pass whose parts are too little work for that, but not all of them together.</summary>
    /// <param name="count">The number of items of the pass.</param>
    /// <param name="flops">The floating-point operations of an item.</param>
    public void Wake(int count, long flops)
    {
        if (count * flops >= LeastWork)
        {
            foreach (TeamHelper helper in _helpers)
            {
                helper.Wake();
            }
        }
    }

    /// <summary>
    /// Runs an action for the items 0 … <paramref name="count"/> − 1, on all threads of a team where that is quicker, and returns when all are done.
    /// </summary>
    /// <param name="team">The team; <see langword="null"/> where there is only the thread that calls.</param>
    /// <param name="count">The number of items.</param>
    /// <param name="unit">How many items belong together: a part is a multiple of them, except for the last.</param>
    /// <param name="work">The floating-point operations of all items.</param>
    /// <param name="action">What is done for a part: it takes the team, the operands, and the first item and the number of items of the part.</param>
    /// <param name="operands">What the action works on; it stays where it is until all is done.</param>
    internal static void Run(ThreadTeam? team, int count, int unit, long work, delegate*<ThreadTeam?, void*, int, int, void> action, void* operands)
    {
        if (team is not null && team.IsWorthSharing(count, unit, work))
        {
            team.Share(count, unit, work, action, operands);
        }
        else
        {
            action(team, operands, 0, count);
        }
    }

    /// <summary>Whether the threads are done sooner than the one that calls would be alone.</summary>
    private protected bool IsWorthSharing(int count, int unit, long work) =>
        _helpers.Length > 0 && count > unit && (work >= LeastWork || (work >= LeastWorkOfAwake && HasAwakeHelper()));

    /// <summary>Runs an action on all threads, see <see cref="Run"/>.</summary>
    private protected void Share(int count, int unit, long work, delegate*<ThreadTeam?, void*, int, int, void> action, void* operands)
    {
        // A part for each thread, because every part reads all the weights. A helper that is late leaves its part to the others.
        long units = (count + ((long)Threads * unit) - 1) / ((long)Threads * unit);

        _action = action;
        _operands = operands;
        _count = count;
        _part = (int)Math.Min(count, units * unit);
        _next = 0;

        foreach (TeamHelper helper in _helpers)
        {
            if (work >= LeastWork || helper.IsAwake)
            {
                helper.Call();
            }
        }

        Work();

        foreach (TeamHelper helper in _helpers)
        {
            helper.Dismiss();
        }

        Exception? exception = _exception;
        _exception = null;

        if (exception is not null)
        {
            ExceptionDispatchInfo.Throw(exception);
        }
    }

    /// <summary>Takes parts until none is left.</summary>
    internal void Work()
    {
        try
        {
            while (true)
            {
                int start = Interlocked.Add(ref _next, _part) - _part;

                if (start >= _count || start < 0)
                {
                    return;
                }

                _action(this, _operands, start, Math.Min(_part, _count - start));
            }
        }
        catch (Exception exception)
        {
            // It is thrown again on the thread that called.
            Interlocked.CompareExchange(ref _exception, exception, null);
        }
    }

    /// <summary>Counts a helper that begins its turn, and with the first one the thread that calls.</summary>
    internal void Arrive() => Interlocked.Add(ref s_threads, Interlocked.Increment(ref _present) == 1 ? 2 : 1);

    /// <summary>No longer counts a helper that ends its turn.</summary>
    internal void Leave() => Interlocked.Add(ref s_threads, Interlocked.Decrement(ref _present) == 0 ? -2 : -1);

    private bool HasAwakeHelper()
    {
        foreach (TeamHelper helper in _helpers)
        {
            if (helper.IsAwake)
            {
                return true;
            }
        }

        return false;
    }
}
