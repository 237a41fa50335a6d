using Nnfs.Catalogue;
using Nnfs.Catalogue.Graphs;
using Nnfs.Catalogue.Layers;
using Nnfs.Catalogue.Losses;

namespace Nnfs.Benchmarks;

/// <summary>The answer of a workload in float64, by the reference of the tests: what every contestant has to give before it is timed.</summary>
internal static class Reference
{
    /// <summary>The share of a part's greatest value by which a contestant's numbers may differ: float32 sums of up to 784 products.</summary>
    private const double Tolerance = 2e-4;

    /// <summary>Fails where a contestant's answer is not that of the reference.</summary>
    /// <exception cref="InvalidOperationException">A number differs by more than the tolerance.</exception>
    public static void Verify(Workload workload, double[] expected, Contestant contestant)
    {
        float[] actual = contestant.Answer();

        if (actual.Length != expected.Length)
        {
            throw new InvalidOperationException($"{contestant.Name} gives {actual.Length} numbers for '{workload}', not {expected.Length}.");
        }

        int start = 0;

        foreach (int length in workload.AnswerLengths)
        {
            double scale = expected.AsSpan(start, length).ToArray().Max(Math.Abs);

            for (int i = start; i < start + length; i++)
            {
                // A comparison that NaN fails too.
                if (!(Math.Abs(actual[i] - expected[i]) <= Tolerance * scale))
                {
                    throw new InvalidOperationException($"{contestant.Name} is wrong at '{workload}': number {i} is {actual[i]}, not {expected[i]}.");
                }
            }

            start += length;
        }
    }

    /// <summary>The answer that the workload asks for.</summary>
    public static double[] Answer(Workload workload)
    {
        double[][] parameters = [.. workload.Parameters.Select(static parameter => Array.ConvertAll(parameter, static value => (double)value))];
        double[] inputs = Array.ConvertAll(workload.Inputs, static value => (double)value);
        GraphCase graph = GraphOf(workload.Network);
        Queue<double[]> left = new(parameters);

        // The reference goes on reading the arrays, which training changes.
        ReferenceGraph reference = new(graph, [.. graph.Layers.Select(layer => layer.Tensors.Select(_ => left.Dequeue()).ToArray())]);

        return workload.Activity switch
        {
            Activity.Predict => Predict(graph, reference, inputs, workload.Samples),
            Activity.PredictChained => Chain(graph, reference, inputs[..workload.Network.Inputs]),
            _ => Train(workload, graph, reference, parameters, inputs),
        };
    }

    private static GraphCase GraphOf(NetworkCase network)
    {
        GraphBuilder graph = new GraphBuilder().Input(new SampleShape([.. network.InputShape]));

        foreach (LayerInfo layer in network.Layers)
        {
            ReferenceLayer reference = layer.Kind switch
            {
                LayerKind.Dense => new Catalogue.Layers.DenseLayer(layer.OutputShape[^1]) { EachStep = layer.OutputShape.Length > 1 },
                LayerKind.ReLU => new ReLULayer(),
                LayerKind.LSTM => new LSTMLayer(layer.Outputs),
                LayerKind.GRU => new GRULayer(layer.Outputs),
                LayerKind.Conv2D => new Conv2DLayer(layer.OutputShape[^1], new(layer.Window!.KernelHeight, layer.Window.KernelWidth)
                {
                    Stride = layer.Window.Stride,
                    IsSame = layer.Window.PadTop > 0,
                }),
                LayerKind.MaxPool2D => new MaxPool2DLayer(layer.Window!.KernelHeight, layer.Window.Stride, IsSame: layer.Window.PadTop > 0),
                LayerKind.Add => new AddLayer(),
                LayerKind.Embedding => new EmbeddingLayer(layer.Tensors[0].Shape[0], layer.Tensors[0].Shape[1]),
                LayerKind.GELU => new GELULayer(),
                LayerKind.GlobalAveragePool => new GlobalAveragePoolLayer(),
                LayerKind.LayerNorm => new LayerNormLayer(layer.Setting),
                LayerKind.PositionalEmbedding => new PositionalEmbeddingLayer(),
                LayerKind.SelfAttention => new SelfAttentionLayer((int)layer.Setting, layer.IsCausal),
                _ => throw new InvalidOperationException($"The reference of the benchmarks has no {layer.Kind}."),
            };

            graph.Layer(reference, layer.Sources.IsEmpty ? null : [.. layer.Sources], layer.Name);
        }

        return graph.Output(null, new SoftmaxCrossEntropyLoss()).Build(batch: 1, seed: 0);
    }

