namespace Nnfs.Benchmarks;

/// <summary>A generated network that predicts batch after batch.</summary>
/// <typeparam name="TNetwork">The network.</typeparam>
internal sealed class GeneratedPrediction<TNetwork> : GeneratedContestant<TNetwork>
    where TNetwork : class, INetwork<TNetwork>
{
    private readonly Prediction _predict;
    private readonly float[] _outputs;

    public GeneratedPrediction(Workload workload)
        : base(workload)
    {
        _predict = Network.Predict;
        _outputs = new float[workload.Samples * workload.Network.Outputs];
    }

    public override float[] Answer()
    {
        Run(Workload.Samples / Workload.Batch);

        return [.. _outputs];
    }

    public override void Run(int operations)
    {
        Prediction predict = _predict;
        float[] inputs = Workload.Inputs;
        float[] outputs = _outputs;
        int inputLength = Workload.Batch * Workload.Network.Inputs;
        int outputLength = Workload.Batch * Workload.Network.Outputs;
        int batches = Workload.Samples / Workload.Batch;
        int batch = 0;

        for (int operation = 0; operation < operations; operation++)
        {
            predict(inputs.AsSpan(batch * inputLength, inputLength), outputs.AsSpan(batch * outputLength, outputLength));
            batch = batch + 1 == batches ? 0 : batch + 1;
        }
    }
}
