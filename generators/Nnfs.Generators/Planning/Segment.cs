using Nnfs.Generators.Models;

namespace Nnfs.Generators.Planning;

/// <summary>Stages between which samples do not depend on each other, or a stage that computes over all samples of a batch.</summary>
/// <param name="Stages">The stages, in the order of the pass.</param>
/// <param name="IsOverBatch">Whether it is a stage that computes over all samples, so that they go through all before it first.</param>
internal sealed record Segment(EquatableArray<int> Stages, bool IsOverBatch)
{
    /// <summary>The segments of a pass through stages.</summary>
    /// <param name="network">The network.</param>
    /// <param name="stages">The stages in the order of the pass.</param>
    public static EquatableArray<Segment> Of(NetworkSpec network, IEnumerable<int> stages)
    {
        List<Segment> segments = [];
        List<int> current = [];

        foreach (int stage in stages)
        {
            if (network.Stages[stage].OverBatchTitle is null)
            {
                current.Add(stage);
            }
            else
            {
                End();
                segments.Add(new Segment(new([stage]), IsOverBatch: true));
            }
        }

        End();

        return new([.. segments]);

        void End()
        {
            if (current.Count > 0)
            {
                segments.Add(new Segment(new([.. current]), IsOverBatch: false));
                current.Clear();
            }
        }
    }
}
