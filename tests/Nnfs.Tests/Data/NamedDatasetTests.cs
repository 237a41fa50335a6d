using System.Numerics.Tensors;
using Nnfs.Tests.Training;

namespace Nnfs.Tests.Data;

public class NamedDatasetTests
{
    private static readonly NamedDataset s_dataset = WordStateNetwork.CreateDataset(
        word: [0, 1, 2, 3, 4, 0],
        state: [1, 2, 3, 4, 5, 6, 7, 8, 9],
        policyLabels: [2, 1, 0],
        valueTargets: [0.1f, 0.2f, 0.3f, 0.4f, 0.5f, 0.6f]);

    [Fact]
    public void Values_come_by_the_names_of_inputs_and_outputs()
    {
        Assert.Equal(3, s_dataset.Count);
        Assert.Equal(["word", "state"], s_dataset.Inputs.Select(static input => input.Name));
        Assert.Equal(["policy", "value"], s_dataset.Outputs.Select(static output => output.Name));
        Assert.Equal([0, 1, 2, 3, 4, 0], Values(s_dataset["word"]));
        Assert.Equal([1, 2, 3, 4, 5, 6, 7, 8, 9], Values(s_dataset["state"]));
        Assert.Equal([2, 1, 0], Values(s_dataset["policy"]));
        Assert.Equal([0.1f, 0.2f, 0.3f, 0.4f, 0.5f, 0.6f], Values(s_dataset["value"]));
        Assert.Equal(6f, s_dataset["state"][1, 2]);
        Assert.Equal(
            "Expected one of the names [word, state, policy, value], but it is 'features'. (Parameter 'name')",
            Assert.Throws<ArgumentException>(() => s_dataset["features"].Lengths.Length).Message);
    }

    [Fact]
    public void Subset_has_the_named_samples_in_their_order()
    {
        NamedDataset subset = s_dataset.Subset(2, 0, 2);

        Assert.Equal(3, subset.Count);
        Assert.Equal([4, 0, 0, 1, 4, 0], Values(subset["word"]));
        Assert.Equal([0, 2, 0], Values(subset["policy"]));
        Assert.Equal([0.5f, 0.6f, 0.1f, 0.2f, 0.5f, 0.6f], Values(subset["value"]));
        Assert.Equal(0, s_dataset.Subset().Count);
        Assert.Throws<ArgumentOutOfRangeException>("samples", () => s_dataset.Subset(3));
        Assert.Throws<ArgumentOutOfRangeException>("samples", () => s_dataset.Subset(-1));
    }

    [Fact]
    public void Split_has_every_sample_once()
    {
        (NamedDataset training, NamedDataset test) = s_dataset.Split(0.34, seed: 1);

        Assert.Equal((2, 1), (training.Count, test.Count));
        Assert.Equal([1, 4, 7], Values(training["state"]).Concat(Values(test["state"])).Where(static value => value % 3 == 1).Order());
    }

    [Fact]
    public void Mistakes_are_named()
    {
        Assert.Throws<ArgumentException>("word", () => WordStateNetwork.CreateDataset([1], new float[3], [0], new float[2]));
        Assert.Throws<ArgumentException>("state", () => WordStateNetwork.CreateDataset([1, 2], new float[4], [0], new float[2]));
        Assert.Throws<ArgumentException>("policyLabels", () => WordStateNetwork.CreateDataset([1, 2], new float[3], [0, 1], new float[2]));
        Assert.Throws<ArgumentException>("valueTargets", () => WordStateNetwork.CreateDataset([1, 2], new float[3], [0], new float[3]));
        Assert.StartsWith(
            "Expected indices from 0 to 4, but number 1 is 5.",
            Assert.Throws<ArgumentOutOfRangeException>("word", () => WordStateNetwork.CreateDataset([1, 5], new float[3], [0], new float[2])).Message);
        Assert.StartsWith(
            "Expected labels from 0 to 2, but number 0 is -1.",
            Assert.Throws<ArgumentOutOfRangeException>("policyLabels", () => WordStateNetwork.CreateDataset([1, 4], new float[3], [-1], new float[2])).Message);
        Assert.StartsWith(
            "Expected labels from 0 to 2, or −1 where a position does not count, but number 3 is -2.",
            Assert.Throws<ArgumentOutOfRangeException>("tagsLabels", () => TaggingNetwork.CreateDataset(new float[12], [0, -1, 2, -2], [0, 1])).Message);
        Assert.StartsWith(
            "Expected labels from 0 to 1, but number 1 is 2.",
            Assert.Throws<ArgumentOutOfRangeException>("flagsLabels", () => TaggingNetwork.CreateDataset(new float[12], [0, -1, 2, 0], [0, 2])).Message);
    }

    private static float[] Values(ReadOnlyTensorSpan<float> values)
    {
        float[] copy = new float[values.FlattenedLength];
        values.FlattenTo(copy);

        return copy;
    }
}
