namespace Nnfs.Benchmarks;

/// <summary>A generated network that predicts batch after batch.</summary>
/// <typeparam name="TCalls">The network's members.</typeparam>
internal sealed class GeneratedPrediction<TCalls>(Workload workload, TCalls calls) : GeneratedContestant<TCalls>(workload, calls)
    where TCalls : struct, INetworkCalls<TCalls>
{
    private readonly float[] _outputs = new float[workload.Samples * workload.Network.Outputs];

    public override float[] Answer()
    {
        Run(Workload.Samples / Workload.Batch);

        return [.. _outputs];
    }

    public override void Run(int operations)
    {
        TCalls network = Calls;
        float[] inputs = Workload.Inputs;
        float[] outputs = _outputs;
        int inputLength = Workload.Batch * Workload.Network.Inputs;
        int outputLength = Workload.Batch * Workload.Network.Outputs;
        int batches = Workload.Samples / Workload.Batch;
        int batch = 0;

        for (int operation = 0; operation < operations; operation++)
        {
            network.Predict(inputs.AsSpan(batch * inputLength, inputLength), outputs.AsSpan(batch * outputLength, outputLength));
            batch = batch + 1 == batches ? 0 : batch + 1;
        }
    }
}
