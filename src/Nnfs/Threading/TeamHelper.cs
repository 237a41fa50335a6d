namespace Nnfs.Threading;

/// <summary>A thread that helps a team: its turn in the thread pool's queue.</summary>
/// <remarks>
/// Its state, and who changes it:
/// <code>
/// Idle ── Call (owner) ──→ Called ── TryWork (helper) ──→ Working ── TryWork (helper) ──→ Idle
///   ↑                        │
///   └──── Dismiss (owner) ───┘     a helper that comes late finds nothing to do; of one that works, Dismiss awaits the end
/// </code>
/// </remarks>
internal sealed class TeamHelper(ThreadTeam team) : IThreadPoolWorkItem
{
    private const int Idle = 0;
    private const int Called = 1;
    private const int Working = 2;

    /// <summary>
    /// How often a helper that watches looks for work before it gives its thread back: for a tenth of a millisecond, about as long as it takes to get one
    /// again. It is the helper's own time that counts: where it has to wait for a processor, it is still there when the machine has found it one.
    /// </summary>
    private const int Looks = 256;

    /// <summary>How many looks are between two offers of the processor to other threads.</summary>
    private const int LooksBetweenOffers = 8;

    private int _state;

    /// <summary>Whether the helper is in the queue or at work or watches, and so will look at its state once more.</summary>
    private int _isComing;

    private bool _isAwake;

    /// <summary>Whether it watches for work, and so begins at once.</summary>
    public bool IsAwake => Volatile.Read(ref _isAwake);

    /// <summary>Has the helper come and watch for work: it does so already, or is still in the queue of the thread pool, or is put there.</summary>
    public void Wake()
    {
        if (Interlocked.Exchange(ref _isComing, 1) == 0)
        {
            ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
        }
    }

    /// <summary>Gives the helper work, and wakes it if it is not there.</summary>
    public void Call()
    {
        Volatile.Write(ref _state, Called);
        Wake();
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
    /// Does its part, and then watches a while for the next: waking up takes longer than what lies between two parts of a training
    /// step. A turn that comes after it was told to do nothing only watches.
    /// </summary>
    public void Execute()
    {
        team.Arrive();

        do
        {
            Watch();
            Interlocked.Exchange(ref _isComing, 0);
        }
        while (TryWork() && Interlocked.Exchange(ref _isComing, 1) == 0);

        // Where it was called meanwhile, another turn is in the queue already.
        team.Leave();
    }

    /// <summary>Waits for work as long as all threads have processors: otherwise it would keep one from those that work.</summary>
    private void Watch()
    {
        Volatile.Write(ref _isAwake, true);

        for (int look = 1; look <= Looks && ThreadTeam.HaveProcessors; look++)
        {
            if (TryWork())
            {
                look = 0;
            }
            else if (look % LooksBetweenOffers == 0)
            {
                Thread.Yield();
            }
            else
            {
                Thread.SpinWait(10);
            }
        }

        Volatile.Write(ref _isAwake, false);
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
