using Nnfs.Generators.Models;

namespace Nnfs.Generators.Tests.Planning;

/// <summary>The block of parameters: each tensor has a place of its own, from the start of a line of the cache.</summary>
public sealed class ParameterPlanTests
{
    [Fact]
    public void Tensors_lie_one_after_the_other()
    {
        PlannedNetworks.Check(network =>
        {
            long end = 0;

            foreach (StageSpec stage in network.Stages)
            {
                foreach ((int offset, long length) in stage.Offsets.Zip(stage.TensorBlocks))
                {
                    Assert.True(offset >= end && offset % KernelLimits.FloatsPerLine == 0, $"{stage.Name}: {offset}");
                    Assert.InRange(length, 1, int.MaxValue);
                    end = offset + length;
                }

                // Each tensor lies in one of the blocks.
                Assert.All(stage.Tensors, tensor => Assert.Contains(
                    stage.Offsets.Zip(stage.TensorBlocks),
                    block => tensor.Length >= tensor.Count && tensor.Offset >= block.First && tensor.Offset + tensor.Length <= block.First + block.Second));
            }

            Assert.InRange(network.ParameterLength, end, end + KernelLimits.FloatsPerLine - 1);
        });
    }

    [Fact]
    public void Count_is_that_of_all_tensors_that_are_trained()
    {
        PlannedNetworks.Check(network =>
        {
            Assert.Equal(
                network.Stages.SelectMany(static stage => stage.Tensors).Where(static tensor => tensor.IsTrained).Sum(static tensor => tensor.Count),
                network.ParameterCount);
        });
    }

    [Fact]
    public void Samples_lie_in_lanes_where_all_layers_take_them_so_and_the_network_is_small()
    {
        Assert.Equal(NetworkPlan.Lanes, PlannedNetworks.Read("[Network(8)]\n[Dense(64), ReLU]\n[Dense(4)]\n").Network.Plan);
        Assert.Equal(NetworkPlan.Lanes, PlannedNetworks.Read("[Network(8)]\n[Dense(64), Dropout(0.1f), GELU]\n[Dense(4)]\n[Huber]\n").Network.Plan);
        Assert.Equal(NetworkPlan.Rows, PlannedNetworks.Read("[Network(8)]\n[Dense(64), LayerNorm]\n[Dense(4)]\n").Network.Plan);
        Assert.Equal(NetworkPlan.Rows, PlannedNetworks.Read("[Network(8, 4)]\n[Dense(4, EachStep = true)]\n[Dense(4)]\n").Network.Plan);
        Assert.Equal(NetworkPlan.Rows, PlannedNetworks.Read("[Network(8)]\n[Dense(640), ReLU]\n[Dense(4)]\n").Network.Plan);
        Assert.Equal(NetworkPlan.Rows, PlannedNetworks.Read("[Network(129)]\n[Dense(2)]\n").Network.Plan);
        Assert.InRange(PlannedNetworks.All.Count(static pair => pair.Network.Plan == NetworkPlan.Lanes), 50, PlannedNetworks.All.Count - 50);
    }
}
