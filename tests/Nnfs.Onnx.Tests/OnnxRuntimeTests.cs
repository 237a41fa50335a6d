using Microsoft.ML.OnnxRuntime;
using Nnfs.Catalogue.Drawing;
using Nnfs.Catalogue.Graphs;
using Nnfs.Generators.Tests.Graphs;
using Nnfs.Onnx.Tests.Graphs;

namespace Nnfs.Onnx.Tests;

/// <summary>Trained networks run by ONNX Runtime, which knows nothing of this project.</summary>
public sealed class OnnxRuntimeTests(ITestOutputHelper output)
{
    private const int Chains = 50;
    private const int TrainingSteps = 5;

    /// <summary>What an optimizer leaves in the parameters, with their padding, arrives in the file.</summary>
    [Fact]
    public void Random_trained_chains_predict_the_same_in_OnnxRuntime()
    {
        output.WriteLine(RunSeed.Reproduce);
        Random random = new(RunSeed.Value);
        GraphCase[] cases = [.. Enumerable.Range(0, Chains).Select(_ => ChainDraw.Of(random.Next()))];
        IGraphNetwork[] networks = NetworkCompiler.Compile(cases);
        double greatest = 0;
        int changed = 0;

        foreach ((GraphCase graph, IGraphNetwork network) in cases.Zip(networks))
        {
            GraphBatch? batch = GraphBatch.DrawForPredictions(graph, new Random(graph.Seed));
            Assert.True(batch is not null, $"{graph} is unfit for float32");
            changed += Train(graph, batch, network) ? 1 : 0;

            using InferenceSession session = new(network.ExportOnnx());
            greatest = Math.Max(greatest, OnnxCheck.CompareWithPredictions(graph, session, network, batch.Inputs));
        }

        output.WriteLine($"{cases.Length} networks, {changed} of them changed by training, greatest difference {greatest}");

        // A few random networks have no gradient at all, for their ReLUs are all at 0 or their softmax has one class.
        Assert.True(changed >= cases.Length / 2, $"training changed only {changed} of {cases.Length} networks");
    }

    /// <summary>Trains from the tensors of the batch, and tells whether that changed anything.</summary>
    private static bool Train(GraphCase graph, GraphBatch batch, IGraphNetwork network)
    {
        network.CreateWorkspace(graph.WorkspaceBatch, threads: 1);
        network.WriteTensors(batch.Tensors);
        float[] before = network.Parameters();

        for (int step = 0; step < TrainingSteps; step++)
        {
            network.Forward(batch.Inputs);
            network.Backward(batch.Inputs, batch.Answers);
            network.Descend();
        }

        return !before.AsSpan().SequenceEqual(network.Parameters());
    }
}
