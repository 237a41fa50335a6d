using Nnfs.Catalogue.Drawing;
using Nnfs.Catalogue.Graphs;
using Nnfs.Generators.Tests.Graphs;
using Nnfs.Import;
using Nnfs.Import.Onnx;
using Nnfs.Tool.Compilation;

namespace Nnfs.Onnx.Tests;

/// <summary>Networks of ours that are exported and imported again predict what they did.</summary>
public sealed class ImportTests(ITestOutputHelper output)
{
    private const int Graphs = 50;
    private const double Tolerance = 1e-5;

    [Fact]
    public void Random_graphs_come_back_with_the_same_predictions()
    {
        output.WriteLine(RunSeed.Reproduce);
        Random random = new(RunSeed.Value);
        GraphCase[] drawn = [.. Enumerable.Range(0, Graphs).Select(_ => GraphDraw.Of(random.Next()))];
        (GraphCase Graph, GraphBatch? Batch)[] fit =
        [
            .. drawn.Select(static graph => (graph, GraphBatch.DrawForPredictions(graph, new Random(graph.Seed)))).Where(static pair => pair.Item2 is not null),
        ];

        // Some graphs that are drawn take away what float32 has digits for.
        Assert.InRange(fit.Length, Graphs * 9 / 10, Graphs);

        IGraphNetwork[] networks = NetworkCompiler.Compile(fit.Select(static pair => pair.Graph));
        double greatest = fit.Select((pair, i) => Difference(pair.Graph, pair.Batch!, networks[i])).Max();

        output.WriteLine($"{fit.Length} networks, greatest difference {greatest}");
    }

    private static double Difference(GraphCase graph, GraphBatch batch, IGraphNetwork network)
    {
        network.WriteTensors(batch.Tensors);
        CompiledNetwork again = Imported(graph, network.ExportOnnx(), out ImportedNetwork imported);

        float[][] expected = graph.NewOutputs(graph.Batch);
        network.Predict(batch.Inputs, expected);
        Array[] inputs =
        [
            .. batch.Inputs.Select((values, i) =>
                imported.Inputs[i].AreIndices ? (Array)Array.ConvertAll(values, static value => (int)value) : values),
        ];
        float[][] actual = again.Predict(inputs, graph.Batch);
        double greatest = 0;

        for (int k = 0; k < expected.Length; k++)
        {
            // The outputs come in the order of the layers that give them.
            int place = imported.Outputs.ToList().FindIndex(port => port.Name == (graph.Outputs[k].Name ?? "outputs"));
            double scale = Math.Max(1, expected[k].Max(Math.Abs));
            Assert.Equal(expected[k].Length, actual[place].Length);

            double difference = expected[k].Zip(actual[place], static (x, y) => Math.Abs(x - y)).Max() / scale;
            Assert.True(difference <= Tolerance, $"{graph}: output {k} differs by {difference}\n{imported.Source}");
            greatest = Math.Max(greatest, difference);
        }

        return greatest;
    }

    private static CompiledNetwork Imported(GraphCase graph, byte[] file, out ImportedNetwork imported)
    {
        try
        {
            imported = OnnxImport.Read(OnnxReader.Read(file), "Again");
            CompiledNetwork network = CompiledNetwork.Compile(imported.Source, "Again.cs");

            using MemoryStream parameters = new();
            imported.WriteParameters(parameters);
            parameters.Position = 0;
            network.LoadParameters(parameters);

            return network;
        }
        catch (Exception exception) when (exception is ImportException or CompilationException)
        {
            throw new InvalidOperationException($"{graph}: {GraphSource.Of(graph, 0)}", exception);
        }
    }
}
