using System.ComponentModel;

namespace Nnfs;

/// <summary>What the workspace of every generated network has: the gradients of that network's parameters, for an optimizer to step along.</summary>
/// <typeparam name="TNetwork">The network that the workspace is for.</typeparam>
public interface IGradients<TNetwork>
    where TNetwork : INetworkModel<TNetwork>
{
    /// <summary>The gradient with respect to the parameters, laid out as <see cref="INetworkModel{TSelf}.Parameters"/> are; its padding stays zero.</summary>
    Span<float> Gradients { get; }

    /// <summary>The threads that share the work of a pass, and of a step along its gradients; <see langword="null"/> where there is one only.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    ThreadTeam? Team => null;
}
