namespace Nnfs.Benchmarks;

/// <summary>What calls allocate: nothing.</summary>
internal static class Allocation
{
    private static readonly Aim s_nothing = Aim.AtMost(0);

    /// <summary>Counts the bytes that works allocate, after they have been done for a while.</summary>
    public static void Run(Report report, params ReadOnlySpan<Workload> workloads)
    {
        report.Section("Allocation: bytes in 100 operations");

        foreach (Workload workload in workloads)
        {
            Contestant contestant = workload.Network.Enter(workload);
            contestant.Run(100);
            long before = GC.GetAllocatedBytesForCurrentThread();
            contestant.Run(100);
            double bytes = GC.GetAllocatedBytesForCurrentThread() - before;

            report.Line(workload.ToString(), "", "", "", new(bytes, bytes, bytes), static value => $"{value:0} B", s_nothing);
        }
    }
}
