using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Nnfs.Generators.Emission;
using Nnfs.Generators.Models;
using Nnfs.Generators.Planning;

namespace Nnfs.Generators.Tests.Planning;

/// <summary>The segments of passes in networks whose samples depend on each other, in drawn networks.</summary>
public sealed class SegmentPlanTests
{
    [Fact]
    public void Forward_segments_hold_every_stage_once_in_its_order() => Check(network =>
        Assert.Equal(Enumerable.Range(0, network.Stages.Count), network.Plans.Segments.Forward.SelectMany(static segment => segment.Stages)));

    [Fact]
    public void Segments_back_hold_every_stage_with_gradients_to_give_from_the_last_to_the_first() => Check(network =>
    {
        GradientFlow flow = network.Plans.Gradients;
        int[] training = [.. network.Plans.Segments.Training.SelectMany(static segment => segment.Stages)];
        int[] inputs = [.. network.Plans.Segments.Inputs.SelectMany(static segment => segment.Stages)];

        Assert.Equal(training.Distinct().OrderDescending(), training);
        Assert.Equal(inputs.Distinct().OrderDescending(), inputs);
        Assert.All(flow.Contributions, contribution => Assert.Contains(contribution.Stage, contribution.IsForTraining ? training : inputs));
    });

    [Fact]
    public void Stage_over_the_batch_is_a_segment_and_what_is_between_is_another() => Check(network =>
    {
        SegmentPlan plan = network.Plans.Segments;

        foreach (EquatableArray<Segment> segments in (EquatableArray<Segment>[])[plan.Forward, plan.Training, plan.Inputs])
        {
            Assert.All(segments, segment => Assert.Equal(segment.IsOverBatch, segment.Stages.Any(stage => network.Stages[stage].OverBatchTitle is not null)));
            Assert.All(segments, static segment => Assert.True(segment.Stages.Count == 1 || (segment.Stages.Count > 1 && !segment.IsOverBatch)));
            Assert.All(segments.Zip(segments.Skip(1)), static pair => Assert.True(pair.First.IsOverBatch || pair.Second.IsOverBatch));
        }
    });

    /// <summary>A thread that shares its part once more would wait for helpers that wait for it.</summary>
    [Fact]
    public void Threads_do_not_share_within_what_they_share() => Check(static network =>
    {
        string text = NetworkEmitter.Emit(network);

        Assert.DoesNotContain(
            CSharpSyntaxTree.ParseText(text, cancellationToken: TestContext.Current.CancellationToken).GetRoot(TestContext.Current.CancellationToken)
                .DescendantNodes()
                .OfType<LambdaExpressionSyntax>(),
            static lambda => lambda.Body.ToString().Contains("_team.", StringComparison.Ordinal));
    });

    [Fact]
    public void Networks_of_independent_samples_have_no_segments() => PlannedNetworks.Check(
        static network => Assert.Equal(SegmentPlan.None, network.Plans.Segments),
        static network => !network.IsOverBatch);

    private static void Check(Action<NetworkSpec> check)
    {
        Assert.True(PlannedNetworks.All.Count(static pair => pair.Network.IsOverBatch) > 50);
        PlannedNetworks.Check(check, static network => network.IsOverBatch);
    }
}
