using Nnfs.Tests.Training;

namespace Nnfs.Tests.Networks;

/// <summary>Networks of several classes in one list.</summary>
public sealed class NetworkOfAnyClassTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("nnfs-any-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Networks_of_several_classes_tell_what_they_are()
    {
        INetwork[] networks = [new SmallNetwork(seed: 1), new TokenNumberNetwork(seed: 2), new WordStateNetwork(seed: 3), new OwnLossNet(seed: 4)];

        Assert.Equal(
            [
                "Nnfs.Tests.Training.SmallNetwork: inputs (4) → outputs (3)",
                "Nnfs.Tests.Networks.TokenNumberNetwork: inputs (6) → outputs (1)",
                "Nnfs.Tests.Training.WordStateNetwork: word (2), state (3) → features (16), policy (3), value (2)",
                "Nnfs.Tests.Networks.OwnLossNet: inputs (3) → outputs (2)",
            ],
            networks.Select(static network => network.Info.ToString()));
        Assert.Equal([(4, 3), (6, 1), (5, 21), (3, 2)], networks.Select(static network => (network.Info.InputSize, network.Info.OutputSize)));
        Assert.Equal([0, 9, 5, 0], networks.Select(static network => network.Info.Inputs[0].Vocabulary));
        Assert.Same(networks[0].Info, ((INetwork)new SmallNetwork(seed: 5)).Info);
        Assert.Equal(SmallNetwork.ParameterCount, networks[0].Info.ParameterCount);
        Assert.Equal(SmallNetwork.Summary, networks[0].Info.Summary);
    }

    [Fact]
    public void Predictions_and_files_are_those_of_the_class()
    {
        WordStateNetwork network = new(seed: 3);
        INetwork[] networks = [network, new WordStateNetwork(seed: 4), new SmallNetwork(seed: 1)];
        float[] rows = [0, 4, 0.1f, 0.2f, 0.3f, 3, 1, -0.4f, 0.5f, 0.6f];
        float[] outputs = new float[2 * 21];
        float[] features = new float[2 * 16];
        float[] policy = new float[2 * 3];
        float[] value = new float[2 * 2];
        networks[0].Predict(rows, outputs);
        network.Predict([0, 4, 3, 1], [0.1f, 0.2f, 0.3f, -0.4f, 0.5f, 0.6f], features, policy, value);

        Assert.Equal([.. features[..16], .. policy[..3], .. value[..2], .. features[16..], .. policy[3..], .. value[2..]], outputs);

        string path = Path.Combine(_folder.FullName, "any.safetensors");
        networks[0].Save(path);
        networks[1].LoadParameters(path);

        Assert.Equal(networks[0].Parameters, networks[1].Parameters);
        Assert.Throws<SafetensorsException>(() => networks[2].LoadParameters(path));
    }
}
