using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Nnfs.Training;

/// <summary>
/// The passes of a network over a batch: the one that trains and the one that measures. Every step's gradients come from the first, every
/// measured loss from the second.
/// </summary>
/// <remarks>
/// They become part of the loop that calls them, where labels and targets are told apart by a type that is a constant there. So the JIT's profile
/// of that loop knows the class of the network, and the JIT puts its pass in place of the call, behind a test of the class. Where there is no
/// profile, as with NativeAOT, or no class that prevails, a pass is one call through the interface.
/// </remarks>
/// <typeparam name="TNetwork">The network.</typeparam>
/// <typeparam name="TWorkspace">Its workspace.</typeparam>
/// <typeparam name="TTarget">The type of a target: <see cref="float"/>, or <see cref="int"/> for labels.</typeparam>
/// <param name="network">The network.</param>
/// <param name="workspace">What the passes leave behind.</param>
internal readonly struct Passes<TNetwork, TWorkspace, TTarget>(TNetwork network, TWorkspace workspace)
    where TNetwork : class, ITrainableNetwork<TNetwork, TWorkspace>
    where TWorkspace : class, IWorkspace
    where TTarget : unmanaged
{
    private readonly IRegularizedWorkspace? _regularized = workspace as IRegularizedWorkspace;
    private readonly IStatefulWorkspace? _stateful = workspace as IStatefulWorkspace;

    /// <summary>Forward and back, with the layers as they learn. Returns the mean loss, with what regularisation adds.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public float Train(ReadOnlySpan<float> inputs, ReadOnlySpan<TTarget> targets, ulong dropoutSeed)
    {
        workspace.IsTraining = true;
        workspace.DropoutSeed = dropoutSeed;

        return typeof(TTarget) == typeof(int)
            ? ((IClassifier<TNetwork, TWorkspace>)network).ForwardBackward(inputs, MemoryMarshal.Cast<TTarget, int>(targets), workspace)
            : network.ForwardBackward(inputs, MemoryMarshal.Cast<TTarget, float>(targets), workspace);
    }

    /// <summary>Forward, with the layers as they predict, from states of 0. Returns the mean loss of the data, without what regularisation adds.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public double Measure(ReadOnlySpan<float> inputs, ReadOnlySpan<TTarget> targets)
    {
        workspace.IsTraining = false;
        _stateful?.ResetState();
        float loss = typeof(TTarget) == typeof(int)
            ? ((IClassifier<TNetwork, TWorkspace>)network).Forward(inputs, MemoryMarshal.Cast<TTarget, int>(targets), workspace)
            : network.Forward(inputs, MemoryMarshal.Cast<TTarget, float>(targets), workspace);

        return DataLoss(loss);
    }

    /// <summary>
    /// The mean loss of the data in the last pass, given what it returned. Only networks with a regularisation keep it apart; one that was compiled with an
    /// earlier version of the package does not.
    /// </summary>
    public double DataLoss(float loss) => _regularized is null ? (double)loss - workspace.RegularizationLoss : _regularized.DataLoss;
}
