namespace Nnfs.Benchmarks;

/// <summary>A generated network that is trained, batch after batch the same.</summary>
/// <typeparam name="TNetwork">The network.</typeparam>
/// <typeparam name="TWorkspace">Its workspace.</typeparam>
internal sealed class GeneratedTraining<TNetwork, TWorkspace> : GeneratedContestant<TNetwork>
    where TNetwork : class, IClassifier<TNetwork, TWorkspace>
    where TWorkspace : class, IWorkspace, IGradients<TNetwork>
{
    private readonly TWorkspace _pass;
    private readonly Optimizer? _optimizer;
    private float _loss;

    /// <summary>Takes part with an optimizer, or without where only gradients are wanted.</summary>
    public GeneratedTraining(Workload workload, Optimizer? optimizer)
        : base(workload)
    {
        _pass = Network.CreateWorkspace(workload.Batch, workload.Threads);
        _optimizer = optimizer;
    }

    public override float[] Answer()
    {
        float loss = Network.ForwardBackward(Workload.Inputs, Workload.Labels, _pass);
        float[] gradients = ReadGradients();
        Run(Workload.AnsweredSteps);

        return [loss, .. gradients, _loss];
    }

    public override void Run(int operations)
    {
        for (int operation = 0; operation < operations; operation++)
        {
            _loss = Network.ForwardBackward(Workload.Inputs, Workload.Labels, _pass);
            _optimizer?.Step(Network, _pass);
        }
    }

    /// <summary>The gradients layer by layer, weights and then biases, without padding.</summary>
    private float[] ReadGradients()
    {
        // The gradients are laid out like the parameters, so another network packs them.
        TNetwork packer = TNetwork.CreateUninitialized();
        ((IWorkspace)_pass).Gradients.CopyTo(packer.Parameters);
        float[] gradients = new float[Workload.Network.ParameterCount];
        packer.CopyParametersTo(gradients);

        return gradients;
    }
}
