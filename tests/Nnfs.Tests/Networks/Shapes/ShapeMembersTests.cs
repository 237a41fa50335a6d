using System.Collections.Immutable;

namespace Nnfs.Tests.Networks.Shapes;

/// <summary>What a network says of the shapes of its samples and layers, and where values lie that only have another shape.</summary>
public class ShapeMembersTests
{
    [Fact]
    public void Sizes_are_the_products_of_shapes()
    {
        Assert.Equal([4, 3, 2], ImageNetwork.InputShape);
        Assert.Equal(24, ImageNetwork.InputSize);
        Assert.Equal([3, 5], ImageNetwork.OutputShape);
        Assert.Equal(15, ImageNetwork.OutputSize);
        Assert.Equal([4, 3], JoinedNetwork.LeftShape);
        Assert.Equal([4, 5], JoinedNetwork.RightShape);
        Assert.Equal([2, 5], JoinedNetwork.ClassesShape);
        Assert.Equal([2, 2, 2], JoinedNetwork.CubeShape);
        Assert.Equal([7, 2, 3], JoinedNetwork.FlagsShape);
        Assert.Equal(42, JoinedNetwork.FlagsSize);
    }

    [Fact]
    public void Shapes_are_known_to_generic_code()
    {
        Check<ImageNetwork>([4, 3, 2], [3, 5]);
        Check<ReshapedNetwork>([12], [3, 2, 1, 1]);

        static void Check<TNetwork>(ReadOnlySpan<int> inputs, ReadOnlySpan<int> outputs)
            where TNetwork : INetwork<TNetwork>
        {
            Assert.Equal(inputs, TNetwork.InputShape);
            Assert.Equal(outputs, TNetwork.OutputShape);
        }
    }

    [Fact]
    public void Layers_are_described_with_their_shapes()
    {
        Assert.Equal(
            [
                "BatchNorm1: 4 × 3 × 2 → 4 × 3 × 2", "Dense1: 4 × 3 × 2 → 4 × 3 × 8", "BatchNorm2: 4 × 3 × 8 → 4 × 3 × 8", "ReLU1: 4 × 3 × 8 → 4 × 3 × 8",
                "Flatten1: 4 × 3 × 8 → 96", "Dense2: 96 → 12", "ReLU2: 12 → 12", "Reshape1: 12 → 3 × 4", "Dense3: 3 × 4 → 3 × 5", "Softmax1: 3 × 5 → 3 × 5",
                "CategoricalCrossEntropy: 3 × 5 → 3 × 5",
            ],
            LayersOf<ImageNetwork>().Select(static layer => $"{layer.Name}: {string.Join(" × ", layer.InputShape)} → {string.Join(" × ", layer.OutputShape)}"));
        Assert.All(LayersOf<ImageNetwork>(), static layer => Assert.Equal(
            (layer.InputShape.Aggregate(static (product, size) => product * size), layer.OutputShape.Aggregate(static (product, size) => product * size)),
            (layer.Inputs, layer.Outputs)));

        // The weights are those of one pixel.
        Assert.Equal([2, 8], LayersOf<ImageNetwork>()[1].Tensors[0].Shape);
        Assert.Equal([8], LayersOf<ImageNetwork>()[2].Tensors[3].Shape);
        Assert.Equal((2 * 2) + (2 * 8) + 8 + (2 * 8) + (96 * 12) + 12 + (4 * 5) + 5, ImageNetwork.ParameterCount);
    }

    [Fact]
    public void Summary_shows_shapes()
    {
        Assert.Matches("BatchNorm1 +4 × 3 × 2 +4 +48\n", ImageNetwork.Summary);
        Assert.Matches("Dense1 +4 × 3 × 2 → 4 × 3 × 8 +24 +480\n", ImageNetwork.Summary);
        Assert.Matches("Flatten1 +4 × 3 × 8 → 96 +- +-\n", ImageNetwork.Summary);
        Assert.Matches("total +4 × 3 × 2 → 3 × 5 ", ImageNetwork.Summary);
    }

    [Fact]
    public void Workspace_shows_outputs_in_their_shapes()
    {
        ImageNetwork network = new();
        ImageNetwork.Workspace workspace = network.CreateWorkspace(3);
        Assert.Equal([0, 4, 3, 8], workspace.BatchNorm2.Outputs.Lengths);

        network.Forward(new float[2 * ImageNetwork.InputSize], workspace);
        Assert.Equal([2, 4, 3, 8], workspace.BatchNorm2.Outputs.Lengths);
        Assert.Equal([2, 4, 3, 8], workspace.ReLU1.Outputs.Lengths);
        Assert.Equal([2, 96], workspace.Flatten1.Outputs.Lengths);
        Assert.Equal([2, 3, 4], workspace.Reshape1.Outputs.Lengths);

        network.Forward(new float[ImageNetwork.InputSize], workspace);
        Assert.Equal([1, 3, 5], workspace.Softmax1.Outputs.Lengths);

        ReshapedNetwork.Workspace reshaped = new ReshapedNetwork().CreateWorkspace(1);
        new ReshapedNetwork().Forward(new float[ReshapedNetwork.InputSize], reshaped);
        Assert.Equal([1, 3, 2, 1, 1], reshaped.Reshape2.Outputs.Lengths);
    }

    [Fact]
    public void Another_shape_is_the_same_memory()
    {
        ImageNetwork network = new();
        ImageNetwork.Workspace workspace = network.CreateWorkspace(2);
        network.Forward(Numbers.Gaussians(2 * ImageNetwork.InputSize, seed: 1), workspace);

        workspace.ReLU1.Outputs[1, 3, 2, 7] = 42f;
        Assert.Equal(42f, workspace.Flatten1.Outputs[1, 95]);
        workspace.Reshape1.Outputs[0, 2, 3] = 43f;
        Assert.Equal(43f, workspace.ReLU2.Outputs[0, 11]);

        // Neither has memory of its own, forward or back.
        Assert.DoesNotContain(Subject.Blocks(workspace).Keys, static field =>
            field.Contains("flatten", StringComparison.OrdinalIgnoreCase) || field.Contains("reshape", StringComparison.OrdinalIgnoreCase));
    }

    private static ImmutableArray<LayerInfo> LayersOf<TNetwork>()
        where TNetwork : INetworkModel<TNetwork> => TNetwork.Layers;
}
