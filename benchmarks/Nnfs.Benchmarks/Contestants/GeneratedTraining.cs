namespace Nnfs.Benchmarks;

/// <summary>A generated network that is trained, batch after batch the same.</summary>
/// <typeparam name="TCalls">The network's members.</typeparam>
internal sealed class GeneratedTraining<TCalls>(Workload workload, TCalls calls, Optimizer optimizer) : GeneratedContestant<TCalls>(workload, calls)
    where TCalls : struct, INetworkCalls<TCalls>
{
    private float _loss;

    public override float[] Answer()
    {
        float loss = Calls.ForwardBackward(Workload.Inputs, Workload.Labels);
        float[] gradients = ReadGradients();
        Run(Workload.AnsweredSteps);

        return [loss, .. gradients, _loss];
    }

    public override void Run(int operations)
    {
        TCalls network = Calls;

        for (int operation = 0; operation < operations; operation++)
        {
            _loss = network.ForwardBackward(Workload.Inputs, Workload.Labels);
            network.Step(optimizer);
        }
    }

    /// <summary>The gradients layer by layer, weights and then biases, without padding.</summary>
    private float[] ReadGradients()
    {
        // The gradients are laid out like the parameters, so another network's views tell which is which.
        TCalls views = TCalls.Create(1);
        Calls.Gradients.CopyTo(views.Parameters);
        List<float> gradients = [];

        for (int layer = 0; layer < Workload.Network.Layers; layer++)
        {
            DenseParameters parameters = views.Layer(layer);
            float[] weights = new float[parameters.Weights.FlattenedLength];
            parameters.Weights.FlattenTo(weights);
            gradients.AddRange(weights);
            gradients.AddRange(parameters.Biases);
        }

        return [.. gradients];
    }
}
