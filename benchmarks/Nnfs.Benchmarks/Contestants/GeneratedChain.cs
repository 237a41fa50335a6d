namespace Nnfs.Benchmarks;

/// <summary>A generated network that predicts one sample again and again, each from the outputs of the one before.</summary>
/// <typeparam name="TCalls">The network's members.</typeparam>
internal sealed class GeneratedChain<TCalls>(Workload workload, TCalls calls) : GeneratedContestant<TCalls>(workload, calls)
    where TCalls : struct, INetworkCalls<TCalls>
{
    private readonly float[] _input = workload.Inputs[..workload.Network.Inputs];
    private readonly float[] _output = new float[workload.Network.Outputs];

    public override float[] Answer()
    {
        Run(Workload.ChainedCalls);

        return [.. _output];
    }

    public override void Run(int operations)
    {
        TCalls network = Calls;
        float[] input = _input;
        float[] output = _output;

        for (int operation = 0; operation < operations; operation++)
        {
            network.Predict(input, output);
            input[0] = output[0];
            input[1] = output[1];
        }
    }
}
