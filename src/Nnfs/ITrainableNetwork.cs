namespace Nnfs;

/// <summary>
/// What every generated network with a loss has, for code that is generic over networks and trains or evaluates them.
/// </summary>
/// <remarks>
/// One with several inputs or outputs takes their values here as rows: all inputs of a sample, and the labels or targets of all outputs with a loss, labels and
/// indices as floats. A <see cref="NamedDataset"/> has them so.
/// </remarks>
/// <typeparam name="TSelf">The network itself.</typeparam>
/// <typeparam name="TWorkspace">Its workspace.</typeparam>
public interface ITrainableNetwork<TSelf, TWorkspace> : INetwork<TSelf>
    where TSelf : class, ITrainableNetwork<TSelf, TWorkspace>
    where TWorkspace : class, IWorkspace
{
    /// <summary>Memory for the activations and gradients of up to <paramref name="batchSize"/> samples. One workspace serves one pass at a time.</summary>
    /// <param name="batchSize">The number of samples, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="batchSize"/> is less than 1, or more than memory can be laid out for.</exception>
    TWorkspace CreateWorkspace(int batchSize);

    /// <summary>
    /// Memory for the activations and gradients of up to <paramref name="batchSize"/> samples, whose passes run on several threads, with the same bits.
    /// </summary>
    /// <param name="batchSize">The number of samples, at least 1.</param>
    /// <param name="threads">The number of threads with the one that calls, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is less than 1, or more than memory can be laid out for.</exception>
    TWorkspace CreateWorkspace(int batchSize, int threads);

    /// <summary>Runs the network on a batch and returns the mean loss of its outputs against <paramref name="targets"/>.</summary>
    /// <param name="inputs">[samples × <see cref="INetwork{TSelf}.InputSize"/>], row-major: at least one sample, at most the workspace's batch size.</param>
    /// <param name="targets">[samples × <see cref="INetwork{TSelf}.OutputSize"/>], row-major.</param>
    /// <param name="workspace">Takes the activations, and with them the outputs.</param>
    /// <exception cref="ArgumentException">
    /// A length is wrong, the workspace is too small, or a span overlaps its outputs. Nothing is written.
    /// </exception>
    float Forward(ReadOnlySpan<float> inputs, ReadOnlySpan<float> targets, TWorkspace workspace);

    /// <summary>Runs the network forward and back: what <c>Forward</c> and then <c>Backward</c> do, except for the gradients of the inputs.</summary>
    /// <param name="inputs">[samples × <see cref="INetwork{TSelf}.InputSize"/>], row-major: at least one sample, at most the workspace's batch size.</param>
    /// <param name="targets">[samples × <see cref="INetwork{TSelf}.OutputSize"/>], row-major.</param>
    /// <param name="workspace">Takes the activations and the gradients of the parameters.</param>
    /// <returns>The mean loss.</returns>
    /// <exception cref="ArgumentException">
    /// A length is wrong, the workspace is too small, or a span overlaps its outputs. Nothing is written.
    /// </exception>
    float ForwardBackward(ReadOnlySpan<float> inputs, ReadOnlySpan<float> targets, TWorkspace workspace);

    /// <summary>Overwrites the workspace's gradients with the gradient of the mean loss. It follows a forward pass of the same inputs.</summary>
    /// <param name="inputs">The inputs of the forward pass.</param>
    /// <param name="targets">[samples × <see cref="INetwork{TSelf}.OutputSize"/>], row-major.</param>
    /// <param name="workspace">Holds the activations of the forward pass, and takes the gradients.</param>
    /// <exception cref="ArgumentException">A length is wrong, or not that of the workspace's last forward pass. Nothing is written.</exception>
    void Backward(ReadOnlySpan<float> inputs, ReadOnlySpan<float> targets, TWorkspace workspace);
}
