namespace Nnfs;

/// <summary>
/// The workspace of a network with L1 or L2 on weights or biases. It keeps the loss of the data apart from what they add: where that is much larger, their
/// sum in float32 has lost it.
/// </summary>
public interface IRegularizedWorkspace : IWorkspace
{
    /// <summary>The mean loss of the last pass without <see cref="IWorkspace.RegularizationLoss"/>; the pass returned the sum of both.</summary>
    float DataLoss { get; }
}
