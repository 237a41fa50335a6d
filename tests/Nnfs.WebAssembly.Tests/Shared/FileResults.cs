namespace Nnfs.WebAssembly;

/// <summary>What is written of a network into files, and whether it comes back.</summary>
internal static class FileResults
{
    /// <summary>The bytes of files, and 1 for each that was read again.</summary>
    public static IEnumerable<Result> Compute()
    {
        string folder = Directory.CreateTempSubdirectory("nnfs-").FullName;

        try
        {
            SpiralNet network = Results.Create<SpiralNet>();
            string path = Path.Combine(folder, "net.safetensors");
            network.Save(path);
            yield return OfBytes("safetensors", File.ReadAllBytes(path));
            yield return OfTruth("safetensors are loaded", SpiralNet.Load(path).Parameters.SequenceEqual(network.Parameters));

            using MemoryStream onnx = new();
            network.ExportOnnx(onnx);
            yield return OfBytes("ONNX model", onnx.ToArray());

            yield return OfTruth("training resumes", Resumes(Path.Combine(folder, "net.checkpoint")));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Whether a training that was stopped in its third epoch ends with the same bits as one that was not.</summary>
    private static bool Resumes(string checkpoint)
    {
        Dataset spiral = Datasets.Spiral(samplesPerClass: 50, classes: 3, new NumpyRandom(seed: 0));
        TrainingOptions options = new() { Epochs = 5, BatchSize = 32, ValidationSplit = 0.2f, Threads = 2 };
        SpiralNet whole = Results.Create<SpiralNet>();
        whole.Train(spiral, options);

        SpiralNet stopped = Results.Create<SpiralNet>();
        stopped.Train(spiral, options with { Checkpoint = new(checkpoint), ContinueAfterEpoch = static report => report.Epoch < 3 });
        SpiralNet resumed = Results.Create<SpiralNet>();
        resumed.Resume(spiral, options with { Checkpoint = new(checkpoint) });

        return resumed.Parameters.SequenceEqual(whole.Parameters) && !stopped.Parameters.SequenceEqual(whole.Parameters);
    }

    private static Result OfBytes(string name, byte[] bytes) => new($"file: {name}", [.. bytes.Select(static value => (float)value)], IsExact: true);

    private static Result OfTruth(string name, bool value) => new($"file: {name}", [value ? 1f : 0f], IsExact: true);
}
