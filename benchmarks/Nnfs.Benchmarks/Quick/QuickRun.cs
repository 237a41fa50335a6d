namespace Nnfs.Benchmarks;

/// <summary>The quick mode: every figure that the kernels are held to, measured against each peer in turn.</summary>
internal static class QuickRun
{
    public static void Run(TextWriter writer)
    {
        Report report = new(writer);
        Peer[] peers =
        [
            new OnnxRuntimePeer(),
            new CPeer(),
            new PythonPeer(PeerNames.PyTorch, "torch_peer.py"),
            new PythonPeer(PeerNames.NumPy, "numpy_peer.py"),
            new TensorPrimitivesPeer(),
        ];

        try
        {
            foreach (Peer peer in peers.Where(static peer => peer.Absence is not null))
            {
                report.Note($"{peer.Name} is left out: {peer.Absence}. install-peers.sh installs the peers on Debian.");
            }

            Peer[] present = [.. peers.Where(static peer => peer.Absence is null)];

            foreach ((string title, IReadOnlyList<Duel> duels) in Duels.Sections)
            {
                report.Section(title);

                foreach (Duel duel in duels)
                {
                    duel.Run(present, report);
                }
            }

            report.Summary();
        }
        finally
        {
            foreach (Peer peer in peers)
            {
                peer.Dispose();
            }
        }
    }
}
