using System.Text.Json;
using Playground;
using Playground.Data;
using Playground.Networks;
using Playground.Training;

namespace Nnfs.Playground.Tests;

/// <summary>What the page computes, without a browser.</summary>
public sealed class SessionTests
{
    public static TheoryData<string> Kinds => ["spiral", "arms", "circles", "moons", "xor", "clouds"];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Shapes_are_in_view_and_learned(string kind)
    {
        Session session = new();
        PointSet points = Shapes.Draw(kind, 300, 0.02, seed: 1);
        session.Begin(points, 0.2, NetworkClass.OfGrid("ReLU", 2, 16, points.Data.ClassCount), new("Adam", 0.01f, "none", 0, 32, 3));
        session.Step(1200);

        Assert.Equal(300, points.Data.Count);
        Assert.All(points.Data.Features.ToArray(), static value => Assert.InRange(value, -Session.View, Session.View));
        Assert.InRange(session.Measure().TrainingAccuracy, 0.9, 1);
        Assert.Equal(150, session.Measure().Epochs);
    }

    [Fact]
    public void Every_network_of_the_page_begins()
    {
        Session session = new();

        foreach (string activation in new[] { "ReLU", "Tanh", "Sigmoid" })
        {
            foreach (int layers in new[] { 0, 1, 2, 3 })
            {
                foreach (int width in new[] { 4, 8, 16, 64 })
                {
                    foreach (string kind in new[] { "moons", "spiral" })
                    {
                        PointSet points = Shapes.Draw(kind, 60, 0, seed: 0);
                        session.Begin(points, 0, NetworkClass.OfGrid(activation, layers, width, points.Data.ClassCount), new("SGD", 0.1f, "none", 0, 0, 0));
                        NetworkInfo network = session.Trainee.Network.Info;

                        Assert.Equal(layers, network.Layers.Count(static layer => layer.Kind == LayerKind.Dense) - 1);
                        Assert.All(
                            network.Layers.Where(static layer => layer.Kind == LayerKind.Dense).SkipLast(1), layer => Assert.Equal(width, layer.Outputs));
                        Assert.Equal(layers, network.Layers.Count(layer => layer.Kind.ToString() == activation));
                    }
                }
            }
        }
    }

    [Theory]
    [InlineData("L1")]
    [InlineData("L2")]
    public void Penalty_is_what_the_attributes_mean(string penalty)
    {
        PointSet points = Shapes.Draw("moons", 40, 0.02, seed: 0);
        Session session = new();
        session.Begin(points, 0, NetworkClass.OfGrid("Tanh", 1, 8, 2), new("SGD", 0.1f, penalty, 0.01f, 0, 5));
        session.Step(20);

        if (penalty == "L1")
        {
            AbsoluteNet net = new(seed: 5);
            Train(net, net.CreateWorkspace(40), points.Data);
            Assert.All(Packed(net).Zip(Packed(session.Trainee.Network)), static pair => Assert.Equal(pair.First, pair.Second, 1e-5f));
        }
        else
        {
            SquareNet net = new(seed: 5);
            Train(net, net.CreateWorkspace(40), points.Data);
            Assert.All(Packed(net).Zip(Packed(session.Trainee.Network)), static pair => Assert.Equal(pair.First, pair.Second, 1e-5f));
        }

        static float[] Packed(INetwork network) => network.Parameters.ToArray();
    }

    [Fact]
    public void Same_seed_trains_alike()
    {
        PointSet points = Shapes.Draw("spiral", 100, 0.02, seed: 0);
        NetworkClass network = NetworkClass.OfGrid("ReLU", 1, 16, 3);
        Session session = new();
        session.Begin(points, 0.2, network, new("RMSProp", 0.01f, "none", 0, 16, 4));
        session.Step(50);
        double first = session.Measure().TestLoss;
        session.Begin(points, 0.2, network, new("RMSProp", 0.01f, "none", 0, 16, 4));
        session.Step(50);

        Assert.Equal(first, session.Measure().TestLoss);
    }

    [Fact]
    public void Training_goes_on_with_other_settings()
    {
        Session session = new();
        session.Begin(Shapes.Draw("moons", 100, 0.02, 0), 0, NetworkClass.OfGrid("ReLU", 1, 16, 2), new("Adam", 0.01f, "none", 0, 16, 0));
        session.Step(7);
        session.Change(new("Adam", 0.01f, "none", 0, 0, 0));
        session.Step(3);
        session.Change(new("SGD", 0.1f, "L2", 0.001f, 8, 0));
        session.Step(30);
        session.Change(new("AdamW", 0.01f, "none", 0, 64, 0));
        session.Step(30);

        // 100 samples: 6 batches of 16 and one of 4; all of them 3 times; 26 batches of two epochs and 4 of 8; 64 and 4 more, and 14 epochs of two batches.
        Assert.Equal(70, session.Steps);
        Assert.Equal(1 + 3 + 2 + 1 + 14, session.Epochs);
        Assert.InRange(session.Measure().TrainingLoss, 0, 0.7);
    }

