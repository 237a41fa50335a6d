namespace Nnfs.Benchmarks;

/// <summary>One step of streams, against times that are published for the same networks.</summary>
internal static class StreamSteps
{
    /// <summary>The sequences that go side by side.</summary>
    private const int Voices = 64;

    /// <summary>RTNeural's times on an Intel Core i7-8700B (Chowdhury 2021, "RTNeural: Fast Neural Inferencing for Real-Time Systems").</summary>
    private static readonly double s_lstm16 = 320e-9, s_gru16 = 219e-9, s_lstm32 = 884e-9;

    public static void Run(Report report)
    {
        report.Section("Streams, one step");
        Measure(report, "LSTM-16", Step(new LSTM16Steps().CreateStream().Step), s_lstm16);
        Measure(report, "GRU-16", Step(new GRU16Steps().CreateStream().Step), s_gru16);
        Measure(report, "LSTM-32", Step(new LSTM32Steps().CreateStream().Step), s_lstm32);
        Measure(report, "8 causal convolutions, 16 channels", Step(new ConvolutionSteps().CreateStream().Step), published: null);
        Measure(report, $"LSTM-16, {Voices} side by side", Step(new LSTM16Steps().CreateStreams(Voices).Step, Voices), published: null);
    }

    private delegate void SequenceStep(ReadOnlySpan<float> input, Span<float> output);

    private static Action Step(SequenceStep stream, int sequences = 1)
    {
        float[] input = [.. Enumerable.Range(0, sequences).Select(static i => (float)Math.Sin(i + 1))];
        float[] output = new float[sequences];

        return () => stream(input, output);
    }

    private static void Measure(Report report, string name, Action step, double? published)
    {
        double[] times = Rounds.Time([new Repeated(name, step)])[0];
        Spread seconds = Spread.Of(times);

        report.Line(
            name,
            published is null ? "" : "RTNeural, published",
            Text.Duration(seconds.Median),
            published is { } time ? Text.Duration(time) : "",
            published is { } other ? Spread.Of([.. times.Select(ours => other / ours)]) : seconds,
            published is null ? Text.Duration : Text.Ratio,
            published is null ? null : Aim.AtLeast(2));
    }
}
