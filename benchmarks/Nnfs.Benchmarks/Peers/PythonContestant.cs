namespace Nnfs.Benchmarks;

/// <summary>The workload that a Python process has now.</summary>
internal sealed class PythonContestant(PythonPeer peer) : Contestant(peer.Name)
{
    public override float[] Answer() => peer.Answer();

    public override void Run(int operations) => Time(operations);

    public override double Time(int operations) => peer.Time(operations);
}