    [Fact]
    public void Neurons_are_those_of_the_plane()
    {
        Session session = new();
        session.Begin(Shapes.Draw("moons", 100, 0.02, 0), 0, NetworkClass.OfGrid("Tanh", 1, 8, 2), new("Adam", 0.01f, "none", 0, 0, 0));
        TanhNet1x8To2 net = new(seed: 0);
        float[] pictures = new float[8 * 25 * 25];
        session.Look();
        session.LookAt(session.Trainee.Network.Info.Layers.Single(static layer => layer.Name == "Tanh1"), pictures);

        // The neuron 5 at the third picture point of the second row.
        float x = Session.View * ((((2 * 4) + 1f) / 50) - 1);
        float y = Session.View * (1 - (((2 * 2) + 1f) / 50));
        double expected = Math.Tanh((x * net.Dense1.Weights[0, 5]) + (y * net.Dense1.Weights[1, 5]) + net.Dense1.Biases[5]);

        Assert.Equal(expected, pictures[(5 * 625) + 25 + 2], 1e-5);
    }

    [Fact]
    public void Networks_that_do_not_fit_are_refused()
    {
        PointSet spiral = Shapes.Draw("spiral", 90, 0, 0);
        TrainingSettings settings = new("Adam", 0.01f, "none", 0, 0, 0);

        Assert.Contains(
            "3 classes: the last layer needs [Dense(3)]", Assert.Throws<PlaygroundException>(() =>
                new Session().Begin(spiral, 0, NetworkClass.OfGrid("ReLU", 1, 4, 2), settings)).Message, StringComparison.Ordinal);
        Assert.Contains(
            "2 hidden layers of 5 neurons with ReLU", Assert.Throws<PlaygroundException>(() => NetworkClass.OfGrid("ReLU", 2, 5, 3)).Message,
            StringComparison.Ordinal);
        Assert.Contains(
            "networks at hand for 2 or 3 classes, but the data have 4", Assert.Throws<PlaygroundException>(() => NetworkClass.OfGrid("ReLU", 2, 4, 4)).Message,
            StringComparison.Ordinal);
        Assert.Contains("choose one first", Assert.Throws<PlaygroundException>(() => new Session().Trainee).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Points_that_would_all_be_kept_for_the_test_are_refused_and_change_nothing()
    {
        Session session = new();
        TrainingSettings settings = new("Adam", 0.01f, "none", 0, 0, 0);
        NetworkClass network = NetworkClass.OfGrid("ReLU", 1, 4, 2);
        session.Begin(Shapes.Draw("moons", 40, 0, 0), 0, network, settings);
        session.Step(1);
        PointSet two = PointSet.OfPlane([-1, 0, 1, 0], [0, 1]);

        Assert.Equal(
            "All 2 points would be kept for the test: keep a smaller share, or add points.",
            Assert.Throws<PlaygroundException>(() => session.Begin(two, 0.5, network, settings)).Message);
        Assert.Equal(40, session.Points.Data.Count);
        Assert.Equal(1, session.Steps);

        session.Begin(two, 0.2, network, settings);
        Assert.Equal(2, session.Split.Training.Count);
    }

    [Fact]
    public void Wide_layers_are_drawn_in_part_and_huge_networks_are_refused()
    {
        Session session = new();
        TrainingSettings settings = new("Adam", 0.01f, "none", 0, 0, 0);
        PointSet points = Shapes.Draw("moons", 40, 0, 0);
        session.Begin(points, 0, NetworkClass.OfAssembly(Wide(300), "Wide"), settings);
        float[] pictures = new float[NetworkText.MostNeurons * 25 * 25];
        session.Look();
        session.LookAt(session.Trainee.Network.Info.Layers.Single(static layer => layer.Name == "Tanh1"), pictures);

        using JsonDocument text = JsonDocument.Parse(NetworkText.Describe(session.Trainee));
        JsonElement column = text.RootElement.GetProperty("columns")[0];
        Assert.Equal(300, column.GetProperty("neurons").GetInt32());
        Assert.Equal(64, column.GetProperty("drawn").GetInt32());
        Assert.All(pictures.Chunk(25 * 25), static picture => Assert.Contains(picture, static value => value != 0));

        Assert.Equal(
            "'Wide' has 1,500,002 parameters, but the page trains at most 1,000,000.",
            Assert.Throws<PlaygroundException>(() => session.Begin(points, 0, NetworkClass.OfAssembly(Wide(300_000), "Wide"), settings)).Message);

        static byte[] Wide(int neurons) => Programs.Compile(
            $"using Nnfs;\n[Network(2)] [Dense({neurons})] [Tanh] [Dense(2)] [SoftmaxCrossEntropy]\npublic partial class Wide;",
            Microsoft.CodeAnalysis.OutputKind.DynamicallyLinkedLibrary);
    }

    private static void Train<TNetwork, TWorkspace>(IClassifier<TNetwork, TWorkspace> network, TWorkspace workspace, Dataset data)
        where TNetwork : class, IClassifier<TNetwork, TWorkspace>
        where TWorkspace : class, IWorkspace, IGradients<TNetwork>
    {
        Sgd sgd = new(0.1f);

        for (int i = 0; i < 20; i++)
        {
            network.ForwardBackward(data.Features, data.Labels, workspace);
            sgd.Step(network, workspace);
        }
    }
}
