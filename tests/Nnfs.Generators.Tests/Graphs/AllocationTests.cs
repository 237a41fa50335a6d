using Nnfs.Catalogue.Graphs;
using Nnfs.Tests;

namespace Nnfs.Generators.Tests.Graphs;

public class AllocationTests
{
    [Fact]
    public void Passes_through_every_kind_of_layer_after_the_first_allocate_nothing()
    {
        GraphCase graph = EveryKind.Graph(batch: 17, seed: 1);
        GraphBatch batch = GraphBatch.DrawForPredictions(graph, new Random(graph.Seed))!;
        Type type = NetworkCompiler.Compile([graph])[0].GetType();
        GraphAnswers targets = batch.Answers with { AreLabels = false };

        Allocations.AssertNoneAfterFirst(() =>
        {
            IGraphNetwork network = (IGraphNetwork)Activator.CreateInstance(type)!;
            network.CreateWorkspace(graph.WorkspaceBatch, threads: 1);
            float[][] outputs = graph.NewOutputs(graph.Batch);

            return () =>
            {
                network.Forward(batch.Inputs, batch.Answers);
                network.Backward(batch.Inputs, batch.Answers);
                network.ForwardBackward(batch.Inputs, targets);
                network.Descend();
                network.IsTraining = false;
                network.Forward(batch.Inputs, targets);
                network.IsTraining = true;
                network.Predict(batch.Inputs, outputs);
            };
        });
    }
}
