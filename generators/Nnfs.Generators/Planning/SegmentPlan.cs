using Nnfs.Generators.Models;

namespace Nnfs.Generators.Planning;

/// <summary>
/// How the passes of a network go whose samples depend on each other: in segments, of which each begins when all samples are through the one before it. Where
/// samples do not depend on each other there are none.
/// </summary>
/// <param name="Forward">Those of the pass forward.</param>
/// <param name="Training">Those of the pass back to the parameters.</param>
/// <param name="Inputs">Those of the pass back from there to the inputs.</param>
internal sealed record SegmentPlan(EquatableArray<Segment> Forward, EquatableArray<Segment> Training, EquatableArray<Segment> Inputs)
{
    /// <summary>The plan where samples do not depend on each other.</summary>
    public static readonly SegmentPlan None = new(default, default, default);

    public static SegmentPlan Of(NetworkSpec network, GradientFlow flow) => !network.IsOverBatch ? None : new(
        Segment.Of(network, Enumerable.Range(0, network.Stages.Count)),
        Segment.Of(network, flow.StagesFromLast.Where(stage => flow.LeadsToParameters[stage])),
        Segment.Of(network, flow.StagesFromLast.Where(stage => flow.Of(stage).Any(static contribution => !contribution.IsForTraining))));
}
