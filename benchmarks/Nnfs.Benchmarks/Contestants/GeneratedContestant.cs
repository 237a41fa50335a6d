using System.Numerics.Tensors;

namespace Nnfs.Benchmarks;

/// <summary>A generated network with the parameters of the workload.</summary>
/// <typeparam name="TCalls">The network's members.</typeparam>
internal abstract class GeneratedContestant<TCalls> : Contestant
    where TCalls : struct, INetworkCalls<TCalls>
{
    protected GeneratedContestant(Workload workload, TCalls calls)
        : base("Nnfs")
    {
        Workload = workload;
        Calls = calls;

        for (int layer = 0; layer < workload.Network.Layers; layer++)
        {
            float[] weights = workload.Parameters[2 * layer];
            float[] biases = workload.Parameters[(2 * layer) + 1];
            DenseParameters parameters = Calls.Layer(layer);

            new ReadOnlyTensorSpan<float>(weights, [weights.Length / biases.Length, biases.Length]).CopyTo(parameters.Weights);
            biases.CopyTo(parameters.Biases);
        }
    }

    protected Workload Workload { get; }

    protected TCalls Calls { get; }
}
