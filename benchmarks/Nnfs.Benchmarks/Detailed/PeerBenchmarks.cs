using BenchmarkDotNet.Attributes;

namespace Nnfs.Benchmarks;

/// <summary>
/// A workload done by the generated network and by the peers that run in the same process. A peer that does no such work, or is
/// not installed, has no result; the quick mode has those in other processes too.
/// </summary>
[MemoryDiagnoser]
public abstract class PeerBenchmarks
{
    private Contestant? _contestant;

    private protected abstract Workload CreateWorkload();

    [GlobalCleanup]
    public void Cleanup() => _contestant?.Dispose();

    /// <summary>Does the work a number of times.</summary>
    private protected void Run(int operations) => _contestant!.Run(operations);

    private protected void EnterNetwork() => Enter(static workload => workload.Network.Enter(workload));

    private protected void Enter(Peer peer)
    {
        if (peer.Absence is not null)
        {
            throw new NotSupportedException($"{peer.Name} is left out: {peer.Absence}.");
        }

        Enter(workload => peer.Enter(workload) ?? throw new NotSupportedException($"{peer.Name} does not do '{workload}'."));
    }

    private void Enter(Func<Workload, Contestant> enter)
    {
        Workload workload = CreateWorkload();
        _contestant = enter(workload);
        Reference.Verify(workload, Reference.Answer(workload), _contestant);
    }
}
