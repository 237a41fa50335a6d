using System.Runtime.InteropServices;
using Nnfs.Catalogue.Graphs;

namespace Nnfs.Generators.Tests.Graphs;

/// <summary>Holds everything that a generated graph gives with numbers in the padding of its parameters against what it gives with zeros there.</summary>
internal sealed class PaddingCheck
{
    /// <summary>Single samples, those that lanes predict alone, and tiles with some left over.</summary>
    private static readonly int[] s_predicted = [1, 2, 3, 17, 65];

    private readonly GraphCase _case;
    private readonly float[][] _inputs;
    private readonly GraphAnswers _answers;
    private readonly IGraphNetwork _network;

    private PaddingCheck(GraphCase graph, float[][] inputs, GraphAnswers answers, IGraphNetwork network)
    {
        _case = graph;
        _inputs = inputs;
        _answers = answers;
        _network = network;
    }

    /// <summary>Fills the padding with what spoils every sum that it enters.</summary>
    /// <returns>The number of floats of padding.</returns>
    public static int Run(GraphCase graph, float[][] inputs, GraphAnswers answers, IGraphNetwork network, Findings findings)
    {
        float[] block = network.Parameters();
        bool[] isPadding = PaddingOf(network, block.Length);
        PaddingCheck check = new(graph, inputs, answers, network);
        List<(string What, byte[] Bits)> clean = check.Results(Filled(0f));

        foreach (float value in (float[])[float.NaN, float.PositiveInfinity, 1e30f, -0.37f])
        {
            foreach (((string what, byte[] expected), (_, byte[] actual)) in clean.Zip(check.Results(Filled(value))))
            {
                findings.Check(expected.AsSpan().SequenceEqual(actual), $"{value} in the padding of the parameters changes {what}");
            }
        }

        network.WriteParameters(Filled(0f));

        return isPadding.Count(static isPadding => isPadding);

        float[] Filled(float value) => [.. block.Select((number, i) => isPadding[i] ? value : number)];
    }

    /// <summary>Where no tensor of any layer has an element.</summary>
    private static bool[] PaddingOf(IGraphNetwork network, int length)
    {
        float[] marks = new float[length];

        foreach (TensorInfo tensor in network.Layers.SelectMany(static layer => layer.Tensors))
        {
            tensor.In(marks.AsSpan()).Fill(1f);
        }

        return Array.ConvertAll(marks, static mark => mark == 0f);
    }

    private List<(string What, byte[] Bits)> Results(float[] block)
    {
        List<(string What, byte[] Bits)> results = [];
        _network.WriteParameters(block);
        results.Add(("a saved file", _network.Save()));
        results.Add(("an exported model", _network.ExportOnnx()));

        foreach (int samples in s_predicted)
        {
            float[][] inputs = [.. _inputs.Select((input, k) => Repeated(input, samples * _case.Inputs[k].Size))];
            float[][] outputs = _case.NewOutputs(samples);
            _network.Predict(inputs, outputs);
            Add($"a prediction of {samples} samples", [.. outputs]);
        }

        if (_case.IsClassifier)
        {
            Add("the class of a sample", [_network.Classify(_inputs[0][.._case.Inputs[0].Size])]);
        }

        _network.CreateWorkspace(_case.WorkspaceBatch, threads: 1);

        foreach (bool isTraining in (bool[])[false, true])
        {
            string pass = isTraining ? "training" : "other";
            _network.IsTraining = isTraining;
            _network.DropoutSeed = 7;

            if (_case.HasLoss)
            {
                Add($"the loss of a {pass} pass", [_network.Forward(_inputs, _answers), _network.RegularizationLoss]);
            }
            else
            {
                _network.Forward(_inputs);
            }

            Add($"the outputs of a {pass} pass", _network.Outputs());
        }

        _network.Backward(_inputs, _answers);
        Add("gradients", _network.Gradients());
        Add("gradients of the inputs", _network.InputGradients());
        Add("running averages", [.. _network.ReadTensors().SelectMany(static layer => layer)]);

        return results;

        void Add(string what, params float[][] values) =>
            results.Add((what, [.. values.SelectMany(static part => MemoryMarshal.AsBytes(part.AsSpan()).ToArray())]));
    }

    private static float[] Repeated(float[] values, int length) => [.. Enumerable.Range(0, length).Select(i => values[i % values.Length])];
}
