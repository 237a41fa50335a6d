using Nnfs.Generators.Models;
using Nnfs.Generators.Planning;

namespace Nnfs.Generators.Tests.Planning;

/// <summary>The memory of predictions: no value is written over while something reads it, and foldings and tails compute what the layers do.</summary>
public sealed class ScratchPlanTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Prediction_reads_each_value_where_it_was_written(bool isOfSample)
    {
        PlannedNetworks.Check(network =>
        {
            string[] outputs = PredictionRun.Outputs(network, isOfSample);

            Assert.True(PredictionRun.Expected(network).SequenceEqual(outputs), $"{string.Join("\n", outputs)}");
        });
    }

    [Fact]
    public void Values_that_nothing_reads_any_more_give_their_places_to_others()
    {
        long plain = 0;
        long planned = 0;

        PlannedNetworks.Check(network =>
        {
            planned += network.Plans.Scratch.FoldedOffset;
            plain += network.Stages.Sum(stage => (long)network.PredictRows * stage.Outputs);
        }, static network => network.Plan == NetworkPlan.Rows);

        Assert.InRange(planned, 1, plain / 2);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Room_of_a_stage_meets_no_value_that_lives(bool isOfSample)
    {
        int rooms = 0;

        PlannedNetworks.Check(network =>
        {
            StageSpec[] stages = [.. network.Stages
                .Select(static (stage, i) => stage.HasParameters ? stage : new RoomyStage(stage, PerSample: i % 4, Length: i % 3 * 10))];
            NetworkSpec roomy = network with { Stages = new EquatableArray<StageSpec>([.. stages]) };
            roomy = roomy with { Plans = Plans.Of(roomy) };
            rooms += (isOfSample ? roomy.Plans.Scratch.SampleRooms : roomy.Plans.Scratch.TileRooms).Count(static place => place.Kind == PlaceKind.Scratch);

            string[] outputs = PredictionRun.Outputs(roomy, isOfSample);

            Assert.True(PredictionRun.Expected(roomy).SequenceEqual(outputs), $"{string.Join("\n", outputs)}");
        }, static network => network.Plan == NetworkPlan.Rows);

        Assert.InRange(rooms, 100, int.MaxValue);
    }

    /// <summary>What is drawn has all that plans decide about, so that the tests above are not about plain chains alone.</summary>
    [Fact]
    public void Networks_that_are_drawn_have_everything_that_is_planned()
    {
        Plans[] plans = [.. PlannedNetworks.All.Select(static pair => pair.Network.Plans)];

        Assert.InRange(plans.Sum(static plan => plan.Folded.Count), 10, int.MaxValue);
        Assert.InRange(plans.Sum(static plan => plan.Folded.Count(static fold => fold.Activation is not null)), 3, int.MaxValue);
        Assert.InRange(plans.Count(static plan => plan.SampleTail is not null), 10, int.MaxValue);
        Assert.InRange(plans.Count(static plan => plan.TileTail is not null), 3, int.MaxValue);
        Assert.All(Enum.GetValues<PlaceKind>(), kind => Assert.Contains(plans, plan => plan.Scratch.Tile.Any(place => place.Kind == kind)));
        Assert.All(Enum.GetValues<PlaceKind>(), kind => Assert.Contains(plans, plan => plan.Scratch.Sample.Any(place => place.Kind == kind)));
    }

    [Fact]
    public void Memory_is_never_more_than_the_bound_that_networks_are_checked_against()
    {
        PlannedNetworks.Check(network =>
        {
            long bound = ScratchBound.Lengths(network.Stages, network.Outputs, network.PredictRows, network.ParameterLength).Last();
            ScratchPlan scratch = network.Plans.Scratch;

            Assert.True(Math.Max(scratch.Length, scratch.SampleLength) <= bound, $"{scratch.Length}, {scratch.SampleLength} > {bound}");
        }, static network => network.Plan == NetworkPlan.Rows);
    }

    /// <summary>A network that is not told to be too large has plans that one array can hold.</summary>
    [Fact]
    public void Network_within_the_bound_has_scratch_memory_within_an_array()
    {
        foreach (int size in (int[])[1_000_000, 30_000_000, 300_000_000])
        {
            (_, NetworkSpec network) = PlannedNetworks.Read($"[Network({size})]\n[Sigmoid, Tanh, Softmax]\n");

            Assert.InRange(network.Plans.Scratch.Length, 0, KernelLimits.MostFloats);
            Assert.InRange(network.Plans.Scratch.SampleLength, 0, KernelLimits.MostFloats);
            Assert.Equal(PredictionRun.Expected(network), PredictionRun.Outputs(network, isOfSample: false));
        }
    }
}
