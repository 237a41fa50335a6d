namespace Nnfs.Benchmarks;

/// <summary>One step of streams, against times that are published for the same networks and against ONNX Runtime.</summary>
internal static class StreamSteps
{
    /// <summary>The sequences that go side by side.</summary>
    private const int Voices = 64;

    /// <summary>The steps that are compared before anything is timed.</summary>
    private const int ComparedSteps = 600;

    private const float Tolerance = 1e-4f;

    /// <summary>RTNeural's times on an Intel Core i7-8700B (Chowdhury 2021, "RTNeural: Fast Neural Inferencing for Real-Time Systems").</summary>
    private static readonly double s_lstm16 = 320e-9, s_gru16 = 219e-9, s_lstm32 = 884e-9;

    private delegate void SequenceStep(ReadOnlySpan<float> input, Span<float> output);

    public static void Run(Report report)
    {
        LSTM16Steps lstm16 = new(seed: 1);
        GRU16Steps gru16 = new(seed: 1);
        LSTM32Steps lstm32 = new(seed: 1);
        ConvolutionSteps convolutions = new(seed: 1);

        report.Section("Streams, one step");
        Measure(report, "LSTM-16", lstm16, lstm16.CreateStream().Step, s_lstm16);
        Measure(report, "GRU-16", gru16, gru16.CreateStream().Step, s_gru16);
        Measure(report, "LSTM-32", lstm32, lstm32.CreateStream().Step, s_lstm32);
        Measure(report, "8 causal convolutions, 16 channels", convolutions, convolutions.CreateStream().Step, published: null);

        double[] times = Rounds.Time([new Repeated("Nnfs", Step(lstm16.CreateStreams(Voices).Step, Voices))])[0];
        Spread seconds = Spread.Of(times);
        report.Line($"LSTM-16, {Voices} side by side", "", Text.Duration(seconds.Median), "", seconds, Text.Duration, aim: null);
    }

    private static Action Step(SequenceStep stream, int sequences = 1)
    {
        float[] input = [.. Enumerable.Range(0, sequences).Select(static i => (float)Math.Sin(i + 1))];
        float[] output = new float[sequences];

        return () => stream(input, output);
    }

    private static void Measure<TNetwork>(Report report, string name, TNetwork network, SequenceStep step, double? published)
        where TNetwork : class, INetworkModel<TNetwork>
    {
        using OnnxRuntimePeer peer = new();
        using OnnxRuntimeStream? other = peer.Absence is null ? Enter(network, step) : null;
        double[][] times = Rounds.Time(other is null ? [new Repeated("Nnfs", Step(step))] : [new Repeated("Nnfs", Step(step)), other]);
        Spread seconds = Spread.Of(times[0]);
        string ours = Text.Duration(seconds.Median);

        if (other is not null)
        {
            report.Line(
                name,
                other.Name,
                ours,
                Text.Duration(Spread.Of(times[1]).Median),
                Spread.Of([.. times[1].Zip(times[0], static (theirs, ours) => theirs / ours)]),
                Text.Ratio,
                Aim.AtLeast(20));
        }

        if (published is { } time)
        {
            report.Line(name, "RTNeural, published", ours, Text.Duration(time), Spread.Of([.. times[0].Select(one => time / one)]), Text.Ratio, Aim.AtLeast(2));
        }
        else if (other is null)
        {
            report.Line(name, "", ours, "", seconds, Text.Duration, aim: null);
        }
    }

    /// <summary>The same stream in ONNX Runtime, once its outputs have been compared.</summary>
    /// <exception cref="InvalidOperationException">The outputs differ.</exception>
    private static OnnxRuntimeStream Enter<TNetwork>(TNetwork network, SequenceStep step)
        where TNetwork : class, INetworkModel<TNetwork>
    {
        float[] packed = new float[TNetwork.ParameterCount];
        network.CopyParametersTo(packed);
        Queue<float[]> parameters = new();
        int start = 0;

        foreach (TensorInfo tensor in TNetwork.Layers.SelectMany(static layer => layer.Tensors))
        {
            parameters.Enqueue(packed[start..(start + (int)tensor.Count)]);
            start += (int)tensor.Count;
        }

        byte[] model = OnnxStepModel.Write(TNetwork.Layers.Where(static layer => layer.Kind != LayerKind.Output), parameters, out var states);
        OnnxRuntimeStream other = new(model, states, features: 1, outputs: 1);
        float[] output = new float[1];

        for (int i = 0; i < ComparedSteps; i++)
        {
            float[] input = [(float)Math.Sin(0.1 * i * i)];
            step(input, output);
            other.Step(input);

            if (!(Math.Abs(output[0] - other.Outputs[0]) <= Tolerance))
            {
                throw new InvalidOperationException($"ONNX Runtime gives {other.Outputs[0]} at step {i} of '{TNetwork.Name}', not {output[0]}.");
            }
        }

        return other;
    }
}
