namespace Nnfs.Benchmarks;

/// <summary>The workloads of the quick mode, and how much faster than each peer the generated networks are to be.</summary>
internal static class Duels
{
    private const string SequencesTitle = "Sequences";

    public static IReadOnlyList<(string Title, IReadOnlyList<Duel> Duels)> Sections { get; } =
    [
        ("Prediction of one sample",
        [
            Predict(Cases.Spiral, 1, onnxRuntime: 100, c: 1.2),
            Predict(Cases.Small, 1, onnxRuntime: 100, c: 1.2),
            Predict(Cases.Medium, 1, onnxRuntime: 7, c: 1.2),
            Predict(Cases.Digits, 1, onnxRuntime: 2.4, c: 1.2),
            Chained(Cases.Spiral),
            Chained(Cases.Small),
        ]),
        ("Prediction of batches",
        [
            Predict(Cases.Spiral, 64, onnxRuntime: 12),
            Predict(Cases.Small, 64, onnxRuntime: 4.5),
            Predict(Cases.Medium, 64, onnxRuntime: 1.3),
            Predict(Cases.Digits, 64, onnxRuntime: 1.05),
            Predict(Cases.Spiral, 1024, onnxRuntime: 12),
            Predict(Cases.Small, 1024, onnxRuntime: 4.5),
            Predict(Cases.Medium, 1024, onnxRuntime: 1.3),
            Predict(Cases.Digits, 1024, onnxRuntime: 1.05),
        ]),
        ("Training: forward, backward and update",
        [
            Train(Cases.Spiral, 300, new() { [PeerNames.PyTorch] = 40, [PeerNames.C] = 3.5 }),
            Train(Cases.Digits, 64, new() { [PeerNames.PyTorch] = 3.5 }),
            Train(Cases.LargeDigits, 128, new() { [PeerNames.PyTorch] = 2.3 }),
            new(
                static () => new Workload(Cases.Spiral, Activity.AdamStep, 300),
                new Dictionary<string, double> { [PeerNames.PyTorch] = 60, [PeerNames.NumPy] = 50 }),
        ]),
        ("Images",
        [
            .. Images(Cases.LeNet5, onnxRuntime: 3, onnxRuntimeOfBatch: 1.5, pyTorch: 6),
            .. Images(Cases.Convolutions3x3, onnxRuntime: 1.2, onnxRuntimeOfBatch: 1.2, pyTorch: 3),
        ]),
        (SequencesTitle,
        [
            Train(Cases.Gestures, 64, new() { [PeerNames.PyTorch] = 12 }),
            Predict(Cases.Gestures, 1, onnxRuntime: 2),
            Predict(Cases.Gestures, 64, onnxRuntime: 1),
            Predict(Cases.Signals, 1, onnxRuntime: 2),
            Train(Cases.Transformer, 32, new() { [PeerNames.PyTorch] = 2 }),
            new(static () => new Workload(Cases.Words, Activity.AdamStep, 64), new Dictionary<string, double> { [PeerNames.PyTorch] = 3 }),
        ]),
    ];

    /// <summary>The works with sequences.</summary>
    public static (string Title, IReadOnlyList<Duel> Duels) Sequences => Sections.Single(static section => section.Title == SequencesTitle);

    private static IEnumerable<Duel> Images(NetworkCase network, double onnxRuntime, double onnxRuntimeOfBatch, double pyTorch) =>
    [
        Predict(network, 1, onnxRuntime),
        Predict(network, 64, onnxRuntimeOfBatch),
        .. ((Activity[])[Activity.SgdStep, Activity.AdamStep])
            .Select(activity => new Duel(() => new Workload(network, activity, 64), new Dictionary<string, double> { [PeerNames.PyTorch] = pyTorch })),
    ];

    private static Duel Predict(NetworkCase network, int batch, double onnxRuntime, double? c = null)
    {
        Dictionary<string, double> aims = new() { [PeerNames.OnnxRuntime] = onnxRuntime };

        if (c is not null)
        {
            aims.Add(PeerNames.C, c.Value);
        }

        return new(() => new Workload(network, Activity.Predict, batch), aims);
    }

    /// <summary>Both wait for the same latencies: no more than 1.1 times C's time.</summary>
    private static Duel Chained(NetworkCase network) =>
        new(() => new Workload(network, Activity.PredictChained, 1), new Dictionary<string, double> { [PeerNames.C] = 1 / 1.1 });

    private static Duel Train(NetworkCase network, int batch, Dictionary<string, double> aims) =>
        new(() => new Workload(network, Activity.SgdStep, batch), aims);
}