    private static double[] Predict(GraphCase graph, ReferenceGraph reference, double[] inputs, int samples) =>
        graph.Outputs[0].Loss!.Outputs(reference.Forward([inputs], seed: null, samples)[graph.Outputs[0].Source], graph.OutputShape(0));

    private static double[] Chain(GraphCase graph, ReferenceGraph reference, double[] input)
    {
        double[] outputs = [];

        for (int call = 0; call < Workload.ChainedCalls; call++)
        {
            outputs = Predict(graph, reference, input, samples: 1);
            outputs.AsSpan(0, 2).CopyTo(input);
        }

        return outputs;
    }

    private static double[] Train(Workload workload, GraphCase graph, ReferenceGraph reference, double[][] parameters, double[] inputs)
    {
        (double firstLoss, double[][] firstGradients) = Gradients(workload, graph, reference, inputs);

        // The rates as the contestants have them.
        double[][] means = [.. parameters.Select(static parameter => new double[parameter.Length])];
        double[][] squares = [.. parameters.Select(static parameter => new double[parameter.Length])];
        double loss = firstLoss;

        for (int step = 1; step <= workload.AnsweredSteps; step++)
        {
            (loss, double[][] gradients) = Gradients(workload, graph, reference, inputs);
            double rate = workload.AdamRate / (1.0 + (Workload.AdamDecay * (step - 1)));

            for (int part = 0; part < parameters.Length && workload.Activity != Activity.ForwardBackward; part++)
            {
                for (int i = 0; i < parameters[part].Length; i++)
                {
                    double gradient = gradients[part][i];

                    if (workload.Activity == Activity.SgdStep)
                    {
                        parameters[part][i] -= Workload.SgdRate * gradient;
                        continue;
                    }

                    means[part][i] = (0.9 * means[part][i]) + (0.1 * gradient);
                    squares[part][i] = (0.999 * squares[part][i]) + (0.001 * gradient * gradient);
                    double mean = means[part][i] / (1.0 - Math.Pow(0.9, step));
                    double square = squares[part][i] / (1.0 - Math.Pow(0.999, step));
                    parameters[part][i] -= rate * mean / (Math.Sqrt(square) + 1e-7);
                }
            }
        }

        return [firstLoss, .. firstGradients.SelectMany(static part => part), loss];
    }

    /// <summary>The mean cross-entropy, and its gradient with respect to each part of the parameters.</summary>
    private static (double Loss, double[][] Gradients) Gradients(Workload workload, GraphCase graph, ReferenceGraph reference, double[] inputs)
    {
        float[] targets = new float[workload.Samples * workload.Network.Outputs];

        for (int i = 0; i < workload.Labels.Length; i++)
        {
            targets[(i * workload.Network.Classes) + workload.Labels[i]] = 1;
        }

        GraphPass pass = reference.Forward([inputs], seed: 0, workload.Samples);
        double[] logits = pass[graph.Outputs[0].Source];
        ReferenceLoss loss = graph.Outputs[0].Loss!;
        GraphGradients gradients = reference.Backward(pass, [loss.Gradient(logits, targets, graph.OutputShape(0), Rounding.None)]);

        return (loss.Terms(logits, targets, graph.OutputShape(0)).Sum(), [.. gradients.Tensors.SelectMany(static layer => layer)]);
    }
}
