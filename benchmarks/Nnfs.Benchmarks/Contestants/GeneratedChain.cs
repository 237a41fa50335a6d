namespace Nnfs.Benchmarks;

/// <summary>A generated network that predicts one sample again and again, each from the outputs of the one before.</summary>
/// <typeparam name="TNetwork">The network.</typeparam>
internal sealed class GeneratedChain<TNetwork> : GeneratedContestant<TNetwork>
    where TNetwork : class, INetwork<TNetwork>
{
    private readonly Prediction _predict;
    private readonly float[] _input;
    private readonly float[] _output;

    public GeneratedChain(Workload workload)
        : base(workload)
    {
        _predict = Network.Predict;
        _input = workload.Inputs[..workload.Network.Inputs];
        _output = new float[workload.Network.Outputs];
    }

    public override float[] Answer()
    {
        Run(Workload.ChainedCalls);

        return [.. _output];
    }

    public override void Run(int operations)
    {
        Prediction predict = _predict;
        float[] input = _input;
        float[] output = _output;

        for (int operation = 0; operation < operations; operation++)
        {
            predict(input, output);
            input[0] = output[0];
            input[1] = output[1];
        }
    }
}
