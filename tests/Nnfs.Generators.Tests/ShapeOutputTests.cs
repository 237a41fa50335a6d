namespace Nnfs.Generators.Tests;

/// <summary>What is written for layers that only change shapes: nothing but a comment.</summary>
public sealed class ShapeOutputTests
{
    [Fact]
    public void Values_in_another_shape_are_copied_nowhere()
    {
        GeneratorRun run = GeneratorHarness.Generate("""
            using Nnfs;

            [Network(24)]
            [Reshape(4, 6)]
            [Dense(6, EachStep = true), ReLU]
            [Flatten]
            [Dense(8), ReLU]
            [Reshape(4, 2)]
            [Dense(3, EachStep = true)]
            [Reshape(3, 2, 2)]
            [MeanSquaredError]
            public partial class Net;
            """);
        string text = Assert.Single(run.Files).Value;

        // Gradients that a caller gives are copied into the workspace, and nothing else is.
        Assert.DoesNotContain("CopyTo", text.Replace("outputGradients.CopyTo(", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.DoesNotContain("_reshape", text, StringComparison.Ordinal);
        Assert.DoesNotContain("_flatten", text, StringComparison.Ordinal);

        // Each is named by a comment, in a prediction of one sample, of a tile, and in a pass of training.
        Assert.Equal(1, text.Split("// Reshape1: [24] as [4 × 6], in the same memory.").Length - 1);
        Assert.Equal(2, text.Split("// Reshape1: [samples × 24] as [samples × 4 × 6], in the same memory.").Length - 1);
        Assert.Equal(2, text.Split("// Flatten1: [samples × 4 × 6] as [samples × 24], in the same memory.").Length - 1);
        Assert.Equal(2, text.Split("// Reshape3: [samples × 4 × 3] as [samples × 3 × 2 × 2], in the same memory.").Length - 1);
    }
}
